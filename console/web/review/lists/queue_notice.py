"""What the queue says of the act that led back to it; who acts is told that it was done."""

from enum import StrEnum

from fastapi import Request
from starlette.responses import Response

from console.web.redirects import redirect
from console.web.review.lists.queue_query import QueueQuery, kept_query


class QueueNotice(StrEnum):
    """An act, as the query of the queue's address names it."""

    zh: str
    en: str

    def __new__(cls, value: str, zh: str, en: str) -> "QueueNotice":
        """A member with its words."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.zh, member.en = zh, en
        return member

    NOTHING = "nothing", "当前没有可领取的案件。", "No case waits for you now."
    RELEASED = "released", "已退回待办，其他人员可以领取。", "Put back: anybody may claim it."
    NONE_CHOSEN = "none_chosen", "请先勾选要退回待办的案件。", "Choose the cases to put back first."
    SKIPPED = (
        "skipped",
        "该案件今日不再分派给您。",
        "You will not be handed that case again today.",
    )
    POSTPONED = (
        "postponed",
        "已暂缓，到期自动回到待办，可在“暂缓”中查看。",
        "Postponed: it comes back by itself, and stands under Postponed until then.",
    )
    ESCALATED = "escalated", "已上报复核主管。", "Handed to a senior."
    ASSIGNED = "assigned", "指派已生效。", "The case is assigned as chosen."
    OBJECTION = (
        "objection",
        "异议已记录，系统收件后由另一人重新审核。",
        "The objection is recorded; once it is taken in, another person decides again.",
    )


def to_queue(request: Request, notice: QueueNotice, chosen: QueueQuery | None = None) -> Response:
    """Back to the queue as it was shown last, with a word of what was done.

    Args:
        request: Whose act it was.
        notice: What was done.
        chosen: Another view of the queue than the last one.
    """
    query = (chosen or kept_query(request)).query
    return redirect(request, f"/queue?told={notice.value}&{query}")
