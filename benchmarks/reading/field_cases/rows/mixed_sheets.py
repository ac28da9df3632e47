"""Papers of unlike kinds and sizes in one picture: certificates, cards and pages on one sheet."""

from types import MappingProxyType
from typing import Final

import cv2
import numpy as np

from benchmarks.reading.field_cases.case import CaseDice, DrawCase, FieldCase, case_of
from benchmarks.reading.field_cases.rows.several_papers import (
    FINE,
    MEMBERS,
    Book,
    photo_shot,
    photographed,
    scanned,
)
from models.reading.document import DocumentKind
from specimens.applications.draw_paper import take_picture
from specimens.papers.copied_sheet import SheetLayout
from specimens.papers.together import Arrangement, arrange
from specimens.printing.paper import PrintedPaper

_CERTIFICATES: Final = (
    DocumentKind.MARRIAGE_CERTIFICATE,
    DocumentKind.BIRTH_CERTIFICATE,
    DocumentKind.KINSHIP_NOTARIAL,
    DocumentKind.INSURANCE_CERTIFICATE,
)


def _certificate_and_one(given: CaseDice) -> FieldCase:
    book, dice = Book(given, 12.0), given.dice.fork("which")
    kind = dice.pick(_CERTIFICATES)
    front, back = book.card("mother")
    other = dice.pick((front, back, book.member("child1"), book.cover()))
    papers = tuple(dice.some((book.certificate(kind), other), 2))
    layout = SheetLayout(1, 2, dice.real(0.7, 1.0))
    return _taken(f"{kind} and {other.kind}", papers, layout, given)


def _certificates_among_four(given: CaseDice) -> FieldCase:
    book, dice = Book(given, 12.0), given.dice.fork("which")
    chosen = (*map(book.certificate, dice.some(_CERTIFICATES, 2)), book.member("mother"))
    papers = tuple(dice.some((*chosen, book.card("father")[0]), 4))
    layout = SheetLayout(2, 2, dice.real(0.6, 0.75), landscape=dice.chance(0.5))
    return _taken("certificates among four", papers, layout, given)


def _page_and_card(given: CaseDice) -> FieldCase:
    """One lies beside or under the other, and is smaller."""
    book, dice = Book(given, FINE), given.dice.fork("which")
    card = _shrunk(dice.pick(book.card("father")), dice.real(0.6, 1.0))
    page = dice.pick((book.cover(), book.member(dice.pick(MEMBERS))))
    papers = tuple(dice.some((page, card), 2))
    beside = dice.chance(0.4)
    layout = SheetLayout(2, 1, 1.0, landscape=True) if beside else SheetLayout(1, 2, 1.0)
    return _taken(f"{page.kind} and {card.kind}", papers, layout, given)


def _sides_close(given: CaseDice) -> FieldCase:
    """Both sides of a card: hardly a gap, one smaller, one the other way up."""
    book, dice = Book(given, FINE), given.dice.fork("which")
    front, back = book.card(dice.pick(("father", "mother")))
    if dice.chance(0.4):
        back = _shrunk(back, dice.real(0.55, 0.85))
    papers = (front, back) if dice.chance(0.6) else (back, front)
    turns = dice.pick(((), (0, 180), (180, 0), (0, 270)))
    if turns and turns[1] % 180:
        layout = SheetLayout(1, 2, turns=turns)
    else:
        layout = SheetLayout(1, 2, turns=turns, gap=dice.real(1.0, 6.0))
    return _taken(f"sides close, turned {turns}", papers, layout, given)


def _on_a_table(given: CaseDice) -> FieldCase:
    """A page or a certificate and a card on a table, or one upon the other."""
    book, dice = Book(given, FINE), given.dice.fork("which")
    other = dice.pick((book.member("father"), book.certificate(dice.pick(_CERTIFICATES))))
    how: Arrangement = dice.pick(("scattered", "sheet", "turned_sheet"))
    first, second = other, book.card("mother")[0]
    page = arrange((first, second), dice.fork("arrange"), how)
    shot = photo_shot(given, 12)
    drawn = take_picture(page, "phone", given.dice.fork("p"), shot=shot)
    return case_of(f"{first.kind} and a card, {how}", drawn)


def _taken(
    name: str, papers: tuple[PrintedPaper, ...], layout: SheetLayout, given: CaseDice
) -> FieldCase:
    if given.dice.fork("how").chance(0.5):
        return case_of(f"{name}, photographed", photographed(papers, layout, given, 12))
    return case_of(f"{name}, scanned", scanned(papers, layout, given))


def _shrunk(paper: PrintedPaper, share: float) -> PrintedPaper:
    """A paper that a copier made smaller."""
    size = (round(paper.image.shape[1] * share), round(paper.image.shape[0] * share))
    image = np.asarray(cv2.resize(paper.image, size, interpolation=cv2.INTER_AREA), np.uint8)
    quads = {name: quad * share for name, quad in paper.quads.items()}
    return paper._replace(image=image, quads=quads, width=paper.width * share)


ROWS: Final[MappingProxyType[str, DrawCase]] = MappingProxyType(
    {
        "C2": _certificate_and_one,
        "C4": _certificates_among_four,
        "K1": _sides_close,
        "K2": _page_and_card,
        "K3": _on_a_table,
    }
)
