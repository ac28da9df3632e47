"""Signing in and out with a program of one's own."""

from fastapi import APIRouter, Request

from console.api.calls import SIGN_IN, SIGN_OUT
from console.api.guard import ProgramSession
from console.api.problems import ProblemError
from console.api.review.answers import SessionAnswer, SignedOutAnswer, SignInRequest
from console.repositories import OpenRepositories
from models.staff.staff_member import SignInMethod, SignInRefusedError
from tasks.staff.sign_in import sign_in as open_session

router = APIRouter()


@router.post(
    SIGN_IN.path, status_code=SIGN_IN.status, response_model=SessionAnswer, summary=SIGN_IN.en
)
def sign_in(
    request: Request, repositories: OpenRepositories, asked: SignInRequest
) -> SessionAnswer:
    """Open a session by name and password; tries are counted as in the console."""
    address = request.client.host if request.client else ""
    try:
        opened = open_session(
            repositories,
            asked.name.strip().lower(),
            asked.password,
            address,
            way=SignInMethod.PROGRAM,
        )
    except SignInRefusedError as refused:
        raise ProblemError(429 if refused.wait_seconds else 401, kind="wrong-password") from None
    if opened.session.password_due:
        repositories.sessions.end(opened.session.session_id)
        raise ProblemError(403, kind="password-due")
    staff = opened.session.staff
    return SessionAnswer(
        token=opened.token,
        name=staff.name,
        role=staff.role,
        expires_at=opened.session.expires_at,
    )


@router.delete(SIGN_OUT.path, response_model=SignedOutAnswer, summary=SIGN_OUT.en)
def sign_out(repositories: OpenRepositories, session: ProgramSession) -> SignedOutAnswer:
    """End this session."""
    repositories.sessions.end(session.session_id)
    return SignedOutAnswer(name=session.staff.name)
