"""One decoded picture: find the paper, or the papers, in it and read each by itself."""

import datetime as dt
from collections.abc import Callable, Sequence
from itertools import combinations
from typing import Final, NamedTuple

import numpy as np

from models.reading.document import DocumentKind
from tasks.reading.confidence.one_paper import contradicts_itself
from tasks.reading.doubt_reading import (
    doubt_screenshot,
    doubt_small_print,
    doubt_unseparated,
)
from tasks.reading.engines.page_lines import LONG_SIDE, PageLines, open_page_lines
from tasks.reading.engines.readers import Readers
from tasks.reading.files.picture import ScaledPage
from tasks.reading.layout.selective_recognition import read_all
from tasks.reading.read_page import PageReading, read_page
from tasks.reading.read_text import PageText, read_kind, read_text
from tasks.reading.segmentation.cut_out import PicturePart, PictureSource, cut_out, outline_of
from tasks.reading.segmentation.find_papers import FoundPaper, find_papers, surroundings
from tasks.reading.segmentation.page_outline import PageOutline
from tasks.reading.segmentation.paper_count import (
    PaperCount,
    bears_too_many_numbers,
    holds_too_much,
    papers_shown,
    stands_twice,
)
from tasks.reading.segmentation.several_shown import (
    holds_another,
    leaves_lines_unread,
    shows_a_face,
    shows_several,
    stands_apart,
)
from tasks.reading.segmentation.survey import LineSurvey
from tasks.reading.signals.screenshot import is_screenshot
from tasks.reading.signals.thresholds import SURE_READING

SELFIE_FACE: Final = 0.15
"""Share of a picture's width that a selfie's face with its margin takes at least; that of a card a
quarter as wide as the picture takes 0.08."""
LARGE: Final = 12.0
"""Pixels of a line's box, where the picture's longer side has 768, from which a first look misses
nothing: the least of 39 photographs of single papers was 13."""
TOO_SMALL: Final = 13.0
"""Pixels of the upload below which a line's box holds letters that are not read."""
_LEAST_LINES: Final = 3
_LEAST_TWICE: Final = 2


def read_picture(
    page: ScaledPage,
    readers: Readers,
    *,
    today: dt.date,
    full: Callable[[], ScaledPage | None] = lambda: None,
) -> tuple[PageReading, ...]:
    """Read every paper in a picture, from above or from the left.

    Args:
        page: The decoded picture.
        readers: The engines.
        today: No date on a paper lies after it.
        full: The same at the size of the upload, decoded when small print asks for it.
    """
    papers = _read_papers(page, readers, today, full)
    if not is_screenshot(page.image):
        return papers
    return tuple(doubt_screenshot(paper) for paper in papers)


def _read_papers(
    page: ScaledPage, readers: Readers, today: dt.date, full: Callable[[], ScaledPage | None]
) -> tuple[PageReading, ...]:
    page_lines = open_page_lines(page.image, readers.text)
    outline = outline_of(page_lines, page_lines.quads)
    engine = _Engine(readers, today)
    survey = LineSurvey(page_lines.image, readers.text)
    text = _text_of_one(page_lines, outline, survey)
    if text is not None:
        return (engine.read(page, page_lines, outline, text),)
    whole = None
    if read_kind(page_lines).kind is DocumentKind.OTHER:
        whole = engine.read(page, page_lines, outline)
        if _needs_no_closer_look(whole, page_lines):
            return (whole,)
    height, width = page_lines.image.shape[:2]
    found = find_papers((width, height), survey)
    parts = _read_parts(PictureSource(page, full), page_lines, found, engine)
    if parts:
        return parts
    whole = whole or engine.read(page, page_lines, outline)
    return (_with_what_was_missed(whole, found, page.size[0] / page.image.shape[1]),)


class _Engine(NamedTuple):
    """What every part is read with."""

    readers: Readers
    today: dt.date

    def read(
        self,
        page: ScaledPage,
        page_lines: PageLines,
        outline: PageOutline | None,
        text: PageText | None = None,
    ) -> PageReading:
        return read_page(
            page, self.readers, today=self.today, page_lines=page_lines, text=text, paper=outline
        )


def _text_of_one(
    page_lines: PageLines, outline: PageOutline | None, survey: LineSurvey
) -> PageText | None:
    """The text where it is surely one paper's; None where there may be several papers."""
    if not page_lines.quads:
        return None
    kind = read_kind(page_lines).kind
    shown = papers_shown(page_lines, kind, outline)
    if kind is DocumentKind.OTHER or shown is PaperCount.SEVERAL:
        return None
    text = read_text(page_lines)
    doubtful = shown is PaperCount.UNKNOWN or (
        shown is PaperCount.ONE and holds_another(page_lines, text.guess.kind)
    )
    if doubtful and _may_hold_more(page_lines, text, survey):
        return None
    if stands_twice(page_lines, text.guess.kind) or shows_several(page_lines, text.guess.kind):
        return None
    return text if text.complete or _is_large(page_lines) else None


