"""Refusals of the API (RFC 9457) that say what to mend, in two languages."""

from collections.abc import Sequence
from typing import Any, Final

from fastapi.exceptions import RequestValidationError
from pydantic import Field
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from models.checks.finding import Message
from models.record import Record
from models.reviews.act_refused import ActRefusedError

MEDIA_TYPE: Final = "application/problem+json"
_TYPES: Final = "urn:kinbind:problem:"


class FieldFault(Record):
    """One thing to mend.

    Attributes:
        field: Where: a part of the request, or a key of the form such as `application.region`.
    """

    field: str
    message: Message


class Problem(Record):
    """Why a request was not carried out.

    Attributes:
        type: Names the kind of problem, for programs.
        title: The kind in both languages.
        detail: What is wrong and the next step, in Chinese and English.
        errors: Everything that is to be mended, all at once.
    """

    type: str
    title: str
    status: int = Field(ge=400, le=599)
    detail: str
    errors: tuple[FieldFault, ...] = ()


_KINDS: Final[dict[int, tuple[str, str, str, str]]] = {
    400: (
        "bad-request",
        "请求无法处理 Bad request",
        "请求无法处理；请对照接口说明检查后重新提交",
        "the request cannot be handled: check it against the description and send it again",
    ),
    401: (
        "no-key",
        "缺少或无效的密钥 No valid key",
        "请在请求头 Authorization 中以 Bearer 方式提供有效密钥；密钥由运维人员发放",
        "send a valid key in the Authorization header as Bearer; operators give keys out",
    ),
    403: (
        "not-allowed",
        "无权操作 Not allowed",
        "该密钥无权进行此操作；请使用为此用途发放的密钥，或联系运维人员",
        "this key may not do that: use a key that was given out for it, or ask an operator",
    ),
    404: (
        "not-found",
        "未找到 Not found",
        "该地址不存在，或该密钥名下没有这份申请；请核对地址与申请编号",
        "no such address, or no such application of this key: check address and identifier",
    ),
    405: (
        "method",
        "方法不允许 Method not allowed",
        "该地址不支持此方法；请改用接口说明所列方法",
        "this address does not take the method: use one that the description lists",
    ),
    408: (
        "too-slow",
        "上传超时 Too slow",
        "未能在时限内收完；请重新提交",
        "the upload did not end in time: hand it in again",
    ),
    409: (
        "taken",
        "申请编号已被占用 Identifier taken",
        "该申请编号已由其他途径提交；请使用新的编号",
        "an application of this identifier came from elsewhere; use another identifier",
    ),
    413: (
        "too-large",
        "内容过大 Too large",
        "内容超过上限；请减小后重新提交",
        "the content exceeds a limit: make it smaller and hand it in again",
    ),
    415: (
        "media-type",
        "内容类型不符 Wrong media type",
        "请以 multipart/form-data 提交",
        "send multipart/form-data",
    ),
    422: ("invalid", "内容有误 Invalid", "请按 errors 逐项改正后重新提交", "mend each of errors"),
    429: (
        "busy",
        "正忙 Busy",
        "正在检查的图片过多；请稍后重试，也可以不经检查直接提交",
        "too many pictures are being checked: try again shortly, or hand in without a check",
    ),
    500: (
        "fault",
        "系统出错 Our fault",
        "系统内部出错，已记入日志；请稍后重试，如仍出错请联系运维人员",
        "a fault of ours, written to the log: try again later, then ask an operator",
    ),
    503: (
        "away",
        "暂时不可用 Unavailable",
        "存储暂时没有应答；请稍后重试",
        "the storage does not answer for the moment: try again later",
    ),
}


_NARROWER: Final[dict[str, tuple[str, str]]] = {
    "no-session": (
        "请先登录（POST /sessions），并在请求头 Authorization 中以 Bearer 方式提供会话令牌",
        "sign in first (POST /sessions), and send the session's token as Bearer",
    ),
    "wrong-password": (
        "用户名或密码不正确，或尝试次数过多；请核对后稍候再试",
        "name or password is wrong, or there were too many tries: check them and wait a little",
    ),
    "password-due": (
        "一次性密码须先更换：请在审核台登录并设置本人密码",
        "a one-time password has to be replaced first: sign in to the console and choose your own",
    ),
    "role": (
        "您的角色不能办理此事；请由有权人员办理",
        "your role may not do this: somebody who may has to do it",
    ),
    "papers-closed": (
        "领取后才能查看；请先领取案件",
        "claim the case first to see it",
    ),
    "no-review": (
        "没有这样的审核案件；请从队列中查看编号",
        "there is no such case: take its identifier from the queue",
    ),
    "no-field": (
        "该份材料无此字段；请核对材料序号与字段名",
        "that paper has no such field: check the paper's number and the field's name",
    ),
    "key-reused": (
        "该 Idempotency-Key 已用于另一请求；请换一个新值",
        "this Idempotency-Key was used for another request: send a new one",
    ),
}
"""What happened and the next step, of problems whose status says too little."""


