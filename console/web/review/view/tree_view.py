"""The family as lines and boxes: numbers for an SVG picture."""

from typing import Final, NamedTuple

from models.kinship.claim import APPLICANT, MEMBER, KinshipAnswer
from models.reading.document import DocumentKind
from tasks.identity.identities import People
from tasks.kinship.collect_claims import build_claims
from tasks.kinship.family_tree import FamilyTree, TreeTie, draw_family, unseen_householder
from tasks.reviewing.corrections.recheck import Recheck

BOX: Final = (124, 44)
_GAP: Final = (180, 104)
"""From middle to middle. Between two rows there is room for a word of each kind, 16 units high: of
a tie from row to row in the middle, and below it of one that passes over boxes."""
_ABOVE: Final = 34
"""How far above the middle of its row such a tie runs."""
_MARGIN: Final = 8
_WORD: Final = 12
"""Half of a word's height, and some room."""
_TWO: Final = (APPLICANT, MEMBER)


class TreeNode(NamedTuple):
    """A box: its middle, who it is, and their name where the form or a paper gives one."""

    x: int
    y: int
    person: str
    name: str


class TreeLine(NamedTuple):
    """A tie: from middle to middle, its word, and how it counts.

    Attributes:
        points: Its corners, as an SVG polyline takes them.
        state: "proven", "said", or "missing" for the claim that no paper carries.
        where: Place of the word.
    """

    points: str
    word: str
    document: str
    state: str
    where: tuple[int, int]


class TreeView(NamedTuple):
    """A picture of `width` by `height` units."""

    width: int
    height: int
    nodes: tuple[TreeNode, ...]
    lines: tuple[TreeLine, ...]


def tree_view(rechecked: Recheck) -> TreeView:
    """Draw what the papers say now."""
    dossier, rules = rechecked.dossier, rechecked.policy.reading
    people = People.of(dossier.application)
    claims = build_claims(rechecked.papers, people, rules)
    verdict = rechecked.report.kinship
    tree = draw_family(claims, verdict)
    top = _top(tree)
    spots = _spots(tree, top)
    proven = verdict is not None and verdict.answer is KinshipAnswer.PROVEN
    names = _names(rechecked)
    lines = [
        _line(tie, spots, proven=proven and tie.document in tree.proven_by) for tie in tree.ties
    ]
    if not proven and not any({tie.one, tie.other} == set(_TWO) for tie in tree.ties):
        claimed = verdict.claimed.value if verdict else "?"
        lines.append(_line(TreeTie(APPLICANT, MEMBER, f"{claimed}?", 0, ""), spots, proven=False))
    return TreeView(
        width=_columns(tree) * _GAP[0] + 2 * _MARGIN,
        height=(tree.rows - 1) * _GAP[1] + BOX[1] + top + _MARGIN,
        nodes=tuple(
            TreeNode(*spots[p.person], p.person, names.get(p.person) or "") for p in tree.places
        ),
        lines=tuple(lines),
    )


def _top(tree: FamilyTree) -> int:
    """What is left free above the first row: more where a tie may pass over its boxes."""
    first = [place for place in tree.places if place.row == 0]
    return _ABOVE - BOX[1] // 2 + _WORD + _MARGIN if len(first) > len(_TWO) else _MARGIN


def _spots(tree: FamilyTree, top: int) -> dict[str, tuple[int, int]]:
    """The middle of each box: the applicant to the left, the member to the right.

    So no tie runs through a box that it does not join; others stand between, or above and below.
    """
    spots = {}
    for place in tree.places:
        others = [p.person for p in tree.places if p.row == place.row and p.person not in _TWO]
        width = _columns(tree) * _GAP[0]
        share = {APPLICANT: 0.0, MEMBER: 1.0}.get(place.person)
        if share is None:
            share = (others.index(place.person) + 1) / (len(others) + 1)
        x = _MARGIN + _GAP[0] / 2 + share * (width - _GAP[0])
        spots[place.person] = (round(x), top + BOX[1] // 2 + place.row * _GAP[1])
    return spots


def _columns(tree: FamilyTree) -> int:
    """Columns enough for both ends and for everybody between them."""
    rows = [place.row for place in tree.places if place.person not in _TWO]
    between = max((rows.count(row) for row in rows), default=0)
    return max(
        2, tree.widest, between + 1 + any(p.person in _TWO and p.row in rows for p in tree.places)
    )


def _line(tie: TreeTie, spots: dict[str, tuple[int, int]], *, proven: bool) -> TreeLine:
    (x1, y1), (x2, y2) = spots[tie.one], spots[tie.other]
    state = "proven" if proven else "said" if tie.document else "missing"
    if y1 == y2 and any(y == y1 and min(x1, x2) < x < max(x1, x2) for x, y in spots.values()):
        # Behind a box between them it would seem to be a tie of whoever stands there.
        run = y1 - _ABOVE
        corners = [(x1, y1), (x1, run), (x2, run), (x2, y2)]
        where = (x2, run + 4)
    else:
        corners = [(x1, y1), (x2, y2)]
        # Before whom it names, in the gap of the rows; a claim's a little off a paper's.
        share = 1 - _GAP[1] / 2 / abs(y2 - y1) if y1 != y2 else 0.5
        share = share if tie.document else 0.7 * share
        where = (round(x1 + (x2 - x1) * share), round(y1 + (y2 - y1) * share) + 4)
    points = " ".join(f"{x},{y}" for x, y in corners)
    return TreeLine(points, tie.word, tie.document, state, where)


def _names(rechecked: Recheck) -> dict[str, str | None]:
    """What everybody is called: the two by the form, others by the papers that show them."""
    form, names = rechecked.dossier.application, dict[str, str | None]()
    for paper in rechecked.papers.all:
        value = paper.reading.value
        if paper.kind is DocumentKind.HUKOU_COVER and paper.book:
            names[unseen_householder(paper.book)] = value("householder_name")
        for parent, slot in zip(paper.parents, ("mother", "father"), strict=True):
            if parent:
                names.setdefault(parent, value(f"{slot}_name"))
    for page in rechecked.papers.of_kind(DocumentKind.HUKOU_MEMBER):
        names[page.person] = page.reading.value("name")
    return names | {APPLICANT: form.applicant.name, MEMBER: form.member.name}
