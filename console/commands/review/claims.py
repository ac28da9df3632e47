"""`kinbind review claim`, `release`, `postpone`, `escalate`: who has a case, from a terminal."""

import datetime as dt
from typing import Annotated

import typer

from console.commands.acting import acting_member
from console.commands.home import home_repositories
from console.commands.output import say
from console.commands.review.find_case import ReviewId, find_case, open_case


def claim(
    review_id: Annotated[
        str | None,
        typer.Argument(metavar="REVIEW", help="Unset: the next one.", show_default=False),
    ] = None,
) -> None:
    """领取案件。Claim a case for ten minutes; nobody else can decide it meanwhile."""
    from tasks.reviewing import claims

    with home_repositories() as repositories:
        member = acting_member(repositories)
        if review_id:
            found = find_case(repositories, review_id).review_id
            claimed = claims.claim(repositories, found, member.name, member.role)
        else:
            claimed = claims.claim_next(repositories, member.name, member.role)
    if claimed is None:
        say(
            "没有可领取的案件，或已被他人领取；查看：kinbind review list。"
            "There is no case to claim, or somebody holds it; see: kinbind review list"
        )
        raise typer.Exit(1)
    case = claimed.review
    say(f"{case.review_id} 已领取 claimed: {case.application_id}")


def release(review_id: ReviewId) -> None:
    """退回待办。Give a case back for anybody; it is not handed to you again today."""
    from tasks.reviewing import claims

    with open_case(review_id) as opened:
        claims.release(opened.repositories, opened.review_id, opened.member.name)
    say(f"{opened.review_id} 已退回待办 given back")


def postpone(
    review_id: ReviewId,
    days: Annotated[int, typer.Argument(min=1, max=5, help="工作日 working days.")],
    *,
    past_term: Annotated[
        bool, typer.Option("--past-term", help="超过办结期限也暂缓 even past its term.")
    ] = False,
) -> None:
    """暂缓。Give a case back; it is handed out again after some working days."""
    from tasks.reviewing import claims

    with open_case(review_id) as opened:
        claims.postpone(
            opened.repositories, opened.review_id, opened.member.name, days, past_term=past_term
        )
    say(f"{opened.review_id} 已暂缓 postponed")


def escalate(review_id: ReviewId) -> None:
    """上报。Hand a case to a senior."""
    from tasks.reviewing import claims

    with open_case(review_id) as opened:
        claims.escalate(opened.repositories, opened.review_id, opened.member.name)
    say(f"{opened.review_id} 已上报 handed to a senior")


def reopen(
    application_id: Annotated[str, typer.Argument(metavar="APPLICATION", help="申请编号.")],
    *,
    why: Annotated[str, typer.Option(help="理由 why; stored encrypted.")],
    suspend: Annotated[
        bool, typer.Option("--suspend", help="绑定先行中止 let the binding rest meanwhile.")
    ] = False,
) -> None:
    """重新审核。Have a decided application looked at again; a senior's."""
    from models.staff.staff_member import StaffRole
    from tasks.reviewing.reopen import reopen as reopen_application

    now = dt.datetime.now(dt.UTC)
    with home_repositories() as repositories:
        member = acting_member(repositories, (StaffRole.SENIOR,))
        review = reopen_application(
            repositories, application_id, member, why, suspend=suspend, now=now
        )
    say(f"{review.review_id} 已重新进入审核 is before people again")


def enter_objection(
    application_id: Annotated[str, typer.Argument(metavar="APPLICATION", help="申请编号.")],
    text: Annotated[str, typer.Argument(help="申请人的理由 what the applicant says.")],
) -> None:
    """代录异议。Enter the objection of somebody who came or called; a person decides again."""
    from tasks.intake.enter_objection import enter_objection as enter

    now = dt.datetime.now(dt.UTC)
    with home_repositories() as repositories:
        member = acting_member(repositories)
        round_ = enter(repositories, application_id, text, member.name, now=now)
    say(
        f"{round_.application_id} 异议已录入，第 {round_.round} 次提交，将转人工审核。"
        f"The objection is round {round_.round}; a person decides."
    )
