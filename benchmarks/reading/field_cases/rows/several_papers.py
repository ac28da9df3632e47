"""Several papers in one picture: sheets of copies, an open book, two sides in unlike directions."""

from types import MappingProxyType
from typing import Final

from benchmarks.reading.field_cases.case import CaseDice, DrawCase, FieldCase, case_of
from models.reading.document import DocumentKind
from specimens.applications.any_paper import any_paper
from specimens.applications.draw_paper import DrawnPaper, take_picture
from specimens.papers.copied_sheet import SheetLayout, copy_to_sheet
from specimens.papers.hukou.cover_page import draw_hukou_cover
from specimens.papers.hukou.member_page import draw_hukou_member
from specimens.papers.id_card import draw_emblem_side, draw_portrait_side
from specimens.papers.together import Arrangement, arrange
from specimens.people.families import InventedFamily, invent_family
from specimens.people.households import Household, invent_household
from specimens.people.person import card_term
from specimens.photography.bind_pdf import bind_pdf
from specimens.photography.shot import Shot
from specimens.printing.paper import Bench, PrintedPaper

SCAN: Final = 8.0  # pixels a millimetre: 203 dots an inch
FINE: Final = 13.0  # of a 12-megapixel photograph of an A4 sheet
MEMBERS: Final = ("father", "mother", "child1", "grandmother")


class Book:
    """A family with its hukou book and its cards, all drawn at one scale."""

    def __init__(self, given: CaseDice, scale: float) -> None:
        """Invent them."""
        self._bench = Bench(given.dice.fork("bench"), given.style_set, scale)
        dice = given.dice.fork("family")
        self.family: InventedFamily = invent_family(dice, child_ages=[dice.whole(1, 17)])
        house = invent_household(
            self.family, "father", (*MEMBERS[1:], "mothers_mother"), dice.fork("house")
        )
        self.house: Household = house._replace(numbered=dice.chance(0.5))

    def member(self, key: str) -> PrintedPaper:
        """A member's page."""
        return draw_hukou_member(self.family.people[key], self.house, self._bench.fork(key))

    def cover(self) -> PrintedPaper:
        """The first page."""
        return draw_hukou_cover(self.house, self._bench.fork("cover"))

    def broken_cover(self) -> PrintedPaper:
        """The first page with an address whose last character stands alone on a second line."""
        length = self._bench.dice.fork("length").whole(12, 17)
        house = self.house._replace(address=(self.house.address * 2)[:length] + "号")
        return draw_hukou_cover(house, self._bench.fork("cover"), broken_after=length)

    def card(self, key: str) -> tuple[PrintedPaper, PrintedPaper]:
        """Both sides of an ID card."""
        person, bench = self.family.people[key], self._bench.fork(f"card of {key}")
        term = card_term(person, bench.dice.fork("term"), expired=False)
        return draw_portrait_side(person, bench), draw_emblem_side(term, bench.fork("emblem"))

    def certificate(self, kind: DocumentKind) -> PrintedPaper:
        """Somebody's paper of another kind."""
        return any_paper(kind, self._bench.fork(kind.value))


def scanned(papers: tuple[PrintedPaper, ...], layout: SheetLayout, given: CaseDice) -> DrawnPaper:
    """Papers on a sheet as a scanner shows them."""
    sheet = copy_to_sheet(papers, layout, given.dice.fork("sheet"))
    return take_picture(sheet, "scan", given.dice.fork("scan"), shot=scan_shot(sheet, given))


def scan_shot(sheet: PrintedPaper, given: CaseDice, dots: int = 200) -> Shot:
    """A scanner's picture of a sheet at so many dots an inch."""
    dice = given.dice.fork("scan shot")
    return Shot(
        long_side=round(sheet.width / 25.4 * dots), fill=1.0, tilt=0.0, skew=dice.sway(0.4),
        light=0.02, noise=dice.real(0.5, 2.0), blur=dice.real(0.0, 0.4),
        quality=dice.whole(80, 94), flat=True,
    )  # fmt: skip


