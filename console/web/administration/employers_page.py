"""The result lists of employers' batches, as the office sees them."""

from typing import Annotated, Final

from fastapi import APIRouter, Path, Query, Request
from starlette.responses import RedirectResponse, Response

from console.repositories import OpenRepositories
from console.web.pages import show
from models.intake.employer import EmployerResult
from storage.bootstrap import Repositories
from storage.objects.store import ObjectMissingError
from tasks.reports.employer_csv import as_csv
from tasks.reports.employer_results import employer_ref, employer_result, kept_list

router = APIRouter()
_SHOWN: Final = 50
Ref = Annotated[str, Path(pattern=r"^[0-9a-f]{64}$")]
Name = Annotated[str, Query(max_length=128)]


@router.get("/employers")
def employers(
    request: Request, repositories: OpenRepositories, employer: Name = "", batch: Name = ""
) -> Response:
    """The latest deliveries; or, by its names, one of them."""
    unknown = False
    if employer and batch:
        ref = employer_ref(repositories, employer, batch)
        if kept_list(repositories, ref) is not None:
            return RedirectResponse(f"/employers/{ref}", 303)
        unknown = True
    deliveries = [
        (one, kept_list(repositories, one.ref)) for one in repositories.search.deliveries(_SHOWN)
    ]
    return show(
        request,
        "employers.html",
        deliveries=[(one, listed) for one, listed in deliveries if listed],
        employer=employer,
        batch=batch,
        unknown=unknown,
    )


@router.get("/employers/{ref}")
def delivery(request: Request, repositories: OpenRepositories, ref: Ref) -> Response:
    """The result list of one delivery as it stands now."""
    return show(request, "employer.html", result=_result(repositories, ref), ref=ref)


@router.get("/employers/{ref}/csv")
def delivery_csv(repositories: OpenRepositories, ref: Ref) -> Response:
    """The same as a table."""
    text = as_csv(_result(repositories, ref))
    return Response(
        text.encode("utf-8-sig"),  # without the mark, Excel takes Chinese text for another code
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="employer-{ref[:12]}.csv"'},
    )


def _result(repositories: Repositories, ref: str) -> EmployerResult:
    result = employer_result(repositories, ref)
    if result is None:
        raise ObjectMissingError("No employer's batch has this reference: open it from /employers.")
    return result
