"""`kinbind review`: the queue of cases that a person decides, from a terminal."""

import getpass
import json
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from models.decision.decision import Decision, Outcome
    from models.reviews.review import ReviewCase
    from storage.bootstrap import Repositories

review_app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="人工审核。The queue of cases that a person decides.",
)
Holder = Annotated[str, typer.Option("--as", help="Who you are.", default_factory=getpass.getuser)]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
ReviewId = Annotated[str, typer.Argument(help="审核编号 or application id.", show_default=False)]


@review_app.command("list")
def list_cases(
    *,
    every: Annotated[bool, typer.Option("--all", help="Settled ones too.")] = False,
    as_json: AsJson = False,
) -> None:
    """待审核列表。The open cases, the most urgent first."""
    from models.reviews.review import ReviewState

    cases = [
        c for c in _repositories().reviews.list() if every or c.state is not ReviewState.SETTLED
    ]
    cases.sort(key=lambda case: (case.due_at, case.opened_at))
    if as_json:
        for case in cases:
            typer.echo(json.dumps(_plain(case), ensure_ascii=False))
        return
    if not cases:
        typer.echo("没有待审核的案件。No case is waiting.")
        return
    _print_table(cases)


@review_app.command("show")
def show(review_id: ReviewId, *, as_json: AsJson = False) -> None:
    """案件详情。One case: what is open, what was found, what was derived."""
    from tasks.reports.outcome_line import outcome_line

    repositories = _repositories()
    case = _find(repositories, review_id)
    decision = _found(repositories, case)
    line = _plain(case) | {"decision": outcome_line(decision) if decision else None}
    if as_json:
        typer.echo(json.dumps(line, ensure_ascii=False))
        return
    typer.echo(
        f"{case.review_id}  {case.application_id}  {case.state.value}  截止 due {_due(case)}"
    )
    for found in decision.findings if decision else ():
        typer.echo(f"  {found.code.value} [{found.severity.value}] {found.message.zh}")
        typer.echo(f"      {found.message.en}")
        for item in found.evidence:
            typer.echo(f"      · {item.document} {item.field or ''} {item.value or ''}")
    if decision and decision.relationship:
        typer.echo(f"  {decision.relationship.path.zh}\n  {decision.relationship.path.en}")


@review_app.command("claim")
def claim(
    review_id: Annotated[
        str | None, typer.Argument(help="Unset: the next one of the queue.", show_default=False)
    ] = None,
    *,
    holder: Holder,
) -> None:
    """领取案件。Claim a case for ten minutes; nobody else can decide it meanwhile."""
    from models.staff.staff_member import StaffRole
    from tasks.reviewing import claims

    repositories = _repositories()
    # A terminal knows no role: what only a senior may do is done on the pages.
    role = StaffRole.REVIEWER
    if review_id:
        found = _find(repositories, review_id).review_id
        claimed = claims.claim(repositories, found, holder, role)
    else:
        claimed = claims.claim_next(repositories, holder, role)
    if claimed is None:
        typer.echo(
            "没有可领取的案件，或已被他人领取；查看：kinbind review list。"
            "There is no case to claim, or somebody holds it; see: kinbind review list"
        )
        raise typer.Exit(1)
    case = claimed.review
    typer.echo(f"{case.review_id} 已领取 claimed: {case.application_id}")


@review_app.command("decide")
def decide(
    review_id: ReviewId,
    outcome: Annotated[str, typer.Argument(help="approved · returned · rejected")],
    *,
    code: Annotated[
        list[str] | None, typer.Option(help="A reason code; needed unless approved.")
    ] = None,
    note: Annotated[str, typer.Option(help="Your own words; stored encrypted.")] = "",
    holder: Holder,
    settle: Annotated[
        bool, typer.Option(help="Put it into effect now; else the schedule does.")
    ] = True,
) -> None:
    """作出决定。Decide a case that you claimed, and put the decision into effect."""
    from models.checks.reason import Reason
    from models.decision.decision import Outcome

    if outcome not in {"approved", "returned", "rejected"}:
        raise typer.BadParameter("approved, returned or rejected", param_hint="OUTCOME")
    codes = tuple(code or ())
    unknown = [c for c in codes if c not in set(Reason)]
    if unknown or (not codes and outcome != "approved"):
        raise typer.BadParameter(
            f"unknown code {unknown[0]}" if unknown else "a refusal needs at least one reason code",
            param_hint="--code",
        )
    repositories = _repositories()
    case = _find(repositories, review_id)
    if not _give_opinion(repositories, case, holder, Outcome(outcome), codes, note):
        typer.echo(f"{case.review_id} 意见已记录，另需一人 kept; another person has to give theirs")
        return
    typer.echo(f"{case.review_id} 已决定 decided: {outcome}")
    if settle:
        _settle(repositories)
    else:
        typer.echo("将由 settle-reviews 流程生效。The settle-reviews flow puts it into effect.")


@review_app.command("settle")
def settle_now() -> None:
    """使决定生效。Put every decided case into effect now."""
    _settle(_repositories())


def _give_opinion(
    repositories: "Repositories",
    case: "ReviewCase",
    holder: str,
    outcome: "Outcome",
    codes: tuple[str, ...],
    note: str,
) -> bool:
    """Whether the opinion became the decision; four eyes are asked for here as on the pages."""
    from models.reviews.review_work import ClaimState, ReviewNote
    from tasks.reviewing.claims import held_case
    from tasks.reviewing.give_opinion import OpinionDraft, give_opinion
    from tasks.reviewing.recheck import recheck_case

    held = held_case(repositories, case.review_id, holder)
    draft = OpinionDraft(outcome=outcome, codes=codes, words=ReviewNote(note=note))
    checked = recheck_case(repositories, held)
    return give_opinion(repositories, held, holder, draft, checked) is ClaimState.DECIDED


def _settle(repositories: "Repositories") -> None:
    from console.server.orchestrator import orchestrator
    from console.server.verify_worker import settle_decided

    with orchestrator(repositories.settings):
        count = settle_decided()
    typer.echo(f"已生效 {count} 件 in effect")


def _repositories() -> "Repositories":
    from storage.bootstrap import open_repositories
    from storage.settings import load_settings

    return open_repositories(load_settings())


def _find(repositories: "Repositories", name: str) -> "ReviewCase":
    """The case of this identifier, or the latest case of this application."""
    from models.errors import KinbindError

    found = [c for c in repositories.reviews.list() if name in {c.review_id, c.application_id}]
    if not found:
        msg = f"there is no review case {name}; see: kinbind review list --all"
        raise KinbindError(msg)
    return max(found, key=lambda case: case.opened_at)


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


def _due(case: "ReviewCase") -> str:
    """The office's day, marked where the calendar is not known yet and where it has passed."""
    from models.clock import CHINA
    from models.deadline import shown_day

    day = shown_day(case.due_at.astimezone(CHINA).date(), provisional=case.due_provisional)
    return f"{day} 超时 overdue" if case.escalated_at else day


def _print_table(cases: "list[ReviewCase]") -> None:
    from rich.console import Console
    from rich.table import Table

    from models.reviews.review import APPLICATION, SECOND_LOOK

    plain = (APPLICATION, SECOND_LOOK)  # who looks a second time is not to know it
    table = Table(
        "审核 Case", "申请 Application", "状态 State", "原因 Reasons", "截止 Due", "经办 Holder"
    )
    for case in cases:
        table.add_row(
            case.review_id,
            case.application_id,
            case.state.value,
            " ".join((*case.codes, *([] if case.subject in plain else [case.subject]))),
            _due(case),
            case.holder or "",
        )
    Console().print(table)
