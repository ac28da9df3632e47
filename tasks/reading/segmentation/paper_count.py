"""Whether a picture shows one paper: by its edges, by how much text it holds, by its labels."""

import math
import re
from collections.abc import Iterable, Sequence
from enum import Enum
from typing import Final

import numpy as np

from models.reading.document import FIELDS, DocumentKind, Quad
from tasks.reading.engines.page_lines import PageLines
from tasks.reading.image.geometry import Box, lies_within
from tasks.reading.kinds.registry import SPECS
from tasks.reading.segmentation.page_outline import PageOutline
from tasks.reading.segmentation.whole_papers import LabelWords

_NUMBER: Final = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)")
_LEAST_TWICE: Final = 2
"""Labels that stand twice on two papers; one may be misread out of another."""


class PaperCount(Enum):
    """What the shapes say."""

    ONE = "one paper"
    PERHAPS_ONE = "one paper, if all that belongs on it is found"
    UNKNOWN = "one or several"
    SEVERAL = "more text than one paper holds"


def papers_shown(page_lines: PageLines, kind: DocumentKind, page: PageOutline | None) -> PaperCount:
    """Whether a picture shows one paper.

    Args:
        page_lines: Its lines, upright.
        kind: What paper it seems to be.
        page: The paper around its lines, in pixels of the page's picture, where it is surely seen.
    """
    spec = SPECS[kind]
    if holds_too_much(page_lines.boxes, kind):
        return PaperCount.SEVERAL
    if page is not None:
        fits = spec.page_shape is not None and spec.page_shape.holds(_ratio(page.quad))
        alone = all(lies_within(quad, page.quad) for quad in page_lines.quads)
        return PaperCount.ONE if fits and alone else PaperCount.UNKNOWN
    if spec.text_shape is not None and spec.text_shape.holds(_ratio_of_text(page_lines.boxes)):
        return PaperCount.PERHAPS_ONE
    return PaperCount.UNKNOWN


def bears_too_many_numbers(texts: Iterable[str], kind: DocumentKind) -> bool:
    """Whether lines show more identity numbers than one paper of their kind names people.

    Letters and notarial certificates name as many as they like.

    Args:
        texts: What the lines say.
        kind: What paper they seem to be.
    """
    people = sum(name.endswith("id_number") for name in FIELDS.get(kind, ()))
    numbers = {number.upper() for text in texts for number in _NUMBER.findall(text)}
    return 0 < people < len(numbers)


def holds_too_much(boxes: Sequence[Box], kind: DocumentKind) -> bool:
    """Whether some lines reach further than the text of one paper of a kind does."""
    most = SPECS[kind].most_text
    if most is None or not boxes:
        return False
    width, height = _extent(boxes)
    usual = float(np.median([min(box.width, box.height) for box in boxes]))
    return (width + height) / max(usual, 1.0) > most


def stands_twice(page_lines: PageLines, kind: DocumentKind) -> bool:
    """Whether labels that a paper of this kind bears once were read twice."""
    known = page_lines.known()
    paper = LabelWords({i: line.text for i, line in known.items()}).paper(tuple(known))
    return paper is not None and paper.kind is kind and paper.twice >= _LEAST_TWICE


def _ratio(quad: Quad) -> float:
    """Width by height, each the mean of two sides."""
    a, b, c, d = quad
    across, down = math.dist(a, b) + math.dist(d, c), math.dist(a, d) + math.dist(b, c)
    return across / max(down, 1e-6)


def _ratio_of_text(boxes: Sequence[Box]) -> float:
    width, height = _extent(boxes)
    return width / max(height, 1e-6)


def _extent(boxes: Sequence[Box]) -> tuple[float, float]:
    """Width and height of all text together."""
    left, right = min(box.left for box in boxes), max(box.right for box in boxes)
    top = min(box.middle - box.height / 2 for box in boxes)
    bottom = max(box.middle + box.height / 2 for box in boxes)
    return right - left, bottom - top
