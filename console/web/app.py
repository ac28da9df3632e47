"""The console as an application: its pages, its middleware, its error pages."""

from collections.abc import Callable, Sequence
from typing import Final
from urllib.parse import urlencode, urlsplit

from fastapi import Depends, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.responses import Response
from starlette.staticfiles import StaticFiles

from console.api.app import create_api
from console.api.calls import PREFIX, UPLOADS
from console.api.problems import of_http
from console.web.administration import dashboard, employers_page, people_page, report_files
from console.web.audit import history_page, oversight_page, runs_page, search_page
from console.web.auth import organisation_sign_in, sign_in
from console.web.auth.guard import ForbiddenError, NotSignedInError, PasswordDueError, guard
from console.web.auth.oidc_client import OidcClient
from console.web.auth.sign_in import CASE_PATH
from console.web.middleware.error_middleware import ErrorMiddleware
from console.web.middleware.request_limits import BodyLimit, LengthLimit, require_plain_text
from console.web.middleware.security_headers import SecureHeaders
from console.web.pages import STATIC, show
from console.web.redirects import by_htmx, redirect
from console.web.review import (
    application_actions,
    case_actions,
    case_page,
    papers_page,
    pictures,
    second_looks_page,
)
from console.web.review.lists import assignment, find_page, queue_page, team_page
from console.web.typed_day_field import NO_DAY
from models.errors import StorageUnavailableError
from models.reviews.act_refused import ActRefusedError
from storage.bootstrap import Repositories
from storage.cases.round_rows import RoundMissingError
from storage.objects.store import ObjectMissingError
from storage.reviews.review_repository import ReviewMissingError

_ROUTERS = (
    sign_in,
    organisation_sign_in,
    queue_page,
    find_page,
    team_page,
    assignment,
    case_page,
    papers_page,
    pictures,
    case_actions,
    application_actions,
    search_page,
    history_page,
    runs_page,
    oversight_page,
    employers_page,
    second_looks_page,
    dashboard,
    report_files,
    people_page,
)
_Told = tuple[tuple[str, str], tuple[str, str]]
"""What happened, and the next step, each in both languages."""
_RELOAD: Final = ("请刷新页面后重试。", "Load the page again and retry.")
_MESSAGES: Final = {
    400: (("无法处理该请求", "This request cannot be handled"), _RELOAD),
    403: (
        ("您无权进行此操作", "You may not do this"),
        (
            "页面打开时间较长的，请刷新；如仍出现，请联系管理员。",
            "If the page is old, load it again; if this comes back, ask an administrator.",
        ),
    ),
    404: (
        ("页面不存在", "There is no such page"),
        ("请核对地址，或从首页进入。", "Check the address, or start from the first page."),
    ),
    409: (
        ("案件已不在您名下", "The case is not on your desk any more"),
        (
            "请回到队列，重新领取或领取下一件。",
            "Go back to the queue and claim it, or the next one.",
        ),
    ),
    413: (
        ("提交的内容过大", "What was sent is too large"),
        ("请精简后再提交。", "Shorten it and send it again."),
    ),
    422: (
        ("提交的内容不完整或格式有误", "What was sent is incomplete or badly formed"),
        ("请返回上一页改正后再提交。", "Go back, mend it and send it again."),
    ),
    503: (
        ("数据库暂无响应", "The database does not answer now"),
        ("请稍后再试。", "Try again later."),
    ),
}
_NO_DAY: Final = (
    ("日期有误", "No such day"),
    (
        "请返回上一页，将日期写成 2026-12-02、2026年12月2日 或 20261202。",
        "Go back and write the day as 2026-12-02 or 20261202.",
    ),
)
_DEFECT: Final = (
    ("系统出错", "Something went wrong"),
    ("请重试；如仍出错，请联系运维人员。", "Try again; if this comes back, ask an operator."),
)


def create_app(
    repositories: Repositories, *, allowed_hosts: Sequence[str] = ("127.0.0.1", "localhost")
) -> FastAPI:
    """The console over open repositories.

    Args:
        repositories: Where everything is kept.
        allowed_hosts: Names by which browsers may call it; others are refused.
    """
    app = FastAPI(
        title="kinbind",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        dependencies=[Depends(require_plain_text), Depends(guard)],
    )
    app.state.repositories = repositories
    app.state.sign_in_service = OidcClient.of(repositories.settings)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=list(allowed_hosts))
    app.add_middleware(BodyLimit, but_not=UPLOADS)
    app.add_middleware(LengthLimit)
    app.add_middleware(ErrorMiddleware)
    app.add_middleware(SecureHeaders)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    app.mount(PREFIX, create_api(repositories), name="api")
    for page in _ROUTERS:
        app.include_router(page.router)
    _handle_errors(app)
    return app


def _handle_errors(app: FastAPI) -> None:
    app.add_exception_handler(NotSignedInError, _to_sign_in)
    app.add_exception_handler(PasswordDueError, _to_password)
    for kind, status in (
        (ForbiddenError, 403),
        (ReviewMissingError, 404),
        (RoundMissingError, 404),
        (ObjectMissingError, 404),
        (ActRefusedError, 409),
        (StorageUnavailableError, 503),
    ):
        app.add_exception_handler(kind, _page_of(status))
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http_error)


def _to_sign_in(request: Request, _error: Exception) -> Response:
    """Ask to sign in, and come back to the case one was at."""
    page = request.headers.get("hx-current-url" if by_htmx(request) else "referer", "")
    was_on = request.url.path if request.method == "GET" and not by_htmx(request) else page
    path = urlsplit(was_on).path
    back = f"?{urlencode({'next': path})}" if CASE_PATH.fullmatch(path) else ""
    return redirect(request, f"/sign-in{back}")


def _to_password(request: Request, _error: Exception) -> Response:
    return redirect(request, "/password")


def _page_of(status: int) -> Callable[[Request, Exception], Response]:
    def answer(request: Request, error: Exception) -> Response:
        words = (error.title, error.next_step) if isinstance(error, ActRefusedError) else None
        return _error_page(request, status, words)

    return answer


def _invalid(request: Request, error: Exception) -> Response:
    asked = error.errors() if isinstance(error, RequestValidationError) else ()
    kinds = {one["type"] for one in asked}
    return _error_page(request, 422, _NO_DAY if NO_DAY in kinds else None)


def _http_error(request: Request, error: Exception) -> Response:
    if request.url.path.startswith(f"{PREFIX}/"):  # a program's path with a line break in it
        return of_http(request, error)
    status = error.status_code if isinstance(error, HTTPException) else 500
    return _error_page(request, status)


def _error_page(request: Request, status: int, told: _Told | None = None) -> Response:
    title, next_step = told or _MESSAGES.get(404 if status == 405 else status, _DEFECT)
    template = "error_part.html" if by_htmx(request) else "error.html"
    told_values = {"title": title, "next_step": next_step, "code": status}
    return show(request, template, status=status, back=_came_from(request), **told_values)


def _came_from(request: Request) -> str:
    """The page of ours from which a request came; empty where it came from none."""
    came = urlsplit(request.headers.get("referer", ""))
    ours = came.netloc == request.headers.get("host") and came.path != request.url.path
    return came._replace(scheme="", netloc="", fragment="").geturl() if ours else ""
