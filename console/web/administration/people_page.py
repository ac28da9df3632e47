"""The administrator's page: the members of staff, and who is signed in."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from console.repositories import OpenRepositories
from console.web.auth.guard import SignedInSession
from console.web.pages import show
from models.staff.staff_member import StaffError, StaffRole
from storage.bootstrap import Repositories
from tasks.staff.sign_in import bind_os_user
from tasks.staff.staff_accounts import (
    LastAdministratorError,
    add_member,
    change_role,
    end_sessions,
    reset_password,
    set_active,
)

router = APIRouter()
Text = Annotated[str, Form(max_length=64)]


@router.get("/people")
def people(request: Request, repositories: OpenRepositories) -> Response:
    """Everybody, with their open sessions."""
    return _page(request, repositories)


@router.post("/people")
def add(
    request: Request,
    repositories: OpenRepositories,
    session: SignedInSession,
    name: Text,
    role: Annotated[StaffRole, Form()],
) -> Response:
    """Register a member of staff; the one-time password stands on the page, this once."""
    name = name.strip().lower()
    try:
        password = add_member(repositories, name, role, actor=session.staff.name)
    except StaffError:
        return _page(request, repositories, problem="name", status=422)
    return _page(request, repositories, issued=(name, password))


@router.post("/people/{name}/password")
def reset(
    request: Request, repositories: OpenRepositories, session: SignedInSession, name: str
) -> Response:
    """Give out a new one-time password."""
    try:
        password = reset_password(repositories, name, actor=session.staff.name)
    except StaffError:
        return _page(request, repositories, problem="unknown", status=404)
    return _page(request, repositories, issued=(name, password))


@router.post("/people/{name}/role")
def give_role(
    request: Request,
    repositories: OpenRepositories,
    session: SignedInSession,
    name: str,
    role: Annotated[StaffRole, Form()],
) -> Response:
    """Give somebody another role, which ends their sessions; nobody changes their own."""
    if name == session.staff.name:
        return _page(request, repositories, problem="own_role", status=422)
    try:
        change_role(repositories, name, role, actor=session.staff.name)
    except StaffError as error:
        return _refused(request, repositories, error)
    return RedirectResponse("/people", 303)


@router.post("/people/{name}/os-user")
def bind_os_account(
    request: Request,
    repositories: OpenRepositories,
    session: SignedInSession,
    name: str,
    os_user: Annotated[str, Form(pattern=r"^\s*([a-z_][a-z0-9_.-]{0,31})?\s*$")] = "",
) -> Response:
    """Say by which account of the operating system somebody is known; empty: by none."""
    try:
        bind_os_user(repositories, name, os_user.strip() or None, actor=session.staff.name)
    except StaffError as error:
        problem = "unknown" if name not in _names(repositories) else "os_user"
        return _refused(request, repositories, error, problem)
    return RedirectResponse("/people", 303)


@router.post("/people/{name}/access")
def access(
    request: Request,
    repositories: OpenRepositories,
    session: SignedInSession,
    name: str,
    active: Text,
) -> Response:
    """Shut somebody out, or let them in again; nobody shuts themselves out."""
    if name == session.staff.name:
        return _page(request, repositories, problem="self", status=422)
    try:
        set_active(repositories, name, active=active == "yes", actor=session.staff.name)
    except StaffError as error:
        return _refused(request, repositories, error)
    return RedirectResponse("/people", 303)


@router.post("/people/{name}/sign-out")
def sign_out_everywhere(
    repositories: OpenRepositories, session: SignedInSession, name: str
) -> Response:
    """End every session of somebody."""
    end_sessions(repositories, name, actor=session.staff.name)
    return RedirectResponse("/people", 303)


def _refused(
    request: Request, repositories: Repositories, error: StaffError, problem: str = "unknown"
) -> Response:
    """The page with what stands in the way."""
    if isinstance(error, LastAdministratorError):
        problem = "last"
    status = 404 if problem == "unknown" else 422
    return _page(request, repositories, problem=problem, status=status)


def _names(repositories: Repositories) -> frozenset[str]:
    return frozenset(member.name for member in repositories.staff.list())


def _page(
    request: Request,
    repositories: Repositories,
    *,
    issued: tuple[str, str] | None = None,
    problem: str = "",
    status: int = 200,
) -> Response:
    sessions = repositories.sessions.open_ones()
    return show(
        request,
        "people.html",
        status=status,
        everybody=repositories.staff.list(),
        signed_in={s.staff.name: s.seen_at for s in reversed(sessions)},
        roles=tuple(StaffRole),
        issued=issued,
        problem=problem,
    )
