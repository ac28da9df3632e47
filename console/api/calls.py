"""Every address of the API: the one table that its guard and its description obey.

As with the pages, an address that does not stand here is refused, whatever the code behind it
says; each of them asks for a key, and none looks at a cookie.
"""

from types import MappingProxyType
from typing import Final, NamedTuple

PREFIX: Final = "/api/v1"


class ApiCall(NamedTuple):
    """One thing that a client's program may ask.

    Attributes:
        path: Below the prefix.
        status: Of the answer when all is well.
    """

    method: str
    path: str
    status: int
    zh: str
    en: str


HAND_IN: Final = ApiCall("POST", "/applications", 202, "提交申请", "hand an application in")
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

CALLS: Final = (HAND_IN, CHECK, STATE, OBJECT, WITHDRAW, DELETE, TEXT, DESCRIPTION)
BY_ADDRESS: Final = MappingProxyType({(call.method, call.path): call for call in CALLS})
