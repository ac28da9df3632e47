"""The case that a command names."""

import contextlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Final, NamedTuple

import typer

from console.commands.acting import acting_member
from console.commands.home import home_repositories

SHOWN_CHARACTERS: Final = 8
"""Of a case's identifier, as lists show it and commands take it."""

if TYPE_CHECKING:
    from models.reviews.review import ReviewCase
    from models.staff.staff_member import StaffMember
    from storage.bootstrap import Repositories

ReviewId = Annotated[
    str,
    typer.Argument(
        metavar="REVIEW",
        help="审核编号（前八位即可）或申请编号 case, by its first 8 characters, or application.",
        show_default=False,
    ),
]


class OpenedCase(NamedTuple):
    """A case on which somebody acts: over what, who, and which."""

    repositories: "Repositories"
    member: "StaffMember"
    case: "ReviewCase"

    @property
    def review_id(self) -> str:
        """The case's whole identifier."""
        return self.case.review_id


@contextlib.contextmanager
def open_case(name: str) -> Iterator[OpenedCase]:
    """The case that a command names, for whoever is signed in on this terminal.

    Raises:
        ReviewMissingError: There is none.
    """
    with home_repositories() as repositories:
        member = acting_member(repositories)
        yield OpenedCase(repositories, member, find_case(repositories, name))


def find_case(repositories: "Repositories", name: str) -> "ReviewCase":
    """The case of this identifier or beginning of one, or the latest case of this application.

    Raises:
        ReviewMissingError: There is none.
    """
    from storage.reviews.review_repository import ReviewMissingError

    cases = repositories.reviews.list()
    found = [c for c in cases if name in {c.review_id, c.application_id}]
    if not found and len(name) >= SHOWN_CHARACTERS:
        begun = [c for c in cases if c.review_id.startswith(name)]
        found = begun if len(begun) == 1 else []
    if not found:
        raise ReviewMissingError
    return max(found, key=lambda case: case.opened_at)
