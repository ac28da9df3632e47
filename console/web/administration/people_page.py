"""The administrator's page: who works here, and who is signed in."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from console.web.auth.guard import InOffice, SignedInSession
from console.web.auth.staff_events import note_staff
from console.web.pages import show
from models.staff.staff_member import StaffError, StaffRole
from storage.bootstrap import Repositories

router = APIRouter()
Text = Annotated[str, Form(max_length=64)]


@router.get("/people")
def people(request: Request, repositories: InOffice) -> Response:
    """Everybody, with their open sessions."""
    return _page(request, repositories)


@router.post("/people")
def add(
    request: Request,
    repositories: InOffice,
    session: SignedInSession,
    name: Text,
    role: Annotated[StaffRole, Form()],
) -> Response:
    """Register a member of staff; the one-time password stands on the page, this once."""
    try:
        password = repositories.staff.add(name.strip().lower(), role)
    except StaffError as error:
        return _page(request, repositories, problem=str(error), status=422)
    note_staff(repositories, session.staff.name, name.strip().lower(), f"added as {role.value}")
    return _page(request, repositories, told=(name.strip().lower(), password))


@router.post("/people/{name}/password")
def reset(
    request: Request, repositories: InOffice, session: SignedInSession, name: str
) -> Response:
    """Give out a new one-time password."""
    try:
        password = repositories.staff.reset_password(name)
    except StaffError as error:
        return _page(request, repositories, problem=str(error), status=404)
    note_staff(repositories, session.staff.name, name, "password reset")
    return _page(request, repositories, told=(name, password))


@router.post("/people/{name}/access")
def access(
    request: Request, repositories: InOffice, session: SignedInSession, name: str, active: Text
) -> Response:
    """Shut somebody out, or let them in again; nobody shuts themselves out."""
    if name == session.staff.name:
        return _page(request, repositories, problem="This is you.", status=422)
    try:
        repositories.staff.allow(name, active=active == "yes")
    except StaffError as error:
        return _page(request, repositories, problem=str(error), status=404)
    note_staff(repositories, session.staff.name, name, "let in" if active == "yes" else "shut out")
    return RedirectResponse("/people", 303)


@router.post("/people/{name}/sign-out")
def force_out(repositories: InOffice, session: SignedInSession, name: str) -> Response:
    """End every session of somebody."""
    repositories.sessions.end_all(name)
    note_staff(repositories, session.staff.name, name, "signed out")
    return RedirectResponse("/people", 303)


def _page(
    request: Request,
    repositories: Repositories,
    *,
    told: tuple[str, str] | None = None,
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
        told=told,
        problem=problem,
    )
