"""Every address of the API: the one table that its guard and its description obey.

As with the pages, an address that does not stand here is refused, whatever the code behind it
says. Each asks for a client's key or for the session of a member of staff, and none looks at a
cookie.
"""

from types import MappingProxyType
from typing import Final, NamedTuple

from models.staff.staff_member import REVIEWING, StaffRole

PREFIX: Final = "/api/v1"


class ApiCall(NamedTuple):
    """One thing that a client's program may ask.

    Attributes:
        path: Below the prefix.
        status: Of the answer when all is well.
        roles: Members of staff who may ask it, by a session; empty: it is a client's, by its key.
        open: Nobody has to have signed in.
        acts: It changes something, and takes an `Idempotency-Key`.
    """

    method: str
    path: str
    status: int
    zh: str
    en: str
    roles: frozenset[StaffRole] = frozenset()
    open: bool = False
    acts: bool = False


SUBMIT: Final = ApiCall("POST", "/applications", 202, "提交申请", "hand an application in")
CHECK: Final = ApiCall(
    "POST", "/pictures/check", 200, "提交前检查图片", "whether a picture will do, before hand-in"
)
STATE: Final = ApiCall(
    "GET", "/applications/{application_id}", 200, "查询办理状态", "how far it is, and its outcome"
)
OBJECT: Final = ApiCall(
    "POST", "/applications/{application_id}/objections", 202, "提出异议", "object to its outcome"
)
WITHDRAW: Final = ApiCall(
    "POST", "/applications/{application_id}/withdrawals", 200, "撤回同意", "take a consent back"
)
DELETE: Final = ApiCall(
    "DELETE", "/applications/{application_id}", 200, "应请求删除", "delete it on request"
)
TEXT: Final = ApiCall(
    "GET", "/texts/{kind}", 200, "告知书、承诺书与同意书", "the text that is agreed to"
)
DESCRIPTION: Final = ApiCall("GET", "/openapi.json", 200, "接口说明", "this description")

_READ: Final = REVIEWING | {StaffRole.AUDITOR}
SIGN_IN: Final = ApiCall("POST", "/sessions", 201, "工作人员登录", "sign in", open=True)
SIGN_OUT: Final = ApiCall(
    "DELETE", "/sessions/current", 200, "工作人员退出", "sign out", frozenset(StaffRole)
)
LIST: Final = ApiCall("GET", "/reviews", 200, "待审队列", "the queue", _READ)
NEXT: Final = ApiCall(
    "POST", "/reviews/next", 200, "领取下一件", "claim the next case", REVIEWING, acts=True
)
SHOW: Final = ApiCall("GET", "/reviews/{review_id}", 200, "查看案件", "one case", _READ)
CLAIM: Final = ApiCall(
    "POST", "/reviews/{review_id}/claim", 200, "领取", "claim a case", REVIEWING, acts=True
)
RELEASE: Final = ApiCall(
    "POST", "/reviews/{review_id}/release", 200, "退回待办", "put it back", REVIEWING, acts=True
)
ESCALATE: Final = ApiCall(
    "POST",
    "/reviews/{review_id}/escalate",
    200,
    "上报主管",
    "hand it to a senior",
    REVIEWING,
    acts=True,
)
CORRECT: Final = ApiCall(
    "POST",
    "/reviews/{review_id}/corrections",
    201,
    "更正字段",
    "correct a field",
    REVIEWING,
    acts=True,
)
OPINE: Final = ApiCall(
    "POST", "/reviews/{review_id}/opinion", 200, "提出意见", "give an opinion", REVIEWING, acts=True
)
UNDO: Final = ApiCall(
    "POST", "/reviews/{review_id}/undo", 200, "撤回意见", "take it back", REVIEWING, acts=True
)
SETTLE: Final = ApiCall(
    "POST",
    "/reviews/{review_id}/settle",
    200,
    "使决定立即生效",
    "put one's decision into effect at once",
    REVIEWING,
)

CALLS: Final = (
    *(SUBMIT, CHECK, STATE, OBJECT, WITHDRAW, DELETE, TEXT, DESCRIPTION, SIGN_IN, SIGN_OUT),
    *(LIST, NEXT, SHOW, CLAIM, RELEASE, ESCALATE, CORRECT, OPINE, UNDO, SETTLE),
)
UPLOADS: Final = frozenset(f"{PREFIX}{call.path}" for call in (SUBMIT, CHECK))
"""Where pictures are sent to; everything else is short."""
BY_ADDRESS: Final = MappingProxyType({(call.method, call.path): call for call in CALLS})
