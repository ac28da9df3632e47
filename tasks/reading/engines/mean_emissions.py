"""Several looks at one line, read as one."""

import cv2
import numpy as np
from numpy.typing import NDArray

from tasks.reading.engines.text_lines import Glyph, Recognised, TextReader
from tasks.reading.files.picture import Pixels
from tasks.reading.likelihood.emissions import BLANK, LineEmissions


def read_as_one(looks: tuple[Pixels, ...], reader: TextReader) -> Recognised:
    """The text that several crops of one line show together; empty where the engine tells no more.

    Args:
        looks: Each shows the same text from its left to its right end; of any size.
        reader: Reads them.
    """
    line = mean_emissions(looks, reader)
    return Recognised(()) if line is None else _decoded(line)


def mean_emissions(looks: tuple[Pixels, ...], reader: TextReader) -> LineEmissions | None:
    """What the recogniser saw in several crops of one line, averaged frame by frame.

    What covers a letter in one look, or lies at the edge of it, is outvoted by the others.

    Args:
        looks: Each shows the same text from its left to its right end; of any size.
        reader: Reads them.

    Returns:
        None where the engine does not tell what it saw.
    """
    widest = max(look.shape[1] for look in looks)
    seen = [reader.emissions(_widened(look, widest)) for look in looks]
    told = [line for line in seen if line is not None and len(line.probabilities)]
    if len(told) < len(looks):
        return None
    frames = min(len(line.probabilities) for line in told)
    mean = np.mean([line.probabilities[:frames] for line in told], axis=0, dtype=np.float32)
    return LineEmissions(np.asarray(mean, np.float32), told[0].alphabet)


def _widened(look: Pixels, width: int) -> Pixels:
    size = (width, look.shape[0])
    return np.asarray(cv2.resize(look, size, interpolation=cv2.INTER_LINEAR), np.uint8)


def _decoded(line: LineEmissions) -> Recognised:
    """The likeliest character of every frame; of a run of frames its surest."""
    best: NDArray[np.intp] = line.probabilities.argmax(axis=1)
    begins = np.flatnonzero(np.diff(best, prepend=BLANK - 1))
    ends = [*begins[1:], len(best)]
    return Recognised(
        tuple(
            Glyph(
                line.alphabet.characters[best[begin]],
                float(line.probabilities[begin:end, best[begin]].max()),
                (begin + 0.5) / len(best),
            )
            for begin, end in zip(begins, ends, strict=True)
            if best[begin] != BLANK
        )
    )
