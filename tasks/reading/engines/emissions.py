"""What the recogniser saw along a line, frame by frame, and how well it fits a given text.

The recogniser is trained with connectionist temporal classification (Graves et al. 2006): each
frame has a probability for every character and for the blank between characters. The forward
algorithm sums over all ways in which a text can be laid out along the frames, which gives the
likelihood of a text that was never read.
"""

from collections.abc import Sequence
from enum import StrEnum
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
BLANK: Final = 0
_FLOOR: Final = 1e-7
"""No frame denies a character more strongly: the network's certainty is not measured beyond it."""
_DIGITS: Final = frozenset("0123456789〇零○一二三四五六七八九十元正廿卅壹贰叁肆伍陆柒捌玖拾")
_LAST_PLAIN: Final = 0x1FFFF  # rare Han characters follow
_SMALLEST: Final = 1e-300


class NeighbourText(StrEnum):
    """What may stand before or after a text on its line and is passed over."""

    ANYTHING = "anything"
    NO_HAN = "no_han"
    NO_DIGIT = "no_digit"
    NO_LETTER_OR_DIGIT = "no_letter_or_digit"


class Alphabet:
    """The characters of a recogniser; column 0 of its output is the blank."""

    def __init__(self, characters: tuple[str, ...]) -> None:
        """Hold the characters by column."""
        self.characters = characters
        self._columns = {c: i for i, c in enumerate(characters) if i != BLANK}
        self._passed: dict[NeighbourText, NDArray[np.bool_]] = {}

    def column(self, character: str) -> int | None:
        """A character's column; None for one that the recogniser does not know."""
        return self._columns.get(character)

    def knows(self, text: str) -> bool:
        """Whether every character has a column."""
        return all(c in self._columns for c in text)

    def passed_over(self, beside: NeighbourText) -> NDArray[np.bool_]:
        """Which columns may stand beside a text; the blank may in every case."""
        if beside not in self._passed:
            columns = (i == BLANK or _may_stand(c, beside) for i, c in enumerate(self.characters))
            self._passed[beside] = np.fromiter(columns, np.bool_, len(self.characters))
        return self._passed[beside]


class LineEmissions:
    """The recogniser's output for one line."""

    def __init__(self, probabilities: NDArray[np.float32], alphabet: Alphabet) -> None:
        """Hold the output.

        Args:
            probabilities: Frames x columns, 0 to 1.
            alphabet: What the columns are.
        """
        self.probabilities = probabilities
        self.alphabet = alphabet
        self._likeliest_beside: dict[NeighbourText, Floats] = {}

    def beside(self, what: NeighbourText) -> Floats:
        """For each frame, how likely the likeliest of what may stand beside a text is."""
        if what not in self._likeliest_beside:
            allowed = self.probabilities[:, self.alphabet.passed_over(what)]
            self._likeliest_beside[what] = np.maximum(allowed.max(axis=1), _FLOOR).astype(float)
        return self._likeliest_beside[what]

    def columns(self, characters: Sequence[str]) -> Floats:
        """Frames x (the characters, the blank): their probabilities."""
        chosen = [self.alphabet.column(c) or BLANK for c in characters]
        return np.maximum(self.probabilities[:, [*chosen, BLANK]], _FLOOR).astype(float)

    @property
    def text(self) -> str:
        """The likeliest character of every frame, repeats and blanks left out."""
        return "".join(self.alphabet.characters[self._best[i]] for i in self._starts)

    def candidates(self, count: int) -> tuple[tuple[str, ...], ...]:
        """For every character of `text` the likeliest ones of its frame, itself first."""
        return tuple(self._likeliest(self.probabilities[frame], count) for frame in self._starts)

    def _likeliest(self, row: NDArray[np.float32], count: int) -> tuple[str, ...]:
        top = np.argpartition(row, -count - 1)[-count - 1 :]
        ranked = top[np.argsort(-row[top])]
        return tuple(self.alphabet.characters[i] for i in ranked if i != BLANK)[:count]

    @property
    def upper_bound(self) -> float:
        """The log-likelihood that no text exceeds by more than its ways of being laid out, nats."""
        return float(np.log(self.beside(NeighbourText.ANYTHING)).sum())

    @cached_property
    def _best(self) -> NDArray[np.intp]:
        best: NDArray[np.intp] = self.probabilities.argmax(axis=1)
        return best

    @property
    def _starts(self) -> NDArray[np.intp]:
        best = self._best
        chosen = best != BLANK
        chosen[1:] &= best[1:] != best[:-1]
        starts: NDArray[np.intp] = np.flatnonzero(chosen)
        return starts


