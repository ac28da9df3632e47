"""Who may claim a review case (领取案件), and its lease: how long a claim lasts."""

import datetime as dt
from typing import Final, NamedTuple

from models.clock import CHINA
from models.reviews.act_refused import ActRefusedError
from models.reviews.review_work import ClaimedReview
from models.staff.staff_member import REVIEWING, StaffRole

LEASE: Final = dt.timedelta(minutes=10)
"""How long a claim lasts unless it is renewed; an open page renews it.

A claim that runs out stays with its holder until somebody else takes the case.
"""

LONGEST_PAUSE: Final = 5
"""Working days for which a case may be postponed at most."""


class NotHolderError(ActRefusedError):
    """Somebody else has claimed the case, nobody has, or it is decided already."""

    def __init__(self, case: ClaimedReview | None = None) -> None:
        """Say who has the case, and the way on.

        Args:
            case: As it stands; None where that is not known.
        """
        super().__init__(*_who_has_it(case))


def _who_has_it(case: ClaimedReview | None) -> tuple[tuple[str, str], tuple[str, str]]:
    kept = "您写的内容已存为草稿", "what you wrote is kept as a draft"
    review = case.review if case else None
    if review is not None and review.outcome is not None:
        return (
            ("案件已有决定", "The case is decided already"),
            ("请领取下一件。", "Claim the next one."),
        )
    if review is not None and review.holder is not None and review.lease_until is not None:
        until = review.lease_until.astimezone(CHINA).strftime("%H:%M")
        return (
            (
                f"案件现由 {review.holder} 办理（至 {until}）",
                f"{review.holder} has the case now (until {until})",
            ),
            (
                f"请与其联系或领取下一件；{kept[0]}。",
                f"Ask them, or claim the next one; {kept[1]}.",
            ),
        )
    return (
        ("案件已不在您名下", "You do not hold this case any more"),
        (f"请重新领取后继续；{kept[0]}。", f"Claim it again and go on; {kept[1]}."),
    )


class PastTermError(ActRefusedError):
    """A case would be handed out again only after its term."""

    def __init__(self, due: dt.date) -> None:
        """Name the day, and the way on."""
        super().__init__(
            (f"暂缓将超过办结期限 {due}", f"The case would rest past its term {due}"),
            (
                "请减少天数；确需超期的，勾选后再提交。",
                "Take fewer days, or confirm that it may run out.",
            ),
        )


class Involvement(NamedTuple):
    """What a member of staff has said about a case already.

    Attributes:
        gave_opinion: On this case, since it was put before people last.
        decided: On the decision that a second look (复查) is about.
    """

    gave_opinion: bool = False
    decided: bool = False


def may_claim(
    case: ClaimedReview, staff: str, role: StaffRole, involvement: Involvement, now: dt.datetime
) -> bool:
    """Whether somebody may claim a case by its identifier; the holder may claim it longer.

    `storage.reviews.queue_queries.claimable` asks the same in SQL, to find the next case; it hands
    out neither a case that somebody holds nor one that is postponed.
    """
    waiting = case.review.outcome is None
    free = case.review.holder == staff or lease_is_over(case, now)
    mine = case.assigned_to in {None, staff} or role is StaffRole.SENIOR
    return waiting and free and mine and may_judge(case, role, involvement)


def lease_is_over(case: ClaimedReview, now: dt.datetime) -> bool:
    """Whether nobody's claim on the case is in force."""
    until = case.review.lease_until
    return until is None or until < now


def may_judge(case: ClaimedReview, role: StaffRole, involvement: Involvement) -> bool:
    """Whether somebody may give an opinion: nobody gives two about one case.

    What was escalated is for a senior; a second look is for those who had no part in the decision.
    """
    if role not in REVIEWING:
        return False
    if involvement.gave_opinion or (case.kind.is_second_look and involvement.decided):
        return False
    return role is StaffRole.SENIOR or not case.senior