def photo_shot(given: CaseDice, megapixels: float) -> Shot:
    """A telephone's photograph of so many megapixels, 4 to 3, in an even hand."""
    dice = given.dice.fork("photo shot")
    return Shot(
        long_side=round((megapixels * 1e6 * 4 / 3) ** 0.5),
        fill=dice.real(0.84, 0.95),
        tilt=dice.real(0.01, 0.03),
        skew=dice.sway(1.5),
        bend=dice.real(0, 3),
        light=dice.real(0.05, 0.2),
        blur=dice.real(0.2, 0.7),
        noise=dice.real(1.5, 3.5),
        quality=dice.whole(80, 93),
    )


def photographed(
    papers: tuple[PrintedPaper, ...], layout: SheetLayout, given: CaseDice, megapixels: float
) -> DrawnPaper:
    """Papers on a sheet as a telephone shows them."""
    sheet = copy_to_sheet(papers, layout, given.dice.fork("sheet"))
    shot = photo_shot(given, megapixels)
    return take_picture(sheet, "phone", given.dice.fork("photo"), shot=shot)


def _four_scanned(given: CaseDice) -> FieldCase:
    book = Book(given, SCAN)
    layout = SheetLayout(2, 2, given.dice.real(0.6, 0.7), landscape=given.dice.chance(0.4))
    return case_of("2 x 2 pages", scanned(tuple(map(book.member, MEMBERS)), layout, given))


def _four_photographed(given: CaseDice) -> FieldCase:
    book = Book(given, 9.0)
    pages = tuple(map(book.member, MEMBERS))
    covered = given.dice.chance(0.5)
    pages = (book.cover(), *pages[:3]) if covered else pages
    layout = SheetLayout(2, 2, given.dice.real(0.6, 0.7))
    return case_of("2 x 2 at 3 MP", photographed(pages, layout, given, 3))


def _two_photographed(given: CaseDice) -> FieldCase:
    book = Book(given, FINE)
    pages = (book.member("father"), book.member("mother"))
    layout = SheetLayout(2, 1, given.dice.real(0.85, 1.0), landscape=True)
    return case_of("side by side", photographed(pages, layout, given, 12))


def _cover_above(given: CaseDice) -> FieldCase:
    book = Book(given, FINE)
    pages = (book.cover(), book.member(given.dice.pick(MEMBERS)))
    layout = SheetLayout(1, 2, given.dice.real(0.8, 1.0))
    return case_of("cover above a page", photographed(pages, layout, given, 12))


def _card_scanned(given: CaseDice) -> FieldCase:
    book = Book(given, FINE)
    sides = book.card(given.dice.pick(("father", "mother")))
    layout = SheetLayout(1, 2, margin=given.dice.real(2, 12), grey=given.dice.chance(0.3))
    sheet = copy_to_sheet(sides, layout, given.dice.fork("sheet"))
    shot = scan_shot(sheet, given, given.dice.whole(280, 320))
    drawn = take_picture(sheet, "scan", given.dice.fork("scan"), shot=shot)
    case = case_of("both sides scanned", drawn)
    return case._replace(data=bind_pdf([case.data])) if given.dice.chance(0.3) else case


def _card_copied(given: CaseDice) -> FieldCase:
    book = Book(given, FINE)
    sides = book.card(given.dice.pick(("father", "mother")))
    layout = SheetLayout(1, 2, grey=given.dice.chance(0.2))
    return case_of("both sides, copy", photographed(sides, layout, given, 12))


def _unlike_directions(given: CaseDice) -> FieldCase:
    book = Book(given, FINE)
    sides = book.card(given.dice.pick(("father", "mother")))
    turns = given.dice.pick(((0, 180), (180, 0), (0, 90), (270, 0), (90, 270)))
    layout = SheetLayout(1, 2, turns=turns)
    return case_of(f"sides turned {turns}", photographed(sides, layout, given, 12))


