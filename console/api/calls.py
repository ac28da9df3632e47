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
STATE: Final = ApiCall(
    "GET", "/applications/{application_id}", 200, "查询办理状态", "how far it is, and its outcome"
)
DESCRIPTION: Final = ApiCall("GET", "/openapi.json", 200, "接口说明", "this description")

CALLS: Final = (HAND_IN, STATE, DESCRIPTION)
BY_ADDRESS: Final = MappingProxyType({(call.method, call.path): call for call in CALLS})
