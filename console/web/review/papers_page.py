"""The papers of any application, for seniors and auditors: also of one that never was a case."""

from typing import Annotated

from fastapi import APIRouter, Path, Request
from starlette.responses import Response

from console.repositories import OpenRepositories
from console.web.auth.guard import SignedInSession
from console.web.pages import show
from console.web.review.case_page import FieldName, Place
from console.web.review.case_view import round_view
from console.web.review.pictures import Number, face_of, picture_of
from console.web.review.render_case import NOTHING
from console.web.review.view.objection_view import objection_view
from console.web.review.view.offers import END_REASONS, application_offers
from console.web.review.view.previous_round import previous_round
from models.checks.reason_catalogue import REASONS
from models.reviews.act_refused import ActRefusedError
from models.reviews.review_work import ViewKind
from models.staff.staff_member import StaffSession
from storage.bootstrap import Repositories
from storage.objects.store import ObjectMissingError
from tasks.reviewing.record_view import ViewedPapers, record_view

router = APIRouter()
RoundId = Annotated[str, Path(pattern=r"^[0-9a-f]{32}$")]


class NoPapersError(ActRefusedError):
    """Nothing of a round can be shown."""

    def __init__(self) -> None:
        """Say why, and where else to look."""
        super().__init__(
            ("没有可查看的材料", "There are no papers to show"),
            (
                "材料尚未识别，或已按保存期限删除；办理过程见审计历史。",
                "They are not read yet, or were deleted when their term was over; what happened "
                "stands in the audit history.",
            ),
        )


@router.get("/papers/{round_id}")
def papers_page(
    request: Request, repositories: OpenRepositories, session: SignedInSession, round_id: RoundId
) -> Response:
    """Show the papers of a round; the look stands in the chain."""
    record_view(repositories, _papers(repositories, round_id), session, ViewKind.CASE)
    return _render(request, repositories, session, round_id, "papers.html")


@router.post("/papers/{round_id}/reveal")
def reveal(
    request: Request,
    repositories: OpenRepositories,
    session: SignedInSession,
    round_id: RoundId,
    paper: Place,
    field: FieldName,
) -> Response:
    """Show one masked value, and write down who asked for it."""
    papers = _papers(repositories, round_id)
    record_view(repositories, papers, session, ViewKind.FIELD, f"{paper}:{field}")
    revealed = frozenset({(paper, field)})
    return _render(request, repositories, session, round_id, "work.html", revealed)


@router.get("/papers/{round_id}/pictures/{number}")
def picture(
    repositories: OpenRepositories, session: SignedInSession, round_id: RoundId, number: Number
) -> Response:
    """The upload on which a paper stands."""
    return picture_of(repositories, _papers(repositories, round_id), session, number)


@router.get("/papers/{round_id}/faces/{number}")
def face(
    repositories: OpenRepositories, session: SignedInSession, round_id: RoundId, number: Number
) -> Response:
    """The face that was cut out of a paper."""
    return face_of(repositories, _papers(repositories, round_id), session, number)


def _papers(repositories: Repositories, round_id: str) -> ViewedPapers:
    """Whose papers they are.

    Raises:
        RoundMissingError: There is no such round.
    """
    return ViewedPapers(repositories.cases.get(round_id).application_id, round_id)


def _render(
    request: Request,
    repositories: Repositories,
    session: StaffSession,
    round_id: str,
    template: str,
    revealed: frozenset[tuple[int, str]] = NOTHING,
) -> Response:
    """The page, or its working part alone.

    Raises:
        NoPapersError: They are not read yet, or deleted.
    """
    round_ = repositories.cases.get(round_id)
    try:
        view = round_view(repositories, round_, revealed)
        previous = previous_round(repositories, round_)
        objection = objection_view(repositories, round_, view.form)
    except ObjectMissingError:
        raise NoPapersError from None
    return show(
        request,
        template,
        view=view,
        form=view.form,
        previous=previous,
        objection=objection,
        reasons=REASONS,
        decided=application_offers(repositories, round_, session.staff),
        end_reasons=END_REASONS,
        review=None,
        remarks=(),
        opinions=(),
        problem="",
    )
