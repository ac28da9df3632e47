"""One field of a sample that people are shown as if it had not been read surely.

An ordinary case waits because something is in doubt. A sample that waits for no reason at all is
known for one at first sight, and is looked at with other eyes than a decision that counts. So one
field that the approval rests on, surely read, is laid before people as unsure: lists, page, form
and API then show what the checks say of such a reading by themselves, as in any other case.
"""

from collections.abc import Iterator
from typing import Final, NamedTuple

from models.audit.event import EventTag
from models.checks.finding import CheckVerdict
from models.checks.reason import Reason, Severity
from models.decision.decision import Dossier, Outcome
from models.policy.policy import Policy
from models.reading.document import DocumentReading
from models.reviews.review_work import ClaimedReview, ReviewKind
from storage.bootstrap import Repositories
from tasks.checks.documents.needed_documents import needed_fields
from tasks.decision.decide import decide
from tasks.rounds.round_context import RoundContext
from tasks.verification.cross_check import check_dossier

PLANTED: Final = "doubted"
"""The detail of the audit event that says which field it is, as `paper:field:percent`."""
_BANDS: Final = ((50, 85), (10, 29))
"""Percent, first to last: unsure of itself; so unsure that a name beside its number does not bear
it out (`name_beside_number` of the national policy: 0.30)."""


class PlantedDoubt(NamedTuple):
    """Which field is shown as unsure.

    Attributes:
        paper: The paper's place in the readings, from 0.
        percent: The confidence that it is shown with, 0 to 100.
    """

    paper: int
    field: str
    percent: int

    @classmethod
    def parse(cls, text: str) -> "PlantedDoubt":
        """Of the words of an audit event."""
        paper, field, percent = text.split(":")
        return cls(int(paper), field, int(percent))

    def __str__(self) -> str:
        """As the audit event says it."""
        return f"{self.paper}:{self.field}:{self.percent}"


def choose_doubt(context: RoundContext) -> PlantedDoubt | None:
    """A field that by itself would have brought an approved round before a person.

    Which of several, and how unsure, is settled by a keyed hash: again it is the same one.

    Returns:
        None where no field is such a one: what it proves is borne out by something else.

    Raises:
        SettingError: No policy is in force there and then.
    """
    if context.dossier is None:
        return None
    for doubt in _candidates(context, context.dossier):
        if _is_all_that_stands_open(context, with_doubt(context.dossier, doubt)):
            return doubt
    return None


def doubt_of(repositories: Repositories, case: ClaimedReview) -> PlantedDoubt | None:
    """The field of a sample that is shown as unsure; None for any other case."""
    if case.kind is not ReviewKind.SAMPLE:
        return None
    for event in repositories.audit.events(case.review.application_id):
        is_its = event.details.get("review_id") == case.review.review_id
        if event.tag is EventTag.CASE_SAMPLED and is_its and PLANTED in event.details:
            return PlantedDoubt.parse(str(event.details[PLANTED]))
    return None


def with_doubt(dossier: Dossier, doubt: PlantedDoubt | None) -> Dossier:
    """The dossier with that field unsure; what is kept of the readings stays as it is."""
    if doubt is None:
        return dossier
    papers = list(dossier.readings)
    paper = papers[doubt.paper]
    unsure = paper.fields[doubt.field].model_copy(update={"confidence": doubt.percent / 100})
    papers[doubt.paper] = paper.model_copy(update={"fields": paper.fields | {doubt.field: unsure}})
    return dossier.model_copy(update={"readings": tuple(papers)})


def _candidates(context: RoundContext, dossier: Dossier) -> Iterator[PlantedDoubt]:
    fields = sorted(
        _fields(context.policy, dossier), key=lambda place: _lot(context, "field", place)
    )
    for first, last in _BANDS:
        for paper, field in fields:
            percent = first + _lot(context, "percent", (paper, field)) % (last - first + 1)
            yield PlantedDoubt(paper, field, percent)


def _fields(policy: Policy, dossier: Dossier) -> Iterator[tuple[int, str]]:
    """Fields that a decision rests on and one reader alone reads.

    A number that both readers saw alike, shown as unsure, would be a contradiction.
    """
    method = dossier.application.binding_method
    for place, paper in enumerate(dossier.readings):
        for name in needed_fields(policy.reading, paper.kind, method):
            if _is_sure_by_itself(policy, paper, name):
                yield place, name


def _is_sure_by_itself(policy: Policy, paper: DocumentReading, name: str) -> bool:
    field = paper.fields.get(name)
    return field is not None and field.second is None and policy.reading.trusts(name, field)


def _lot(context: RoundContext, purpose: str, place: tuple[int, str]) -> int:
    name = f"{context.round.round_id}:{purpose}:{place}"
    return int(context.repositories.keyring.fingerprint("sample-doubt", name)[:8], 16)


def _is_all_that_stands_open(context: RoundContext, dossier: Dossier) -> bool:
    checked, _, report = check_dossier(context, dossier)
    decision = decide(
        checked,
        report,
        context.policy,
        decided_at=context.round.received_at,
        round_number=context.round.round,
    )
    open_ = [found for found in decision.findings if found.severity is not Severity.INFO]
    return decision.outcome is Outcome.IN_REVIEW and {(f.code, f.verdict) for f in open_} == {
        (Reason.FIELD_UNREADABLE, CheckVerdict.CANNOT_TELL)
    }
