"""The administrator's page: the members of staff, and who is signed in."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from console.repositories import OpenRepositories
from console.web.auth.guard import SignedInSession
from console.web.pages import show
from models.staff.staff_member import StaffError, StaffRole
from storage.bootstrap import Repositories
from tasks.staff.staff_accounts import add_member, end_sessions, reset_password, set_active

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
    except StaffError:
        return _page(request, repositories, problem="unknown", status=404)
    return RedirectResponse("/people", 303)


@router.post("/people/{name}/sign-out")
def sign_out_everywhere(
    repositories: OpenRepositories, session: SignedInSession, name: str
) -> Response:
    """End every session of somebody."""
    end_sessions(repositories, name, actor=session.staff.name)
    return RedirectResponse("/people", 303)


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
