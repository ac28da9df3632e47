"""Tell several papers in one picture apart by their words: two sides of a card, an open book.

On a photocopied sheet or in an open book no edge of a paper is to be seen. What is seen is that
one half of the text is a whole paper by itself, with the labels that its kind cannot do without,
and that the other half is one too. No half of a single paper passes: its labels stand there once.
A half that lies the other way round cannot be read yet; then it is enough that its lines read
well once they are turned: `are_whole_papers` tells when both halves have been turned upright.
"""

import math
from typing import Final, NamedTuple

from models.reading.document import Quad
from tasks.reading.engines.page_lines import PageLines
from tasks.reading.engines.text_lines import TextLine
from tasks.reading.layout.selective_recognition import read_heads, rows_of
from tasks.reading.segmentation.gaps import LEAST_LINES, GapCut, area, columns, rows
from tasks.reading.segmentation.whole_papers import LabelWords, are_two

_TWICE: Final = 0.06  # what a label that stands twice in one half takes off
_TIDY: Final = 0.1  # what a wide gap adds at most
_WIDE: Final = 6.0  # usual line heights that make a gap a wide one
_WELL: Final = 0.82  # mean confidence of lines that stand upright
_BADLY: Final = 0.75  # of lines that perhaps do not
_SAMPLE: Final = 4
_LONG: Final = 2.5  # times as long as it is high: the direction of a line is sure


class PaperPart(NamedTuple):
    """One of the parts.

    Attributes:
        area: Where it lies in the upright picture, pixels; reaches beyond the picture's border.
        lines: Its lines by their index.
    """

    area: Quad
    lines: tuple[int, ...]


class PaperSplit(NamedTuple):
    """A picture in two.

    Attributes:
        halves: From above, or from the left.
        proven: The words of both have been read, and are a whole paper each; else ask
            `are_whole_papers`.
    """

    halves: tuple[PaperPart, PaperPart]
    proven: bool


def split_papers(page_lines: PageLines) -> PaperSplit | None:
    """The two halves of a picture that seem to be a paper each; None where it shows but one.

    Reads the lines at which rows begin, and those at which a second column of papers would.
    """
    if len(page_lines.boxes) < 2 * LEAST_LINES:
        return None
    read_heads(page_lines, rows_of(page_lines), enough=lambda: False)
    across = tuple(columns(page_lines))
    for column in across:
        _read_second_heads(page_lines, column)
    cuts = (*rows(page_lines), *across)
    if proven := _by_words(page_lines, cuts):
        return PaperSplit(_halves(page_lines, proven), proven=True)
    cut = _by_direction(page_lines, cuts) or _upside_down(page_lines, cuts)
    return PaperSplit(_halves(page_lines, cut), proven=False) if cut else None


def are_whole_papers(*halves: PageLines) -> bool:
    """Whether two halves, each turned upright by itself, are a whole paper each.

    Reads the lines at which their rows begin.
    """
    papers = []
    for half in halves:
        read_heads(half, rows_of(half), enough=lambda: False)
        papers.append(LabelWords(half).paper(tuple(range(len(half.quads)))))
    first, second = papers
    return first is not None and second is not None and are_two(first, second)


def _halves(page_lines: PageLines, cut: GapCut) -> tuple[PaperPart, PaperPart]:
    return (
        PaperPart(area(page_lines, cut, second=False), cut.first),
        PaperPart(area(page_lines, cut, second=True), cut.second),
    )


def _read_second_heads(page_lines: PageLines, cut: GapCut) -> None:
    """Read where the rows of the right side begin."""
    wanted = set(cut.second)
    for row in rows_of(page_lines):
        head = next((index for index in row if index in wanted), None)
        if head is not None:
            page_lines.line(head)


def _by_words(page_lines: PageLines, cuts: tuple[GapCut, ...]) -> GapCut | None:
    """The cut whose halves are both whole papers, and are it best."""
    words = LabelWords(page_lines)
    scored = [(_worth(cut, words), cut) for cut in cuts]
    worth, best = max(scored, key=lambda pair: pair[0], default=(0.0, None))
    return best if worth > 0 else None


def _worth(cut: GapCut, words: LabelWords) -> float:
    """How well both sides are papers of their own; 0 where one is not."""
    first = words.paper(cut.first)
    second = words.paper(cut.second) if first else None
    if first is None or second is None or not are_two(first, second):
        return 0.0
    tidy = min(1.0, max(0.0, cut.gap / _WIDE)) * _TIDY
    return max(0.01, first.sure * second.sure - _TWICE * (first.twice + second.twice) + tidy)


def _by_direction(page_lines: PageLines, cuts: tuple[GapCut, ...]) -> GapCut | None:
    """The cut that parts lines along the picture from lines across it, where both are many."""
    down = {i: _runs_down(page_lines.quads[i]) for i in range(len(page_lines.quads))}
    sure = {i: bool(way) for i, way in down.items() if way is not None}
    if min(sum(sure.values()), len(sure) - sum(sure.values())) < LEAST_LINES:
        return None

    def mixed(cut: GapCut) -> int:
        strays = []
        for half in cut.halves:
            ways = [sure[i] for i in half if i in sure]
            strays.append(min(sum(ways), len(ways) - sum(ways)))
        return sum(strays)

    def parted(cut: GapCut) -> bool:
        most = [[sure[i] for i in half if i in sure] for half in cut.halves]
        return all(most) and (2 * sum(most[0]) > len(most[0])) != (2 * sum(most[1]) > len(most[1]))

    fitting = [cut for cut in cuts if parted(cut)]
    best = min(fitting, key=lambda cut: (mixed(cut), -cut.gap), default=None)
    return best if best and mixed(best) <= len(sure) // 10 else None


def _runs_down(quad: Quad) -> bool | None:
    """Whether a line runs from top to bottom; None for one too short to tell."""
    across, down = math.dist(quad[0], quad[1]), math.dist(quad[0], quad[3])
    if max(across, down) < _LONG * min(across, down):
        return None
    return down > across


def _upside_down(page_lines: PageLines, cuts: tuple[GapCut, ...]) -> GapCut | None:
    """The cut between lines that read well and lines that read well only when turned round."""
    known = {i: line for i, line in page_lines.known().items() if len(line.text) > 1}
    best: tuple[float, GapCut, tuple[int, ...]] | None = None
    for cut in cuts:
        ways = [[known[i] for i in half if i in known] for half in cut.halves]
        if min(map(len, ways)) < 2:
            continue
        first, second = map(_legibility, ways)
        if max(first, second) < _WELL or min(first, second) > _BADLY:
            continue
        worse = cut.first if first < second else cut.second
        contrast = abs(first - second) + min(1.0, max(0.0, cut.gap / _WIDE)) * _TIDY
        if best is None or contrast > best[0]:
            best = contrast, cut, worse
    return best[1] if best and _reads_turned(page_lines, best[2]) else None


def _legibility(lines: list[TextLine]) -> float:
    """The mean confidence over all characters: a long line counts more than a speck."""
    characters = sum(len(line.text) for line in lines)
    return sum(line.confidence * len(line.text) for line in lines) / max(1, characters)


def _reads_turned(page_lines: PageLines, lines: tuple[int, ...]) -> bool:
    longest = sorted(lines, key=lambda i: -page_lines.boxes[i].width)[1 : 1 + _SAMPLE]
    turned = ((c, d, a, b) for a, b, c, d in (page_lines.quads[i] for i in longest))
    read = [page_lines.reread(quad).confidence for quad in turned]
    return bool(read) and sum(read) / len(read) >= _WELL
