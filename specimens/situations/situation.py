"""A situation, the plan of one application in it, and the exhibits that the plan lays down."""

from collections.abc import Callable
from typing import Any, Final, NamedTuple

from models.checks.reason import Reason
from models.decision.decision import Outcome
from models.intake.application import (
    BindingMethod,
    ConsentKind,
    IdentityRoute,
    PersonRole,
    Product,
    Relationship,
)
from models.reading.document import DocumentKind
from specimens.dice import Dice
from specimens.people.counties import County
from specimens.people.person import InventedPerson
from specimens.printing.paper import Bench, PrintedPaper

Form = dict[str, Any]
"""An application.json as it will be written: it may be wrong on purpose."""
Files = dict[str, bytes]
"""The folder's other files by name."""

COMMON_CONSENTS: Final = (ConsentKind.NOTICE, ConsentKind.COMMITMENT)
AS_IT_IS: Final = "as it is"


class Exhibit(NamedTuple):
    """One picture in the folder.

    Attributes:
        draw: Makes the flat page.
        kind: What it shows; tells how finely to draw it.
        role: Whose paper it passes for; also the hint.
        hint: Kind that the form names; AS_IT_IS takes the page's own, None leaves it out.
        spoil: One of specimens.photography.spoil.SPOILS, or None.
        level: Another capture level than the application's.
        adjust: Changes to the shot, by the names of specimens.photography.shot.Shot.
        part_roles: Whose each paper is, where the picture shows several.
        stream: A common stream of chance: the same exhibit in two applications of one set is
            then the same file, byte for byte.
    """

    draw: Callable[[Bench], PrintedPaper]
    kind: DocumentKind
    role: PersonRole | None
    hint: DocumentKind | str | None = AS_IT_IS
    spoil: str | None = None
    level: str | None = None
    adjust: tuple[tuple[str, Any], ...] = ()
    stream: str | None = None
    part_roles: tuple[PersonRole | None, ...] = ()


class Plan(NamedTuple):
    """One application before it is drawn.

    Attributes:
        applicant: Who asks.
        member: Who is to be bound.
        claimed: What the form says that the member is to the applicant.
        true: What the member is in truth.
        home: Where they are insured.
        exhibits: The pictures, in order.
        route: How the member's will is shown.
        consents: What was agreed to.
        method: How the member is identified.
        certificate_number: For binding by birth certificate.
        product: What is asked for.
        bound_as_pdf: All pictures are pages of one PDF file.
        twist: Changes the finished form and files, for forms that are wrong.
    """

    applicant: InventedPerson
    member: InventedPerson
    claimed: Relationship
    true: Relationship
    home: County
    exhibits: tuple[Exhibit, ...]
    route: IdentityRoute = IdentityRoute.NONE
    consents: tuple[ConsentKind, ...] = COMMON_CONSENTS
    method: BindingMethod = BindingMethod.ID_NUMBER
    certificate_number: str | None = None
    product: Product = Product.FAMILY_ACCOUNT
    twist: Callable[[Form, Files], None] | None = None
    bound_as_pdf: bool = False


class Situation(NamedTuple):
    """What happened, and what it deserves under the national policy.

    Attributes:
        name: Of the function that plans it.
        description: One sentence.
        plan: Lays out an application in it.
        honest: Whether anybody tries to deceive (a mistake is honest).
        outcome: The outcome deserved.
        codes: Reasons that must be among the findings.
        any_codes: Of these at least one must be.
        acceptable: Other outcomes that nobody could complain of.
        companion: A situation that must come before it in the same set.
        shown_by_number: Only the household number on the pages shows what is wrong.
    """

    name: str
    description: str
    plan: Callable[[Dice], Plan]
    honest: bool
    outcome: Outcome
    codes: tuple[Reason, ...] = ()
    any_codes: tuple[Reason, ...] = ()
    acceptable: tuple[Outcome, ...] = ()
    companion: str | None = None
    shown_by_number: bool = False


def situation(
    outcome: Outcome,
    *codes: Reason,
    any_of: tuple[Reason, ...] = (),
    also: tuple[Outcome, ...] = (),
    honest: bool = True,
    companion: str | None = None,
    shown_by_number: bool = False,
) -> Callable[[Callable[[Dice], Plan]], Situation]:
    """Make a plan function a situation with its deserved outcome."""

    def made(plan: Callable[[Dice], Plan]) -> Situation:
        description = (plan.__doc__ or "").strip().split("\n")[0]
        return Situation(
            plan.__name__,
            description,
            plan,
            honest,
            outcome,
            codes,
            any_of,
            also,
            companion,
            shown_by_number,
        )

    return made
