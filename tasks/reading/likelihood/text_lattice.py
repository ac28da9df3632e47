"""How well a given text fits what the recogniser saw along a line.

A text is laid out along the frames as a path through its states: what stands before it, blank and
character by turns, and what stands after it. The forward algorithm sums over all paths, which gives
the likelihood of a text that was never read; the likeliest single path tells where a text stands.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tasks.reading.likelihood.emissions import Floats, LineEmissions, NeighbourText

_SMALLEST: Final = 1e-300


class TextLattice(NamedTuple):
    """The states of several texts along the frames of one line.

    Attributes:
        emitted: Frames x columns: probabilities of the needed characters, the blank, what stands
            before and after, and nothing.
        rows: Texts x states: the column that each state emits.
        skip: Texts x states: whether a state may follow the one before the blank between them.
        ends: The last state of each text.
    """

    emitted: Floats
    rows: NDArray[np.intp]
    skip: NDArray[np.bool_]
    ends: NDArray[np.intp]


def text_lattice(
    line: LineEmissions, texts: Sequence[str], before: NeighbourText, after: NeighbourText
) -> TextLattice:
    """The lattice of texts whose characters the recogniser knows, none of them empty."""
    states, ends = _states(tuple(texts))
    columns = sorted({c for text in texts for c in text})
    rows = _state_columns(tuple(texts), {c: i for i, c in enumerate(columns)}, states)
    return TextLattice(_emitted(line, columns, before, after), rows, _may_skip(rows, ends), ends)


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
        scores[known] = _forward(text_lattice(line, [texts[i] for i in known], before, after))
    return scores


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


def _forward(lattice: TextLattice) -> Floats:
    """The forward algorithm for all texts at once, rescaled in every frame."""
    emitted, rows, skip, ends = lattice
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
