"""The application: its addresses, its door, and its way with errors."""

from collections.abc import Sequence

from fastapi import Depends, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.responses import RedirectResponse, Response
from starlette.staticfiles import StaticFiles

from console.api.app import create_api
from console.api.calls import PREFIX
from console.web.administration import dashboard as today
from console.web.administration import employers_page as employers
from console.web.administration import people_page as people
from console.web.audit import history_page as history
from console.web.audit import runs_page as runs
from console.web.audit import search_page as audit
from console.web.auth import organisation_sign_in as service_sign_in
from console.web.auth import sign_in
from console.web.auth.guard import ForbiddenError, NotSignedInError, PasswordDueError, guard
from console.web.auth.oidc_client import OidcClient
from console.web.middleware.error_middleware import ErrorMiddleware
from console.web.middleware.request_limits import BodyLimit, plain_input
from console.web.middleware.security_headers import SecureHeaders
from console.web.pages import STATIC, language_of, show
from console.web.review import case_actions as case_work
from console.web.review import case_page as case
from console.web.review import pictures, second_looks
from console.web.review import queue_page as waiting
from models.errors import StorageUnavailableError
from storage.bootstrap import Repositories
from storage.cases.round_rows import RoundMissingError
from storage.objects.store import ObjectMissingError
from storage.reviews.review_repository import NotHolderError, ReviewMissingError

_ROUTERS = (
    sign_in,
    service_sign_in,
    waiting,
    case,
    pictures,
    case_work,
    audit,
    history,
    runs,
    employers,
    second_looks,
    today,
    people,
)
_SAID = {
    400: ("无法处理这个请求", "This request cannot be handled"),
    403: ("您无权进行此操作", "You may not do this"),
    404: ("没有这个页面", "There is no such page"),
    405: ("没有这个页面", "There is no such page"),
    409: ("案件已不在您桌上", "The case is not on your desk any more"),
    413: ("提交的内容过大", "What was sent is too large"),
    422: ("提交的内容不完整或格式不对", "What was sent is incomplete or badly formed"),
    503: ("数据库暂时没有应答，请稍后再试", "The database does not answer now; try again"),
}


def create_app(
    repositories: Repositories, *, allowed_hosts: Sequence[str] = ("127.0.0.1", "localhost")
) -> FastAPI:
    """The console over an open office.

    Args:
        repositories: Where everything is kept.
        allowed_hosts: Names by which browsers may call it; others are refused.
    """
    app = FastAPI(
        title="kinbind",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        dependencies=[Depends(plain_input), Depends(guard)],
    )
    app.state.repositories = repositories
    app.state.sign_in_service = OidcClient.of(repositories.settings)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=list(allowed_hosts))
    app.add_middleware(BodyLimit, but_not=PREFIX)
    app.add_middleware(ErrorMiddleware)
    app.add_middleware(SecureHeaders)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    app.mount(PREFIX, create_api(repositories), name="api")
    for part in _ROUTERS:
        app.include_router(part.router)
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
        (NotHolderError, 409),
        (RequestValidationError, 422),
        (StorageUnavailableError, 503),
    ):
        app.add_exception_handler(kind, _page_of(status))
    app.add_exception_handler(HTTPException, _http_error)


def _to_sign_in(request: Request, _error: Exception) -> Response:
    if request.method == "GET" and not _by_htmx(request):
        return RedirectResponse("/sign-in", 303)
    return _elsewhere(request, "/sign-in")


def _to_password(request: Request, _error: Exception) -> Response:
    return _elsewhere(request, "/password")


def _elsewhere(request: Request, place: str) -> Response:
    if _by_htmx(request):
        return Response(status_code=200, headers={"HX-Redirect": place})
    return RedirectResponse(place, 303)


def _page_of(status: int):  # type: ignore[no-untyped-def]  # noqa: ANN202  (a handler)
    def answer(request: Request, _error: Exception) -> Response:
        return _error_page(request, status)

    return answer


def _http_error(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    return _error_page(request, status)


def _error_page(request: Request, status: int) -> Response:
    zh, en = _SAID.get(status, ("出了差错", "Something went wrong"))
    said = en if language_of(request) == "en" else zh
    template = "error_part.html" if _by_htmx(request) else "error.html"
    return show(request, template, status=status, said=said, code=status)


def _by_htmx(request: Request) -> bool:
    return request.headers.get("hx-request") == "true"
