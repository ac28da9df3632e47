"""Where a text stands on a line that was not read as that text."""

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tasks.reading.likelihood.emissions import Floats, LineEmissions, NeighbourText
from tasks.reading.likelihood.text_lattice import TextLattice, text_lattice

_NEVER: Final = -1e9


class AlignedText(NamedTuple):
    """The likeliest place of a text on a line.

    Attributes:
        text: Which.
        deficit: By how many nats it is less likely than the likeliest text there, at least 0.
        start: Where it begins along the line, 0 at the left end to 1 at the right.
        stop: Where it ends.
    """

    text: str
    deficit: float
    start: float
    stop: float


def align_texts(line: LineEmissions, texts: Sequence[str]) -> tuple[AlignedText, ...]:
    """Align each text with a line of which it is a part; whatever stands beside it costs nothing.

    Texts with a character that the recogniser does not know are left out.
    """
    known = [text for text in texts if line.alphabet.knows(text)]
    frames = len(line.probabilities)
    if not known or not frames:
        return ()
    lattice = text_lattice(line, known, NeighbourText.ANYTHING, NeighbourText.ANYTHING)
    scores, steps = _likeliest_paths(lattice)
    best = line.upper_bound
    aligned = []
    for row, text in enumerate(known):
        last = int(lattice.ends[row])
        state = max(range(last - 2, last + 1), key=lambda s: float(scores[row, s]))
        path = _path(steps, row, state)
        inside = np.flatnonzero((path > 0) & (path < last))
        aligned.append(
            AlignedText(
                text,
                max(0.0, best - float(scores[row, state])),
                int(inside[0]) / frames if len(inside) else 0.0,
                (int(inside[-1]) + 1) / frames if len(inside) else 0.0,
            )
        )
    return tuple(aligned)


def _likeliest_paths(lattice: TextLattice) -> tuple[Floats, NDArray[np.int8]]:
    """Log-probability of the likeliest path to each state; frames x texts x states: its steps."""
    emitted = np.log(np.maximum(lattice.emitted, 1e-300))
    rows = lattice.rows
    blocked = np.where(lattice.skip[:, 2:], 0.0, _NEVER)
    scores = np.full(rows.shape, _NEVER)
    scores[:, :3] = emitted[0][rows[:, :3]]
    steps = np.zeros((len(emitted), *rows.shape), np.int8)
    ways = np.full((3, *rows.shape), _NEVER)
    for number, frame in enumerate(emitted[1:], start=1):
        ways[0] = scores
        ways[1, :, 1:] = scores[:, :-1]
        ways[2, :, 2:] = scores[:, :-2] + blocked
        steps[number] = ways.argmax(axis=0)
        scores = np.maximum(ways.max(axis=0) + frame[rows], _NEVER)
    return scores, steps


def _path(steps: NDArray[np.int8], row: int, state: int) -> NDArray[np.intp]:
    """The states of a path that ends in a state, frame by frame."""
    path = np.empty(len(steps), np.intp)
    for number in range(len(steps) - 1, -1, -1):
        path[number] = state
        state -= int(steps[number, row, state])
    return path
