"""`kinbind review`: the queue of cases that a person decides, from a terminal."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from console.commands.acting import acting_member
from console.commands.home import home_repositories
from console.commands.output import AsJson, print_json, say
from console.commands.review.claims import (
    claim,
    enter_objection,
    escalate,
    postpone,
    release,
    reopen,
)
from console.commands.review.decide import decide, settle, undo
from console.commands.review.find_case import SHOWN_CHARACTERS, ReviewId, find_case
from console.commands.review.sign_in import sign_in, sign_out

if TYPE_CHECKING:
    from models.decision.decision import Decision
    from models.reviews.review import ReviewCase
    from storage.bootstrap import Repositories

review_app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="人工审核。The queue of cases that a person decides.",
)


@review_app.command("list")
def list_cases(
    *,
    every: Annotated[bool, typer.Option("--all", help="Settled ones too.")] = False,
    as_json: AsJson = False,
) -> None:
    """待审核列表。The open cases, the most urgent first."""
    from models.reviews.review import ReviewState

    with home_repositories() as repositories:
        cases = [
            c for c in repositories.reviews.list() if every or c.state is not ReviewState.SETTLED
        ]
    cases.sort(key=lambda case: (case.due_at, case.opened_at))
    if as_json:
        for case in cases:
            print_json(_plain(case))
        return
    if not cases:
        say("没有待审核的案件。No case is waiting.")
        return
    _print_table(cases)


@review_app.command("show")
def show(review_id: ReviewId, *, as_json: AsJson = False) -> None:
    """案件详情。One case: what is open, what was found, what was derived; the look is logged."""
    from models.staff.staff_member import StaffRole
    from tasks.reports.outcome_line import outcome_line
    from tasks.reviewing.review_events import record_terminal_view

    with home_repositories() as repositories:
        readers = (StaffRole.REVIEWER, StaffRole.SENIOR, StaffRole.AUDITOR)
        member = acting_member(repositories, readers)
        case = find_case(repositories, review_id)
        record_terminal_view(repositories, repositories.claims.get(case.review_id), member.name)
        decision = _found(repositories, case)
    line = _plain(case) | {"decision": outcome_line(decision) if decision else None}
    if as_json:
        print_json(line)
        return
    say(f"{case.review_id}  {case.application_id}  {_state(case)}  截止 due {_due(case)}")
    for found in decision.findings if decision else ():
        say(f"  {found.code.value} [{found.severity.value}] {found.message.zh}")
        say(f"      {found.message.en}")
        for item in found.evidence:
            say(f"      · {item.document} {item.field or ''} {item.value or ''}")
    if decision and decision.relationship:
        path = decision.relationship.path
        say(f"  {path.zh}", f"  {path.en}")


for _name, _command in (
    ("sign-in", sign_in),
    ("sign-out", sign_out),
    ("claim", claim),
    ("release", release),
    ("postpone", postpone),
    ("escalate", escalate),
    ("decide", decide),
    ("undo", undo),
    ("settle", settle),
    ("reopen", reopen),
    ("object", enter_objection),
):
    review_app.command(_name)(_command)


def _found(repositories: "Repositories", case: "ReviewCase") -> "Decision | None":
    """What the machine said where a second look must not know more; else what is in force."""
    from models.decision.decision import Decision
    from models.reviews.review import SECOND_LOOK
    from tasks.rounds.round_results import decision_key, load_decision

    if case.subject == SECOND_LOOK and case.outcome is None:
        return repositories.archive.get_record(decision_key(case.round_id, "machine"), Decision)
    return load_decision(repositories, case.round_id)


def _plain(case: "ReviewCase") -> dict[str, Any]:
    return case.model_dump(mode="json", exclude={"note"})


def _state(case: "ReviewCase") -> str:
    from models.reviews.review import ReviewState

    words = {
        ReviewState.OPEN: "待领取",
        ReviewState.CLAIMED: "办理中",
        ReviewState.DECIDED: "已审",
        ReviewState.SETTLED: "已办结",
    }
    return f"{words[case.state]} {case.state.value}"


def _due(case: "ReviewCase") -> str:
    """The office's day, marked where the calendar is not known yet and where it has passed."""
    from models.clock import CHINA
    from models.deadline import shown_day

    day = shown_day(case.due_at.astimezone(CHINA).date(), provisional=case.due_provisional)
    return f"{day} 超时 overdue" if case.escalated_at else day


def _print_table(cases: "list[ReviewCase]") -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from models.plain_text import printable
    from models.reviews.review import APPLICATION, SECOND_LOOK

    plain = (APPLICATION, SECOND_LOOK)  # who looks a second time is not to know it
    table = Table()
    for identifier in ("审核 Case", "申请 Application"):
        table.add_column(identifier, no_wrap=True, overflow="fold")
    table.add_column("状态 State")
    table.add_column("原因 Reasons")
    table.add_column("截止 Due", min_width=10)  # a day
    table.add_column("经办 Holder")
    for case in cases:
        table.add_row(
            case.review_id[:SHOWN_CHARACTERS],
            Text(printable(case.application_id)),  # from outside: neither escapes nor markup
            _state(case),
            " ".join((*case.codes, *([] if case.subject in plain else [case.subject]))),
            _due(case),
            Text(printable(case.holder or "")),
        )
    Console().print(table)
