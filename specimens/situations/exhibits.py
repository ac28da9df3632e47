"""The pictures that people upload, ready to be laid into a plan."""

from models.intake.application import PersonRole, Relationship
from models.reading.document import DocumentKind
from specimens.dice import Dice
from specimens.papers.certificates.birth import Birth, draw_birth_certificate
from specimens.papers.certificates.commitment import draw_commitment_letter
from specimens.papers.hukou.cover_page import draw_hukou_cover
from specimens.papers.hukou.member_page import draw_hukou_member
from specimens.papers.id_card import draw_emblem_side, draw_portrait_side
from specimens.papers.lookalike import draw_lookalike
from specimens.papers.selfie import copy_portrait, take_selfie
from specimens.papers.together import lay_together
from specimens.people.families import InventedFamily
from specimens.people.households import Household
from specimens.people.person import TODAY, InventedPerson, card_term
from specimens.people.portraits import Shot
from specimens.printing.paper import Bench, PrintedPaper
from specimens.situations.situation import Exhibit

APPLICANT, MEMBER = PersonRole.APPLICANT, PersonRole.MEMBER


def card(
    person: InventedPerson, role: PersonRole, dice: Dice, *, expired: bool = False
) -> tuple[Exhibit, Exhibit]:
    """Both sides of somebody's card."""
    return portrait_side(person, role), emblem_side(person, role, dice, expired=expired)


def portrait_side(person: InventedPerson, role: PersonRole) -> Exhibit:
    """The side with the face."""
    return Exhibit(
        lambda bench: draw_portrait_side(person, bench), DocumentKind.ID_CARD_PORTRAIT, role
    )


def emblem_side(
    person: InventedPerson, role: PersonRole, dice: Dice, *, expired: bool = False
) -> Exhibit:
    """The side with the term."""
    term = card_term(person, dice.fork(f"term {person.key}"), expired=expired)
    return Exhibit(lambda bench: draw_emblem_side(term, bench), DocumentKind.ID_CARD_EMBLEM, role)


def cover(house: Household, *, seals: bool = True) -> Exhibit:
    """The book's first page."""
    return Exhibit(
        lambda bench: draw_hukou_cover(house, bench, seals=seals), DocumentKind.HUKOU_COVER, None
    )


def page(
    family: InventedFamily,
    key: str,
    house: Household,
    role: PersonRole,
    *,
    seals: bool = True,
    stamp: str | None = None,
    word: str | None = None,
) -> Exhibit:
    """Somebody's page in a book."""
    person = family.people[key]
    return Exhibit(
        lambda bench: draw_hukou_member(person, house, bench, seals=seals, stamp=stamp, word=word),
        DocumentKind.HUKOU_MEMBER,
        role,
    )


def pages(
    family: InventedFamily, house: Household, applicant: str, member: str, *, seals: bool = True
) -> tuple[Exhibit, ...]:
    """The cover and the pages of both."""
    return (
        cover(house, seals=seals),
        page(family, applicant, house, APPLICANT, seals=seals),
        page(family, member, house, MEMBER, seals=seals),
    )


def certificate(birth: Birth, role: PersonRole | None = MEMBER) -> Exhibit:
    """A birth certificate."""
    return Exhibit(
        lambda bench: draw_birth_certificate(birth, bench), DocumentKind.BIRTH_CERTIFICATE, role
    )


def both_sides(person: InventedPerson, role: PersonRole, dice: Dice) -> Exhibit:
    """Both sides of a card, one above the other on a white sheet."""
    term = card_term(person, dice.fork(f"term {person.key}"))

    def draw(bench: Bench) -> PrintedPaper:
        sides = (
            draw_portrait_side(person, bench.fork("1")),
            draw_emblem_side(term, bench.fork("2")),
        )
        return lay_together(sides, bench.dice.fork("together"), on_sheet=True)

    return Exhibit(draw, DocumentKind.OTHER, role, hint=None, part_roles=(role, role))


def open_book(family: InventedFamily, house: Household, applicant: str, member: str) -> Exhibit:
    """The pages of both in one picture."""

    def draw(bench: Bench) -> PrintedPaper:
        both = tuple(
            draw_hukou_member(family.people[key], house, bench.fork(key))
            for key in (applicant, member)
        )
        return lay_together(both, bench.dice.fork("together"), on_sheet=False)

    return Exhibit(
        draw,
        DocumentKind.OTHER,
        None,
        hint=None,
        adjust=(("fill", 0.93),),
        part_roles=(APPLICANT, MEMBER),
    )


def selfie(person: InventedPerson, *, shot: Shot = "selfie") -> Exhibit:
    """A picture of this person, handed in as the member's."""
    return Exhibit(lambda bench: take_selfie(person, bench, shot=shot), DocumentKind.SELFIE, MEMBER)


def copied_selfie(person: InventedPerson) -> Exhibit:
    """A picture of the card's own portrait, handed in as a selfie."""
    return Exhibit(lambda bench: copy_portrait(person, bench), DocumentKind.SELFIE, MEMBER)


def letter(
    applicant: InventedPerson,
    member: InventedPerson,
    relationship: Relationship,
    *,
    signed: bool = True,
) -> Exhibit:
    """A signed commitment on paper."""
    return Exhibit(
        lambda bench: draw_commitment_letter(
            applicant, member, relationship, TODAY, bench, signing="ink" if signed else "none"
        ),
        DocumentKind.COMMITMENT_LETTER,
        APPLICANT,
    )


def lookalike(
    which: str, person: InventedPerson, role: PersonRole, hint: DocumentKind | None
) -> Exhibit:
    """Something else under a wrong name."""
    return Exhibit(
        lambda bench: draw_lookalike(which, person, bench), DocumentKind.OTHER, role, hint
    )
