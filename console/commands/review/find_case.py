"""The case that a command names."""

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from models.reviews.review import ReviewCase
    from storage.bootstrap import Repositories

ReviewId = Annotated[
    str,
    typer.Argument(
        metavar="REVIEW", help="审核编号或申请编号 case or application.", show_default=False
    ),
]


def find_case(repositories: "Repositories", name: str) -> "ReviewCase":
    """The case of this identifier, or the latest case of this application.

    Raises:
        ReviewMissingError: There is none.
    """
    from storage.reviews.review_repository import ReviewMissingError

    found = [c for c in repositories.reviews.list() if name in {c.review_id, c.application_id}]
    if not found:
        raise ReviewMissingError
    return max(found, key=lambda case: case.opened_at)