def _six_mixed(given: CaseDice) -> FieldCase:
    book, dice = Book(given, 11.0), given.dice.fork("which")
    both = (*book.card("father"), *book.card("mother"))
    pages = [book.cover(), *map(book.member, MEMBERS)]
    chosen = tuple(pages[:4]) + both[:2] if dice.chance(0.5) else (*pages, both[0])
    papers = tuple(dice.some(chosen, len(chosen)))
    layout = SheetLayout(2, 3, dice.real(0.6, 0.75))
    if dice.chance(0.5):
        return case_of("2 x 3 photographed", photographed(papers, layout, given, 12))
    return case_of("2 x 3 scanned", scanned(papers, layout, given))


def _two_mixed(given: CaseDice) -> FieldCase:
    book, dice = Book(given, 9.0), given.dice.fork("which")
    papers = tuple(dice.some([book.cover(), *map(book.member, MEMBERS)], 2))
    turned = (0, 180) if dice.chance(0.2) else ()
    layout = SheetLayout(1, 2, dice.real(0.6, 1.0), turns=turned)
    if dice.chance(0.5):
        return case_of("2 photographed", photographed(papers, layout, given, 3))
    return case_of("2 scanned", scanned(papers, layout, given))


def _four_cards(given: CaseDice) -> FieldCase:
    book = Book(given, FINE)
    cards = (*book.card("father"), *book.card("mother"))
    layout = SheetLayout(2, 2, given.dice.real(0.85, 1.0))
    if given.dice.chance(0.5):
        return case_of("4 card sides photographed", photographed(cards, layout, given, 12))
    return case_of("4 card sides scanned", scanned(cards, layout, given))


def _open_book(given: CaseDice) -> FieldCase:
    book, dice = Book(given, 10.0), given.dice.fork("which")
    first, second = dice.some([book.cover(), *map(book.member, MEMBERS)], 2)
    how: Arrangement = "book" if dice.chance(0.5) else "beside"
    page = arrange((first, second), dice.fork("arrange"), how)
    shot = photo_shot(given, dice.pick((3, 12)))
    return case_of(
        f"open book, {how}", take_picture(page, "phone", given.dice.fork("p"), shot=shot)
    )


def _one_certificate(given: CaseDice) -> FieldCase:
    kind = DocumentKind.BIRTH_CERTIFICATE
    paper = Book(given, 10.0).certificate(kind)
    shot = photo_shot(given, given.dice.pick((3, 12)))
    return case_of("certificate", take_picture(paper, "phone", given.dice.fork("p"), shot=shot))


def _broken_address(given: CaseDice) -> FieldCase:
    paper = Book(given, 12.0).broken_cover()
    shot = photo_shot(given, given.dice.pick((3, 12)))
    return case_of(
        "one character below", take_picture(paper, "phone", given.dice.fork("p"), shot=shot)
    )


def _close_together(given: CaseDice) -> FieldCase:
    """Four or six pages with hardly a gap between them, one in three the other way up."""
    book, dice = Book(given, 10.0), given.dice.fork("which")
    rows = dice.pick((2, 3))
    pages = dice.some([book.cover(), *map(book.member, (*MEMBERS, "mothers_mother"))], 2 * rows)
    turns = tuple(dice.weighted({0: 2, 180: 1}) for _ in pages) if dice.chance(0.4) else ()
    layout = SheetLayout(2, rows, dice.real(0.6, 0.7), turns=turns, gap=dice.real(2.0, 6.0))
    name = f"2 x {rows} close together"
    if dice.chance(0.5):
        return case_of(name, photographed(tuple(pages), layout, given, 12))
    return case_of(name, scanned(tuple(pages), layout, given))


ROWS: Final[MappingProxyType[str, DrawCase]] = MappingProxyType(
    {
        "A1": _four_scanned,
        "A2": _four_photographed,
        "A3": _two_photographed,
        "A3b": _cover_above,
        "B1": _card_scanned,
        "B1b": _card_copied,
        "F": _broken_address,
        "I": _one_certificate,
        "J": _unlike_directions,
        "S2": _two_mixed,
        "S4": _four_cards,
        "S6": _six_mixed,
        "S6b": _close_together,
        "S2b": _open_book,
    }
)
