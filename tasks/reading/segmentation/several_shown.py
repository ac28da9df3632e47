"""Whether what was read of a picture is more than one paper says."""

from typing import Final

from models.errors import MissingPartError
from models.reading.document import DocumentKind
from tasks.faces.sface import sface_engine
from tasks.reading.engines.page_lines import PageLines
from tasks.reading.image.pixels import reduced
from tasks.reading.kinds.registry import SPECS
from tasks.reading.segmentation.gaps import gap_cuts
from tasks.reading.segmentation.paper_count import bears_too_many_numbers
from tasks.reading.segmentation.partition import part_lines
from tasks.reading.segmentation.survey import PLAIN, SHORT, SurveyLine
from tasks.reading.segmentation.whole_papers import LabelWords

_LEAST_UNREAD: Final = 2
"""Lines that read badly where all else is read: of 40 photographs of single papers one whose edges
were not seen had one; a card's side upside down, or a small one, has two to four."""
_MANY_UNREAD: Final = 4
"""The same within one sheet's edges: of 28 photographs of single papers, edges seen, none had more
than three; an identity card copied upside down below a certificate has five to nine."""
_FACE_SIDE: Final = 480
"""Longer side of the picture in which a card's portrait is looked for: of 48 pictures, 24 with one
that is found at 640 pixels, it finds as many in half the time."""
_FAR: Final = 8.0
"""Line heights between two texts of one paper, at most, unless both bear its labels: the foot of a
letter stands up to 12 below its text."""


def shows_several(page_lines: PageLines, kind: DocumentKind) -> bool:
    """Whether the lines that were read make two whole papers, or name two people where one belongs.

    Args:
        page_lines: The picture's lines, as far as they were read.
        kind: What paper it seems to be.
    """
    known = sorted(page_lines.known().items())
    if bears_too_many_numbers((line.text for _, line in known), kind):
        return True
    lines = [SurveyLine(page_lines.quads[i], 0, line.text, line.confidence) for i, line in known]
    groups = part_lines(lines, [page_lines.boxes[i] for i, _ in known])
    return sum(group.paper is not None and group.paper.complete for group in groups) > 1


def leaves_lines_unread(page_lines: PageLines) -> bool:
    """Whether several lines read badly: they stand in another direction, or are much smaller."""
    return _lines_unread(page_lines) >= _LEAST_UNREAD


def holds_another(page_lines: PageLines, kind: DocumentKind) -> bool:
    """Whether a sheet whose edges are one paper's may yet bear a second one: a copy of a card.

    Args:
        page_lines: The picture's lines, as far as they were read.
        kind: What paper it seems to be.
    """
    return _lines_unread(page_lines) >= _MANY_UNREAD or stands_apart(page_lines, kind)


def _lines_unread(page_lines: PageLines) -> int:
    boxes = page_lines.boxes
    poor = [boxes[i] for i, line in page_lines.known().items() if line.confidence < PLAIN]
    sides = [sorted((box.width, box.height)) for box in poor]
    return sum(long >= SHORT * short for short, long in sides)


def stands_apart(page_lines: PageLines, kind: DocumentKind) -> bool:
    """Whether text stands far from the rest and bears no label of this kind: a small paper's."""
    known = sorted(page_lines.known().items())
    words = LabelWords({place: line.text for place, (_, line) in enumerate(known)})
    cuts = gap_cuts([page_lines.boxes[i] for i, _ in known], tuple(range(len(known))))
    sides = (side for cut in cuts if cut.gap >= _FAR for side in (cut.first, cut.second))
    papers = (words.paper(side) for side in sides)
    return any(paper is None or paper.kind is not kind for paper in papers)


def shows_a_face(page_lines: PageLines, kind: DocumentKind) -> bool:
    """Whether a face is seen where papers of this kind show none: a card lies beside."""
    spec = SPECS[kind]
    if spec.bears_face or spec.pictures_among_text:
        return False
    try:
        return bool(sface_engine().find(reduced(page_lines.small, _FACE_SIDE)))
    except MissingPartError:
        return False  # without faces the card is found by its text, or not
