"""Findings as the page shows them: each piece of evidence with its paper, and what differs."""

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from console.web.review.view.differences import TextPart, mark_differences
from console.web.review.view.paper_bearers import BEARERS_OWN
from models.checks.finding import Evidence, Finding
from models.identity.masking import mask_field
from models.intake.application import Application
from models.reading.document import DocumentReading

FORM: Final = "application.json"
_NUMBERS: Final = ("id_number", "certificate_number")
_SORTS: Final = (
    ("birth_certificate_number", "certificate_number"),
    ("certificate_number", "certificate_number"),
    ("id_number", "id_number"),
    ("household_number", "household_number"),
    ("birth_date", "birth_date"),
    ("name", "name"),
    ("sex", "sex"),
)


class EvidenceView(NamedTuple):
    """One piece of evidence.

    Attributes:
        paper: The paper's place in the readings; None for the form and for a file of no paper.
        document: The file as the application names it.
        value: What stands there; masked unless `whole`.
        parts: The same in parts, marked where the finding's first value of this sort differs.
        whole: The value is shown in full.
    """

    paper: int | None
    document: str
    field: str
    value: str
    parts: tuple[TextPart, ...]
    whole: bool

    @property
    def number(self) -> bool:
        """Whether it is a number that is otherwise shown only when somebody asks for it."""
        return self.field.endswith(_NUMBERS)

    @property
    def place(self) -> str:
        """Where it stands, for the log of looks: never what stands there."""
        return f"{'form' if self.paper is None else self.paper}:{self.field}"


class FindingView(NamedTuple):
    """A finding with its evidence.

    Attributes:
        differs: Two values of one sort stand in its evidence and are not the same.
    """

    finding: Finding
    evidence: tuple[EvidenceView, ...]
    differs: bool


def finding_views(
    findings: Iterable[Finding],
    papers: Sequence[DocumentReading],
    form: Application | None,
    *,
    holder: bool,
    roles: Sequence[str] = (),
) -> tuple[FindingView, ...]:
    """The findings of a case, as they stand now.

    Args:
        findings: Of the decision.
        papers: The readings that the checks saw, corrections included.
        form: The application, where it can be read.
        holder: Whoever looks has the case on the desk, and judges what differs by whole values.
        roles: Of each paper, which of the two bears it; "" for nobody of them. The names and
            numbers of two people are two, and no difference.
    """
    return tuple(_view(found, papers, form, roles, holder=holder) for found in findings)


def _view(
    found: Finding,
    papers: Sequence[DocumentReading],
    form: Application | None,
    roles: Sequence[str],
    *,
    holder: bool,
) -> FindingView:
    used: set[tuple[int, str]] = set()
    seen: list[_Seen] = []
    for item in found.evidence:
        paper = _paper_of(item, papers, used)
        if paper is not None:
            used.add((paper, item.field or ""))
        value = _whole_value(item, paper, papers, form)
        whose = roles[paper] if roles and paper is not None and item.field in BEARERS_OWN else ""
        sort = _sort_of(item.field)
        alike = (one for one in seen if one.value and sort and _are_held_together(one, sort, whose))
        first = next(alike, None)
        seen.append(_Seen(item, paper, value, sort, whose, first.value if first else value))
    differing = {one.against for one in seen if one.value and one.value != one.against}
    return FindingView(
        found, tuple(_evidence(one, differing, holder=holder) for one in seen), bool(differing)
    )


class _Seen(NamedTuple):
    """A piece of evidence, and the first value of its sort that it is held against.

    Attributes:
        whose: Of the two whose own value it is, as its paper is theirs; "" where that is open.
    """

    item: Evidence
    paper: int | None
    value: str
    sort: str
    whose: str
    against: str


def _are_held_together(one: _Seen, sort: str, whose: str) -> bool:
    """Whether two values say the same thing of one person, or of one book."""
    return one.sort == sort and (one.whose == whose or not one.whose or not whose)


def _evidence(seen: _Seen, differing: set[str], *, holder: bool) -> EvidenceView:
    whole = holder and bool(seen.value and seen.sort) and seen.against in differing
    shown = seen.value if whole else seen.item.value or ""
    parts = mark_differences(shown, seen.against if whole else "")
    return EvidenceView(seen.paper, seen.item.document, seen.item.field or "", shown, parts, whole)


def _paper_of(
    item: Evidence, papers: Sequence[DocumentReading], used: set[tuple[int, str]]
) -> int | None:
    """Which paper of the file it is: of a file of several, the one where that value stands."""
    of_file = [n for n, paper in enumerate(papers) if item.document in {paper.file, paper.place}]
    field = item.field or ""
    fresh = [n for n in of_file if (n, field) not in used] or of_file
    if field:
        fresh = [n for n in fresh if field in papers[n].fields] or fresh
        same = [n for n in fresh if mask_field(field, papers[n].value(field)) == item.value]
        fresh = same or fresh
    return fresh[0] if fresh else None


def _whole_value(
    item: Evidence, paper: int | None, papers: Sequence[DocumentReading], form: Application | None
) -> str:
    """What stands there in full; empty where that is not known or is not what was masked."""
    if item.field is None:
        return ""
    value = _on_form(form, item.field) if paper is None else papers[paper].value(item.field)
    return value if value and mask_field(item.field, value) == item.value else ""


def _on_form(form: Application | None, name: str) -> str | None:
    """A value of the form by its path, as `member.name`."""
    at: object = form
    for part in name.split("."):
        at = getattr(at, part, None)
    return at if isinstance(at, str) else None


def _sort_of(field: str | None) -> str:
    """What kind of value it is, so that like is held against like; empty for none."""
    name = field or ""
    return next((sort for end, sort in _SORTS if name.endswith(end)), "")
