"""One application from upload to binding, who looked at it, and its evidence file."""

from typing import Annotated

from fastapi import APIRouter, Path, Request
from starlette.responses import Response

from console.repositories import OpenRepositories
from console.web.audit.event_details import view_place
from console.web.audit.runs_page import duration
from console.web.audit.timeline import timeline
from console.web.auth.guard import SignedInSession
from console.web.pages import show
from models.reviews.act_refused import ActRefusedError
from models.reviews.review_work import ViewKind
from storage.cases.round_rows import RoundMissingError
from tasks.evidence_file.contradictions import ContradictedRecordError
from tasks.evidence_file.export_evidence import export_evidence
from tasks.evidence_file.gather_evidence import NothingRecordedError

router = APIRouter()
ApplicationId = Annotated[str, Path(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$")]


@router.get("/audit/applications/{application_id}")
def history(
    request: Request,
    repositories: OpenRepositories,
    session: SignedInSession,
    application_id: ApplicationId,
) -> Response:
    """One application from upload to binding, and everybody who looked at its papers."""
    repositories.access.note(session.staff.name, ViewKind.HISTORY, application_id)
    events = repositories.audit.events(application_id)
    return show(
        request,
        "history.html",
        application_id=application_id,
        journeys=timeline(repositories, repositories.cases.find(application_id), events),
        reviews=repositories.search.reviews_of(application_id),
        events=events,
        views=repositories.access.of_application(application_id),
        duration=duration,
        view_place=view_place,
    )


@router.post("/audit/applications/{application_id}/evidence")
def evidence(
    repositories: OpenRepositories, session: SignedInSession, application_id: ApplicationId
) -> Response:
    """The signed evidence file; that it was taken stands in the chain."""
    repositories.access.note(session.staff.name, ViewKind.EVIDENCE, application_id)
    try:
        file = export_evidence(repositories, application_id, by=session.staff.name)
    except NothingRecordedError:
        msg = f"Nothing is recorded about application {application_id}: check the identifier."
        raise RoundMissingError(msg) from None
    except ContradictedRecordError as error:
        raise _not_signed(error) from None
    return Response(
        file.pdf,
        media_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{file.name}.pdf"'},
    )


def _not_signed(error: ContradictedRecordError) -> ActRefusedError:
    """What contradicts the log, for whoever wanted it signed."""
    faults = [one.fault for one in error.discrepancies]
    zh = "；".join(dict.fromkeys(fault.zh for fault in faults))
    en = "; ".join(dict.fromkeys(fault.value.replace("_", " ") for fault in faults))
    return ActRefusedError(
        ("未签发：所存内容与审计记录矛盾", "Not signed: what is kept contradicts the audit log"),
        (
            f"{zh}。请立即保全数据库与对象存储，并由运维按审计手册核对。",
            f"{en}. Secure database and object store at once; an operator follows docs/audit.md.",
        ),
    )


@router.get("/audit/people/{name}")
def staff_views(
    request: Request,
    repositories: OpenRepositories,
    name: Annotated[str, Path(pattern=r"^[a-z][a-z0-9._-]{1,31}$")],
) -> Response:
    """Everything that a member of staff has viewed, the latest first."""
    return show(
        request,
        "staff_views.html",
        name=name,
        views=repositories.access.of_staff(name),
        view_place=view_place,
    )
