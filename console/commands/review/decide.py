"""`kinbind review decide`, `undo`, `settle`: decisions from a terminal, by the same use cases."""

import datetime as dt
from typing import TYPE_CHECKING, Annotated

import typer

from console.commands.choices import bad_choice, one_of
from console.commands.home import home_repositories
from console.commands.output import say
from console.commands.review.find_case import ReviewId, open_case

if TYPE_CHECKING:
    from models.reviews.decision_rules import OpinionDraft
    from models.reviews.grounds import Ground, ManualVerification
    from storage.bootstrap import Repositories


def decide(
    review_id: ReviewId,
    outcome: Annotated[str, typer.Argument(help="approved · returned · rejected")],
    *,
    code: Annotated[
        list[str] | None, typer.Option(help="原因代码 a reason; needed unless approved.")
    ] = None,
    advice: Annotated[
        list[str] | None,
        typer.Option(metavar="CODE=TEXT", help="告知申请人的内容 what the applicant has to do."),
    ] = None,
    note: Annotated[str, typer.Option(help="内部备注 your own words; stored encrypted.")] = "",
    ground: Annotated[
        list[str] | None,
        typer.Option(
            metavar="CODE=HOW:SEEN",
            help="不符项认定依据 why a failed check does not count: "
            "original · call_back · register@NAME · picture, and what was seen.",
        ),
    ] = None,
    verified: Annotated[
        str | None,
        typer.Option(
            metavar="WHO:HOW:WHEN:SHOWN",
            help="非人脸核验记录 member · guardian : call_back_on_file · video · counter · "
            "document : 2026-11-20T15:30 : what was shown.",
        ),
    ] = None,
    now: Annotated[
        bool, typer.Option("--now", help="立即生效，不能撤回 in effect at once; no taking back.")
    ] = False,
) -> None:
    """作出决定。Decide a case that you claimed; until it takes effect it can be taken back."""
    draft = _draft(outcome, code or [], advice or [], note, ground or [], verified)
    from models.reviews.review_work import ClaimState
    from tasks.reviewing.give_opinion import give_opinion

    with open_case(review_id) as (repositories, member, case):
        result = give_opinion(repositories, case.review_id, member, draft)
        if result.state is None:
            for fault in result.faults:
                say(f"{fault.zh}{fault.en}", err=True)
            raise typer.Exit(2)
        if result.state is not ClaimState.DECIDED:
            say(f"{case.review_id} 意见已记录，另需一人 kept; another person has to give theirs")
            return
        say(f"{case.review_id} 已决定 decided: {outcome}")
        if now or result.undo_until is None:
            _settle_one(repositories, case.review_id)
        else:
            _say_until(case.review_id, result.undo_until)


def undo(review_id: ReviewId) -> None:
    """撤回意见。Take your last opinion back before it has taken effect."""
    from tasks.reviewing.undo import undo_opinion

    with open_case(review_id) as opened:
        repositories, member, _ = opened
        undo_opinion(repositories, opened.review_id, member, now=dt.datetime.now(dt.UTC))
    say(f"{opened.review_id} 已撤回，案件在您名下 taken back; you hold the case")


def settle() -> None:
    """使决定生效。Put every decision into effect that can be taken back no longer."""
    from console.server.orchestrator.find_orchestrator import orchestrator
    from console.server.verification.verify_worker import settle_decided

    with home_repositories() as repositories, orchestrator(repositories.settings):
        count = settle_decided()
    say(f"已生效 {count} 件 in effect")


def _settle_one(repositories: "Repositories", review_id: str) -> None:
    from tasks.reviewing.settle_review import settle_review

    settle_review(repositories, review_id)
    say("已生效 in effect")


def _say_until(review_id: str, undo_until: dt.datetime) -> None:
    from models.clock import CHINA

    until = f"{undo_until.astimezone(CHINA):%H:%M}"
    say(
        f"{until} 后生效，此前可撤回：kinbind review undo {review_id}。"
        f"It takes effect after {until}; until then it can be taken back."
    )


def _draft(
    outcome: str,
    codes: list[str],
    advice: list[str],
    note: str,
    grounds: list[str],
    verified: str | None,
) -> "OpinionDraft":
    from models.checks.reason import Reason
    from models.decision.decision import Outcome
    from models.policy.review_rules import DECISIONS
    from models.reviews.decision_rules import OpinionDraft
    from models.reviews.review_work import ReviewNote

    if outcome not in DECISIONS:
        raise bad_choice(outcome, ("approved", "returned", "rejected"), "OUTCOME")
    chosen = tuple(one_of(Reason, one, "--code").value for one in codes)
    words = ReviewNote(
        note=" ".join(note.split()),
        advice=dict(_pair(one, "--advice") for one in advice),
        grounds=tuple(_ground(one) for one in grounds),
        verification=_verification(verified) if verified else None,
    )
    return OpinionDraft(outcome=Outcome(outcome), codes=chosen, words=words)


def _ground(given: str) -> "Ground":
    from models.reviews.grounds import Ground, GroundKind

    code, rest = _pair(given, "--ground")
    how, _, seen = rest.partition(":")
    kind, _, register = how.partition("@")
    return Ground(
        code=code,
        kind=one_of(GroundKind, kind, "--ground"),
        seen=seen.strip(),
        register_name=register.strip(),
    )


def _verification(given: str) -> "ManualVerification":
    from models.clock import CHINA
    from models.reviews.grounds import AskedPerson, ManualVerification, VerificationChannel

    who, _, rest = given.partition(":")
    how, _, rest = rest.partition(":")
    moment, shown = rest[:16], rest[17:]
    try:
        at = dt.datetime.fromisoformat(moment).replace(tzinfo=CHINA)
    except ValueError:
        raise typer.BadParameter(
            "时间写作 2026-11-20T15:30。The moment as 2026-11-20T15:30.", param_hint="--verified"
        ) from None
    return ManualVerification(
        asked=one_of(AskedPerson, who, "--verified"),
        channel=one_of(VerificationChannel, how, "--verified"),
        at=at,
        shown=shown.strip(),
    )


def _pair(given: str, parameter: str) -> tuple[str, str]:
    from models.checks.reason import Reason

    code, _, text = given.partition("=")
    return one_of(Reason, code, parameter).value, text.strip()
