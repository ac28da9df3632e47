"""What the recogniser saw along a line, frame by frame: a probability for every character.

The recogniser is trained with connectionist temporal classification (Graves et al. 2006): each
frame has a probability for every character and for the blank between characters.
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


def _may_stand(character: str, beside: NeighbourText) -> bool:
    if beside is NeighbourText.NO_HAN:
        han = "\u3400" <= character <= "\u9fff" or ord(character[0]) > _LAST_PLAIN
        return not han and character not in {"·", "〇"}
    if beside is NeighbourText.NO_DIGIT:
        return character not in _DIGITS
    if beside is NeighbourText.NO_LETTER_OR_DIGIT:
        return not (character.isascii() and character.isalnum())
    return True
