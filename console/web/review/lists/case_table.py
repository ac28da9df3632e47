"""Cases as lines of a table: on the page, and as a file to take along."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from console.web.choice_words import choice_word, say
from console.web.review.view.time_left import TimeLeft, time_left
from models.cases.earlier_return import EarlierReturn
from models.checks.reason import Reason
from models.checks.reason_catalogue import REASONS
from models.clock import CHINA
from models.identity.division import Divisions, place_name
from models.reviews.review import ReviewState
from models.reviews.review_work import ClaimedReview, ReviewKind
from storage.bootstrap import Repositories

_HEAD: Final = (
    ("申请编号", "application"),
    ("业务", "product"),
    ("地区", "region"),
    ("渠道", "channel"),
    ("疑点", "reasons"),
    ("风险", "risk"),
    ("期限", "due"),
    ("状态", "state"),
    ("办理人", "with"),
    ("指派给", "assigned to"),
    ("暂缓至", "postponed until"),
    ("上次要求补正", "returned before for"),
    ("异议", "objection"),
)


class CaseTable(NamedTuple):
    """Cases with what stands beside them.

    Attributes:
        cases: Each with the time that is left.
        came_back: The return that a round answers, by the round.
        objections: Rounds that object to an outcome.
        spoken_of: Cases that wait and about which the reader has given an opinion.
    """

    cases: tuple[tuple[ClaimedReview, TimeLeft], ...]
    came_back: Mapping[str, EarlierReturn]
    objections: frozenset[str]
    spoken_of: frozenset[str]

    @staticmethod
    def state_words(case: ClaimedReview, language: str) -> str:
        """Where a case stands; what is said after the fact is an opinion, never the outcome."""
        review = case.review
        if review.outcome is None:
            words = ("办理中", "in hand") if review.holder else ("待领取", "waiting")
            return say(language, *words)
        outcome = choice_word(language, review.outcome.value)
        if review.state is not ReviewState.SETTLED:  # nobody learns yet what sort of case it is
            return outcome
        if case.kind is ReviewKind.SECOND_LOOK:
            return say(language, f"复查意见：{outcome}", f"second look: {outcome}")
        if case.kind is ReviewKind.SAMPLE:
            return say(language, f"抽检意见：{outcome}", f"sample: {outcome}")
        return outcome


def case_table(
    repositories: Repositories, cases: Sequence[ClaimedReview], reader: str
) -> CaseTable:
    """The cases of a page, with time left, earlier returns, objections and the reader's part."""
    overrides, shown = repositories.policies.working_days, [case.review for case in cases]
    half_decided = [case.review.review_id for case in cases if case.second]
    return CaseTable(
        tuple((case, time_left(case.review.due_at, overrides=overrides)) for case in cases),
        repositories.earlier_returns.of([review.round_id for review in shown]),
        repositories.search.objections_among(sorted({r.application_id for r in shown})),
        repositories.opinions.spoken_of(half_decided, reader) if half_decided else frozenset(),
    )


def table_csv(table: CaseTable, language: str, divisions: Divisions) -> str:
    """One line for each case, after a line of headings; places by their names of these."""
    text = io.StringIO()
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow([say(language, *heading) for heading in _HEAD])
    for case, _ in table.cases:
        lines.writerow(map(_harmless, _cells(case, table, language, divisions)))
    return text.getvalue()


def _cells(
    case: ClaimedReview, table: CaseTable, language: str, divisions: Divisions
) -> Iterator[str]:
    review = case.review
    yield review.application_id
    yield choice_word(language, case.product)
    yield place_name(case.region, divisions) if case.region else ""
    yield choice_word(language, case.channel)
    yield _reasons(review.codes, language)
    yield str(case.risk)
    yield f"{review.due_at.astimezone(CHINA):%Y-%m-%d}"
    yield table.state_words(case, language)
    yield review.holder or ""
    yield case.assigned_to or ""
    later = case.postponed_until
    yield f"{later.astimezone(CHINA):%Y-%m-%d}" if later else ""
    back = table.came_back.get(review.round_id)
    yield _reasons(back.codes, language) if back else ""
    yield say(language, "是", "yes") if review.round_id in table.objections else ""


def _reasons(codes: Sequence[str], language: str) -> str:
    words = ((code, REASONS[Reason(code)]) for code in codes)
    return "；".join(f"{code} {say(language, reason.zh, reason.en)}" for code, reason in words)


def _harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula; applications are named by others."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
