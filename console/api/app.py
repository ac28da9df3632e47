"""The API as an application of its own, mounted beside the pages."""

from typing import Final

from anyio import CapacityLimiter
from fastapi import Depends, FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from console.api import applications, consents, description, pictures
from console.api.guard import guard
from console.api.problems import (
    ProblemError,
    of_fault,
    of_http,
    of_missing_review,
    of_outage,
    of_problem,
    of_refused_act,
    of_validation,
)
from console.api.review import acts, cases, staff_sessions
from models.errors import StorageUnavailableError
from models.reviews.act_refused import ActRefusedError
from storage.bootstrap import Repositories
from storage.reviews.review_repository import ReviewMissingError

_AT_ONCE: Final = 4
"""Uploads that are taken in at a time: each may hold all of its pictures in memory."""


def create_api(repositories: Repositories | None) -> FastAPI:
    """The API over open repositories.

    Args:
        repositories: Where everything is kept; None to describe the API only.
    """
    api = FastAPI(
        title="kinbind",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,
        dependencies=[Depends(guard)],
    )
    api.state.repositories = repositories
    api.state.taking_in = CapacityLimiter(_AT_ONCE)
    api.state.checking = CapacityLimiter(_AT_ONCE)
    api.include_router(applications.router)
    api.include_router(consents.router)
    api.include_router(pictures.router)
    for part in (staff_sessions, cases, acts):
        api.include_router(part.router)
    api.include_router(description.router)
    api.add_exception_handler(ProblemError, of_problem)
    api.add_exception_handler(HTTPException, of_http)
    api.add_exception_handler(RequestValidationError, of_validation)
    api.add_exception_handler(ActRefusedError, of_refused_act)
    api.add_exception_handler(ReviewMissingError, of_missing_review)
    api.add_exception_handler(StorageUnavailableError, of_outage)
    api.add_exception_handler(Exception, of_fault)
    return api