def log_likelihoods(
    line: LineEmissions,
    texts: Sequence[str],
    *,
    before: NeighbourText = NeighbourText.ANYTHING,
    after: NeighbourText = NeighbourText.ANYTHING,
) -> Floats:
    """How likely each text makes what the recogniser saw, in nats; minus infinity for "never".

    Args:
        line: The line; what stands before and after a text costs nothing where it may stand there.
        texts: None empty; one with a character that the recogniser does not know is never likely.
        before: What may stand before a text.
        after: What may stand after it.
    """
    known = [i for i, text in enumerate(texts) if line.alphabet.knows(text)]
    scores = np.full(len(texts), -np.inf)
    if known and len(line.probabilities):
        states, ends = _states(tuple(texts[i] for i in known))
        columns = sorted({c for i in known for c in texts[i]})
        emitted = _emitted(line, columns, before, after)
        index = {c: i for i, c in enumerate(columns)}
        rows = _state_columns(tuple(texts[i] for i in known), index, states)
        scores[known] = _forward(emitted, rows, _may_skip(rows, ends), ends)
    return scores


def _may_stand(character: str, beside: NeighbourText) -> bool:
    if beside is NeighbourText.NO_HAN:
        han = "\u3400" <= character <= "\u9fff" or ord(character[0]) > _LAST_PLAIN
        return not han and character not in {"·", "〇"}
    if beside is NeighbourText.NO_DIGIT:
        return character not in _DIGITS
    if beside is NeighbourText.NO_LETTER_OR_DIGIT:
        return not (character.isascii() and character.isalnum())
    return True


def _states(texts: tuple[str, ...]) -> tuple[int, NDArray[np.intp]]:
    """The number of states of the longest text, and the last state of each.

    A text of n characters has 2n + 3: what stands before, then blank and character by turns, a
    last blank, and what stands after.
    """
    ends = np.array([2 * len(text) + 2 for text in texts])
    return int(ends.max()) + 1, ends


def _emitted(
    line: LineEmissions, columns: list[str], before: NeighbourText, after: NeighbourText
) -> Floats:
    """Frames x (needed characters, blank, before, after, never)."""
    never = np.zeros(len(line.probabilities))
    return np.column_stack([line.columns(columns), line.beside(before), line.beside(after), never])


def _state_columns(texts: tuple[str, ...], index: dict[str, int], states: int) -> NDArray[np.intp]:
    """Texts x states: which column of what is emitted each state emits."""
    blank, before, after, never = (len(index) + i for i in range(4))
    rows = np.full((len(texts), states), never)
    for row, text in zip(rows, texts, strict=True):
        end = 2 * len(text) + 2
        row[0] = before
        row[1:end:2] = blank
        row[2:end:2] = [index[c] for c in text]
        row[end] = after
    return rows


def _may_skip(rows: NDArray[np.intp], ends: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Texts x states: whether a state may follow the one before the blank between them."""
    skip = np.zeros(rows.shape, np.bool_)
    skip[:, 2::2] = rows[:, 2::2] != rows[:, :-2:2]
    skip[np.arange(len(rows)), ends] = True
    return skip


def _forward(
    emitted: Floats, rows: NDArray[np.intp], skip: NDArray[np.bool_], ends: NDArray[np.intp]
) -> Floats:
    """The forward algorithm for all texts at once, rescaled in every frame."""
    reach = np.zeros(rows.shape)
    reach[:, :3] = emitted[0][rows[:, :3]]
    total = np.zeros(len(rows))
    jumps = skip.astype(np.float64)
    for frame in emitted[1:]:
        moved = reach.copy()
        moved[:, 1:] += reach[:, :-1]
        moved[:, 2:] += reach[:, :-2] * jumps[:, 2:]
        reach = moved * frame[rows]
        scale = np.maximum(reach.max(axis=1), _SMALLEST)
        reach /= scale[:, None]
        total += np.log(scale)
    at = np.arange(len(rows))
    last = reach[at, ends] + reach[at, ends - 1] + reach[at, ends - 2]
    return total + np.log(np.maximum(last, _SMALLEST))