_LATER: Final = {429: "5", 503: "30"}
"""After how many seconds to ask again."""


class ProblemError(Exception):
    """A request that cannot be carried out; becomes the answer."""

    def __init__(self, status: int, faults: Sequence[FieldFault] = (), *, kind: str = "") -> None:
        """Say why.

        Args:
            status: One of the table's.
            faults: What to mend, each with its place.
            kind: A narrower name of the kind.
        """
        super().__init__(kind or _KINDS[status][0])
        self.status = status
        self.faults = tuple(faults)
        self.kind = kind


def fault(field: str, zh: str, en: str) -> FieldFault:
    """One thing to mend, with its place."""
    return FieldFault(field=field, message=Message(zh=zh, en=en))


def answer(
    status: int,
    faults: Sequence[FieldFault] = (),
    *,
    kind: str = "",
    headers: dict[str, str] | None = None,
    refused: tuple[str, tuple[str, str]] | None = None,
) -> Response:
    """The response of a problem.

    Args:
        status: One of the table's.
        faults: What to mend.
        kind: A narrower name of the kind.
        headers: More of them.
        refused: A title and the next step in both languages, in place of the table's.
    """
    name, title, zh, en = _KINDS.get(status, _KINDS[400 if status < 500 else 500])
    title, (zh, en) = refused or (title, _NARROWER.get(kind, (zh, en)))
    problem = Problem(
        type=_TYPES + (kind or name),
        title=title,
        status=status,
        detail=f"{zh}。{en[0].upper()}{en[1:]}.",
        errors=tuple(faults),
    )
    more = {"content-language": "zh, en"} | (headers or {})
    if status == 401:
        more["www-authenticate"] = 'Bearer realm="kinbind"'
    elif status in _LATER:
        more["retry-after"] = _LATER[status]
    return JSONResponse(
        problem.model_dump(mode="json"), status, headers=more, media_type=MEDIA_TYPE
    )


def of_problem(request: Request, error: Exception) -> Response:
    """A handler for our own refusals."""
    if not isinstance(error, ProblemError):
        return answer(500)
    # Of an upload that is refused the rest is on its way: without this it would be read for ever.
    headers = {"connection": "close"} if request.method == "POST" else {}
    return answer(error.status, error.faults, kind=error.kind, headers=headers)


def of_refused_act(_request: Request, error: Exception) -> Response:
    """A handler for what somebody may not do with a case just now."""
    if not isinstance(error, ActRefusedError):
        return answer(500)
    zh, en = error.next_step
    words = (" ".join(error.title), (zh.rstrip("。"), en.rstrip(".")))
    return answer(409, kind="refused", refused=words)


def of_missing_review(_request: Request, _error: Exception) -> Response:
    """A handler for an identifier that no case has."""
    return answer(404, kind="no-review")


def of_http(_request: Request, error: Exception) -> Response:
    """A handler for what the framework refuses: unknown addresses, wrong methods."""
    if not isinstance(error, HTTPException):
        return answer(500)
    return answer(error.status_code, headers=dict(error.headers or {}))


def of_validation(_request: Request, error: Exception) -> Response:
    """A handler for parameters of the wrong form; names them and never quotes them."""
    errors: Sequence[Any] = error.errors() if isinstance(error, RequestValidationError) else ()
    faults = [
        fault(
            ".".join(map(str, one["loc"])),
            "格式不对，请对照接口说明改正",
            "is badly formed: mend it by the description",
        )
        for one in errors
    ]
    return answer(422, faults)


def of_outage(_request: Request, _error: Exception) -> Response:
    """A handler for a store that does not answer."""
    return answer(503)


def of_fault(_request: Request, _error: Exception) -> Response:
    """A handler for defects of ours; the log has their place."""
    return answer(500)
