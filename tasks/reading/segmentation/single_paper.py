"""Whether a picture shows one paper, told by shapes alone, before anything more is read.

Looking for several papers means to read where every row begins. A card, or a page of a household
book, has a shape of its own that two of them together do not have, whichever way they lie.
"""

import math
from enum import Enum
from types import MappingProxyType
from typing import Final, NamedTuple

from models.reading.document import DocumentKind, Quad
from tasks.reading.engines.lazy_lines import PageLines, lies_within
from tasks.reading.segmentation.find_page import PageOutline

K = DocumentKind


class RatioRange(NamedTuple):
    """From the least to the most that a width may be of its height."""

    least: float
    most: float

    def holds(self, ratio: float) -> bool:
        """Whether a ratio lies in between."""
        return self.least <= ratio <= self.most


_CARD: Final = RatioRange(1.35, 1.85)  # 85.6 by 54 mm, seen at a slant
_BOOK_PAGE: Final = RatioRange(1.15, 1.6)  # 143 by 105 mm
PAGES: Final = MappingProxyType(
    {
        K.ID_CARD_PORTRAIT: _CARD,
        K.ID_CARD_EMBLEM: _CARD,
        K.HUKOU_COVER: _BOOK_PAGE,
        K.HUKOU_MEMBER: _BOOK_PAGE,
        K.BIRTH_CERTIFICATE: RatioRange(0.6, 1.7),  # upright and lying versions
    }
)
"""The shape of the paper itself, upright."""
TEXTS: Final = MappingProxyType(
    {K.HUKOU_COVER: RatioRange(0.95, 1.6), K.HUKOU_MEMBER: RatioRange(1.05, 1.55)}
)
"""The shape of all its text together, of kinds whose print reaches from edge to edge."""


class PaperCount(Enum):
    """What the shapes say."""

    ONE = "one paper"
    PERHAPS_ONE = "one paper, if all that belongs on it is found"
    UNKNOWN = "one or several"


def papers_shown(sheet: PageLines, kind: DocumentKind, page: PageOutline | None) -> PaperCount:
    """Whether a picture shows one paper.

    Args:
        sheet: Its lines, upright.
        kind: What paper it seems to be.
        page: The paper around its lines, in pixels of the sheet's picture, where it is surely seen.
    """
    if page is not None:
        fits = kind in PAGES and PAGES[kind].holds(_ratio(page.quad))
        alone = all(lies_within(quad, page.quad) for quad in sheet.quads)
        return PaperCount.ONE if fits and alone else PaperCount.UNKNOWN
    if kind in TEXTS and TEXTS[kind].holds(_ratio_of_text(sheet)):
        return PaperCount.PERHAPS_ONE
    return PaperCount.UNKNOWN


def _ratio(quad: Quad) -> float:
    """Width by height, each the mean of two sides."""
    a, b, c, d = quad
    across, down = math.dist(a, b) + math.dist(d, c), math.dist(a, d) + math.dist(b, c)
    return across / max(down, 1e-6)


def _ratio_of_text(sheet: PageLines) -> float:
    left = min(box.left for box in sheet.boxes)
    right = max(box.right for box in sheet.boxes)
    top = min(box.middle - box.height / 2 for box in sheet.boxes)
    bottom = max(box.middle + box.height / 2 for box in sheet.boxes)
    return (right - left) / max(bottom - top, 1e-6)
