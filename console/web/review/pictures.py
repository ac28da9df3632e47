"""Pictures out of the encrypted archive, to whoever may see them, each view recorded."""

from typing import Annotated, Final

import filetype
from fastapi import APIRouter, Path
from starlette.responses import Response

from console.repositories import OpenRepositories
from console.web.auth.guard import SignedInSession
from console.web.review.case_page import ReviewId, visible_case
from models.reading.document import DocumentReading
from models.reviews.review_work import ViewKind
from models.staff.staff_member import StaffSession
from storage.bootstrap import Repositories
from storage.objects.archive import upload_key
from storage.objects.store import ObjectMissingError
from tasks.reading.process.contained_reader import ReadingEndedError, contained_reader
from tasks.reviewing.record_view import ViewedPapers, record_view
from tasks.rounds.round_results import load_readings

router = APIRouter()
Number = Annotated[int, Path(ge=0, le=200)]
_AS_IT_IS: Final = frozenset({"image/jpeg", "image/png", "image/webp"})
_UNREADABLE: Final = "The upload cannot be decoded as a picture: return it to the applicant."


@router.get("/cases/{review_id}/pictures/{number}")
def picture(
    repositories: OpenRepositories, session: SignedInSession, review_id: ReviewId, number: Number
) -> Response:
    """The upload on which a paper stands."""
    papers = ViewedPapers.of(visible_case(repositories, session, review_id))
    return picture_of(repositories, papers, session, number)


def picture_of(
    repositories: Repositories, papers: ViewedPapers, session: StaffSession, number: int
) -> Response:
    """The upload on which a paper stands, as browsers show it; the look is recorded.

    Raises:
        ObjectMissingError: There is no such paper, or its picture is deleted or cannot be decoded.
    """
    paper = _paper(repositories, papers, session, number, ViewKind.PICTURE)
    content = repositories.archive.get_bytes(upload_key(paper.digest))
    kind = filetype.guess_mime(content[:4096])
    if kind in _AS_IT_IS and paper.page == 1:
        return Response(content, media_type=kind)
    return Response(_as_jpeg(content, paper.page), media_type="image/jpeg")


@router.get("/cases/{review_id}/faces/{number}")
def face(
    repositories: OpenRepositories, session: SignedInSession, review_id: ReviewId, number: Number
) -> Response:
    """The face that was cut out of a paper."""
    papers = ViewedPapers.of(visible_case(repositories, session, review_id))
    return face_of(repositories, papers, session, number)


def face_of(
    repositories: Repositories, papers: ViewedPapers, session: StaffSession, number: int
) -> Response:
    """The face that was cut out of a paper; the look is recorded.

    Raises:
        ObjectMissingError: There is no such paper, or no face of it.
    """
    paper = _paper(repositories, papers, session, number, ViewKind.FACE)
    if paper.portrait is None:
        raise ObjectMissingError("No face was cut out of this paper: see its picture instead.")
    return Response(repositories.archive.get_bytes(paper.portrait), media_type="image/png")


def _paper(
    repositories: Repositories,
    papers: ViewedPapers,
    session: StaffSession,
    number: int,
    kind: ViewKind,
) -> DocumentReading:
    read = load_readings(repositories, papers.round_id).papers
    if number >= len(read):
        msg = f"The case has {len(read)} papers, none of number {number}: load its page again."
        raise ObjectMissingError(msg)
    record_view(repositories, papers, session, kind, str(number))
    return read[number]


def _as_jpeg(content: bytes, page: int) -> bytes:
    """A page of a file that browsers do not show."""
    try:
        jpeg = contained_reader().show(content, page)
    except ReadingEndedError:
        jpeg = None
    if jpeg is None:
        raise ObjectMissingError(_UNREADABLE)
    return jpeg
