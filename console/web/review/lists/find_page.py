"""Finding an application by its identifier, a person's number or a name; no URL carries any."""

from collections.abc import Iterator
from typing import Annotated, Final

from fastapi import APIRouter, Form, Request
from starlette.responses import Response

from console.repositories import OpenRepositories
from console.web.auth.guard import SignedInSession
from console.web.pages import show
from console.web.review.lists.case_table import case_table
from console.web.review.view.offers import END_REASONS, application_offers
from models.cases.case_round import ApplicationRound
from models.checks.reason_catalogue import REASONS
from storage.audit.audit_search import AuditQuery
from storage.bootstrap import Repositories
from storage.keys.keyring import holds_id_number

router = APIRouter()
_FOUND: Final = 50
"""Rounds of each sort that a search takes up at most."""


@router.post("/queue/search")
def search_queue(
    request: Request,
    repositories: OpenRepositories,
    session: SignedInSession,
    words: Annotated[str, Form(min_length=2, max_length=64)],
) -> Response:
    """The cases that fit, and applications that never were cases."""
    with repositories.reading_together():
        rounds = {found.round_id: found for found in _fitting(repositories, words.strip())}
        reviews = {
            round_id: review_id
            for application_id in dict.fromkeys(found.application_id for found in rounds.values())
            for round_id, review_id in repositories.search.reviews_of(application_id).items()
        }
        cases = [repositories.claims.get(review_id) for review_id in reviews.values()]
        table = case_table(repositories, cases, session.staff.name)
        others = [
            (found, application_offers(repositories, found, session.staff))
            for round_id, found in rounds.items()
            if round_id not in reviews
        ]
    return show(
        request,
        "queue_search.html",
        table=table,
        others=others,
        reasons=REASONS,
        end_reasons=END_REASONS,
    )


def _fitting(repositories: Repositories, words: str) -> Iterator[ApplicationRound]:
    """Every round that what was typed may mean: whoever types need not say which it is."""
    search, number = repositories.search, "".join(words.split())
    yield from search.by_person(number, _FOUND)
    if holds_id_number(number):
        return
    yield from search.by_name(words, _FOUND)
    yield from search.find(AuditQuery(application=number), _FOUND)
