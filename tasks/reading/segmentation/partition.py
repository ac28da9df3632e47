"""Part the lines of a picture into papers: each paper bears its labels, and bears them once.

On a photocopied sheet or in an open book no edge of a paper is to be seen. What is seen is that a
label stands twice, or that some lines are a whole paper of another kind. Of all ways of cutting
through gaps that one is taken by which the parts are whole papers best: a cut through the middle
of a page leaves a part that is none, and labels twice in the other.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import product
from typing import Final, NamedTuple

from models.reading.document import DocumentKind
from tasks.reading.image.geometry import Box
from tasks.reading.segmentation.gaps import GapCut, gap_cuts
from tasks.reading.segmentation.paper_count import bears_too_many_numbers, holds_too_much
from tasks.reading.segmentation.survey import SurveyLine
from tasks.reading.segmentation.whole_papers import (
    WHOLE,
    LabelWords,
    WholePaper,
    are_two,
    required_labels,
)

_DEPTH: Final = 5  # cuts one within another: eight papers one below another take four
_TRIED: Final = 2  # of the best cuts, and of the widest along both axes, are followed further
_SURE: Final = 0.9  # worth of a paper from which only a better first cut is followed
_WHOLE: Final = 0.4  # what a whole paper is worth without a label more than it must have
_MOST_LABELS: Final = 0.75  # share of its labels that make a paper complete; the rest is misread
_TWICE: Final = 0.12  # what a label that stands there twice takes off
_ASTRAY: Final = 0.12  # what a line that runs another way than the others takes off
_IMPURE: Final = 0.1  # that lines take off at most which are no one paper, to be parted further
_TOO_MUCH: Final = 0.5
"""What text that reaches further than one paper's takes off, or that names more people: lines of
another paper bring labels along, which would count for a certificate that prints few (each 0.07
of a proof of insurance)."""
_LEFT_OVER: Final = 0.15  # what lines that are no whole paper take off where they are cut away
_TORN: Final = 0.5  # what such lines take off beside a paper of the kind that their labels tell
_GAIN: Final = 0.2  # by which parts must be better than the whole
_TIDY: Final = 0.05  # what a wide gap adds at most: it decides between equals
_WIDE: Final = 8.0
"""Usual line heights that make a gap a wide one. Beside one there is more than one paper often
enough for a search, however whole the lines are together: four papers on a sheet bear every label
of a birth certificate, and no first cut leaves one whole paper on either side."""
_TIGHT: Final = 0.15
"""What a gap narrower than a line takes off: between two lines of one paper it is as narrow. A
certificate that lacked a label gained one (0.07, more than `_TIDY`) by a cut below the first line
of the card beside it."""
_ASTRIDE: Final = 0.3
"""What a paper takes off that is cut at a narrow gap and holds a far wider one: the first lines of
a marriage certificate, 20 heights below a certificate that prints three labels of twelve, brought
two more (0.13)."""
_FAR_WIDER: Final = 2.0  # times as wide as the cut


class LevelLimits(NamedTuple):
    """A rectangle in level rows; infinite where no cut bounds it."""

    left: float = float("-inf")
    top: float = float("-inf")
    right: float = float("inf")
    bottom: float = float("inf")


class LineGroup(NamedTuple):
    """The lines that are one paper, or what no paper could be told of.

    Attributes:
        lines: Their indices.
        bounds: The cuts around them.
        paper: What their labels say.
        turn: Degrees clockwise that make most of them upright.
    """

    lines: tuple[int, ...]
    bounds: LevelLimits
    paper: WholePaper | None
    turn: int


class _Parted(NamedTuple):
    worth: float
    groups: tuple[LineGroup, ...]


def part_lines(lines: Sequence[SurveyLine], boxes: Sequence[Box]) -> tuple[LineGroup, ...]:
    """The lines parted into papers, from above or from the left; one group where nothing parts.

    Args:
        lines: As a first look shows them.
        boxes: Their places in level rows.
    """
    every = tuple(range(len(lines)))
    return _Partition(lines, boxes).best(every, LevelLimits(), _DEPTH).groups


class _Partition:
    """The search, with what it has weighed already."""

    def __init__(self, lines: Sequence[SurveyLine], boxes: Sequence[Box]) -> None:
        self._lines = lines
        self._boxes = boxes
        self._words = LabelWords({i: line.text for i, line in enumerate(lines) if line.text})
        self._weighed: dict[frozenset[int], tuple[float, LineGroup]] = {}
        self._parted: dict[frozenset[int], _Parted] = {}
        self._inside: dict[tuple[frozenset[int], bool], float] = {}

    def best(self, lines: tuple[int, ...], bounds: LevelLimits, depth: int) -> _Parted:
        """The best way of parting some lines, that of leaving them together among them."""
        key = frozenset(lines)
        if key not in self._parted:
            self._parted[key] = self._search(lines, bounds, depth)
        return self._parted[key]

    def _search(self, lines: tuple[int, ...], bounds: LevelLimits, depth: int) -> _Parted:
        worth, group = self._weigh(lines)
        whole = _Parted(worth, (group._replace(bounds=bounds),))
        if depth == 0 or len(lines) < 2:
            return whole
        cuts = tuple(gap_cuts(self._boxes, lines))
        ranked = sorted(cuts, key=self._first_worth, reverse=True)
        if not ranked or (worth >= _SURE and not self._may_be_several(ranked, worth)):
            return whole
        best = whole
        for cut in dict.fromkeys((*ranked[:_TRIED], *_widest(cuts))):
            first, second = _bounds(bounds, cut)
            one = self.best(cut.first, first, depth - 1)
            other = self.best(cut.second, second, depth - 1)
            parted = _joined(one, other, _tidy(cut))
            needed = _GAIN if best is whole else 0.0
            if parted is not None:
                parted = parted._replace(worth=parted.worth - self._astride(cut, parted.groups))
                best = parted if parted.worth > best.worth + needed else best
        return best

    def _astride(self, cut: GapCut, groups: Sequence[LineGroup]) -> float:
        """What papers take off that are cut at a narrow gap and hold a far wider one."""
        widest = (self._widest_inside(group.lines, upright=cut.upright) for group in groups)
        return sum(_ASTRIDE for gap in widest if gap >= max(_WIDE, _FAR_WIDER * cut.gap))

    def _widest_inside(self, lines: tuple[int, ...], *, upright: bool) -> float:
        """The widest gap between some lines along an axis, usual line heights; 0 without one."""
        key = (frozenset(lines), upright)
        if key not in self._inside:
            cuts = gap_cuts(self._boxes, lines)
            self._inside[key] = max((c.gap for c in cuts if c.upright is upright), default=0.0)
        return self._inside[key]

    def _may_be_several(self, ranked: Sequence[GapCut], worth: float) -> bool:
        """Whether a cut through what seems one whole paper may leave more of them."""
        better = self._first_worth(ranked[0]) >= worth + _GAIN
        return better or any(cut.gap >= _WIDE for cut in ranked)

    def _first_worth(self, cut: GapCut) -> float:
        (one, first), (other, second) = self._weigh(cut.first), self._weigh(cut.second)
        return one + other - _cost(first) - _cost(second) + _tidy(cut)

    def _weigh(self, lines: tuple[int, ...]) -> tuple[float, LineGroup]:
        """How well some lines are one paper: 1 for a complete one, 0 for none, less for several."""
        key = frozenset(lines)
        if key not in self._weighed:
            self._weighed[key] = self._weigh_anew(lines)
        return self._weighed[key]

    def _weigh_anew(self, lines: tuple[int, ...]) -> tuple[float, LineGroup]:
        ways: Counter[int] = Counter()
        for index in lines:
            line = self._lines[index]
            if line.turn is not None:
                ways[line.turn] += len(line.text)
        turn = ways.most_common(1)[0][0] if ways else 0
        own = [i for i in lines if self._lines[i].turn in {turn, None}]
        astray = sum(len(self._lines[i].text) > 1 for i in set(lines) - set(own))
        paper = self._words.paper(own)
        if paper is not None and not self._in_order(paper.kind, own, turn):
            paper = paper._replace(complete=False)
        group = LineGroup(lines, LevelLimits(), paper, turn)
        if paper is None:
            return -_IMPURE * min(1.0, _ASTRAY * astray), group
        amiss = _ASTRAY * astray + _TWICE * paper.twice
        too_much = holds_too_much([self._boxes[i] for i in lines], paper.kind)
        texts = (self._lines[i].text for i in lines)
        if too_much or bears_too_many_numbers(texts, paper.kind):
            amiss += _TOO_MUCH
        return max(0.0, _completeness(paper) - amiss) - _IMPURE * min(1.0, amiss), group

    def _in_order(self, kind: DocumentKind, lines: list[int], turn: int) -> bool:
        """Whether a label of the paper's head is the first and one of its foot the last.

        Only these two are asked: between them a form may be arranged, or a label misread.
        """
        required = WHOLE[kind]
        head = [self._down(i, turn) for i in self._words.bearing(kind, required.above, lines)]
        foot = [self._down(i, turn) for i in self._words.bearing(kind, required.below, lines)]
        return not head or not foot or (min(head) < min(foot) and max(head) < max(foot))

    def _down(self, index: int, turn: int) -> float:
        """How far down a line stands once the picture is turned, pixels."""
        box = self._boxes[index]
        return {0: box.middle, 90: box.centre, 180: -box.middle, 270: -box.centre}[turn]


def _completeness(paper: WholePaper) -> float:
    """1 for a paper with all of its labels, 0 for what is no whole one."""
    if not paper.complete:
        return 0.0
    full = _MOST_LABELS * len(required_labels(paper.kind))
    return _WHOLE + (1 - _WHOLE) * min(1.0, len(paper.labels) / full)


def _joined(one: _Parted, other: _Parted, tidy: float) -> _Parted | None:
    """Two ways of parting beside each other; None where they hold the halves of one paper."""
    cost = 0.0
    for a, b in product(one.groups, other.groups):
        if a.paper is None or b.paper is None or are_two(a.paper, b.paper):
            continue
        if a.paper.complete and b.paper.complete:
            return None
        cost += _TORN
    cost += sum(_cost(side.groups[0]) for side in (one, other) if len(side.groups) == 1)
    return _Parted(one.worth + other.worth + tidy - cost, (*one.groups, *other.groups))


def _cost(group: LineGroup) -> float:
    return 0.0 if group.paper is not None and group.paper.complete else _LEFT_OVER


def _widest(cuts: Sequence[GapCut]) -> Iterator[GapCut]:
    """The widest gaps along both axes: of many papers no first cut leaves a whole one."""
    for upright in (False, True):
        mine = sorted((cut for cut in cuts if cut.upright is upright), key=lambda cut: -cut.gap)
        yield from mine[:_TRIED]


def _tidy(cut: GapCut) -> float:
    """What the width of a gap adds, or takes off."""
    wide, tight = (min(1.0, max(0.0, share)) for share in (cut.gap / _WIDE, 1 - cut.gap))
    return wide * _TIDY - tight * _TIGHT


def _bounds(bounds: LevelLimits, cut: GapCut) -> tuple[LevelLimits, LevelLimits]:
    if cut.upright:
        return bounds._replace(right=cut.at), bounds._replace(left=cut.at)
    return bounds._replace(bottom=cut.at), bounds._replace(top=cut.at)