def _may_hold_more(page_lines: PageLines, text: PageText, survey: LineSurvey) -> bool:
    """Whether a picture whose edges show no single paper speaks of another one beside it."""
    # The other one's print may be so small that it was missed.
    if not _is_large(page_lines) and not _misses_nothing(page_lines, text, survey):
        return True
    kind = text.guess.kind
    read_all(page_lines)  # what this paper does not need may be another one's
    return (
        leaves_lines_unread(page_lines)
        or stands_apart(page_lines, kind)
        or shows_a_face(page_lines, kind)
    )


def _misses_nothing(page_lines: PageLines, text: PageText, survey: LineSurvey) -> bool:
    """Whether small print was read surely, and a closer look finds no more lines of it."""
    sure = all(field.confidence >= SURE_READING for field in text.fields.values())
    return text.complete and sure and not survey.finds_more_than(page_lines.quads)


def _needs_no_closer_look(whole: PageReading, page_lines: PageLines) -> bool:
    """Whether a picture whose headings tell no kind shows a face near by, or one large paper."""
    kind = whole.guess.kind
    if kind is DocumentKind.SELFIE:
        return whole.face_share >= SELFIE_FACE
    if kind is DocumentKind.OTHER or not _is_large(page_lines):
        return False
    return not stands_twice(page_lines, kind) and not holds_too_much(page_lines.boxes, kind)


def _is_large(page_lines: PageLines) -> bool:
    """Whether the print is so large that a closer look finds no more of it."""
    heights = [min(box.width, box.height) for box in page_lines.boxes]
    return bool(np.median(heights) * LONG_SIDE >= LARGE * max(page_lines.image.shape[:2]))


def _read_parts(
    source: PictureSource, page_lines: PageLines, found: tuple[FoundPaper, ...], engine: _Engine
) -> tuple[PageReading, ...]:
    """Every paper that was found, read by itself; none where there is none, or but one torn up."""
    if not any(paper.whole for paper in found):
        near = surroundings(page_lines, found)
        found = (near,) if near else ()
    parts = []
    for paper in found:
        others = tuple(quad for other in found if other is not paper for quad in other.lines)
        part = cut_out(source, page_lines, paper, others, engine.readers.text)
        if part is not None and part.page_lines.quads and _is_worth_a_word(paper):
            parts.append(_read_part(part, paper, engine, alone=len(found) == 1))
    known = [part for part in parts if part.guess.kind is not DocumentKind.OTHER]
    return tuple(parts) if known and are_separate_papers(known) else ()


def _is_worth_a_word(paper: FoundPaper) -> bool:
    """Whether lines may be a paper: a clock and a button of a telephone's screen are none."""
    return paper.paper is not None or len(paper.lines) >= _LEAST_LINES


def are_separate_papers(parts: Sequence[PageReading]) -> bool:
    """Whether every part is a paper of its own.

    The columns of one form complete each other; two papers of a kind have fields in common.
    """
    return all(
        a.guess.kind is not b.guess.kind or _fields_read(a) & _fields_read(b)
        for a, b in combinations(parts, 2)
    )


def _fields_read(part: PageReading) -> frozenset[str]:
    return frozenset(name for name, field in part.fields.items() if field.value is not None)


def _read_part(
    part: PicturePart, paper: FoundPaper, engine: _Engine, *, alone: bool
) -> PageReading:
    """One paper; all of it unsure where it may be two."""
    reading = engine.read(part.page, part.page_lines, part.outline)
    reading = reading.moved_by(part.left, part.top)
    twice = paper.paper is not None and paper.paper.twice >= _LEAST_TWICE
    twice = twice or stands_twice(part.page_lines, reading.guess.kind)
    texts = (line.text for line in part.page_lines.known().values())
    twice = twice or bears_too_many_numbers(texts, reading.guess.kind)
    torn = not alone and not paper.whole and reading.guess.kind is not DocumentKind.OTHER
    if twice or torn or (not alone and contradicts_itself(reading.fields, today=engine.today)):
        return doubt_unseparated(reading)
    if reading.guess.kind is DocumentKind.SELFIE:  # the portrait of a card whose text is not read
        return doubt_small_print(reading)
    return reading


def _with_what_was_missed(
    whole: PageReading, found: tuple[FoundPaper, ...], scale: float
) -> PageReading:
    """The reading of a picture in which no paper was told apart, with what was seen besides.

    Args:
        whole: The reading.
        found: What a closer look shows.
        scale: Pixels of the upload for one of the picture that was looked at.
    """
    if any(paper.paper and paper.paper.twice >= _LEAST_TWICE for paper in found):
        return doubt_unseparated(whole)
    small = sum(len(f.lines) for f in found if f.text_height * scale < TOO_SMALL)
    if whole.guess.kind in {DocumentKind.OTHER, DocumentKind.SELFIE} and small >= _LEAST_LINES:
        return doubt_small_print(whole)
    return whole
