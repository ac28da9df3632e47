"""Papers that are small in their picture, and a screenshot of a photograph."""

import functools
from types import MappingProxyType
from typing import Final

from benchmarks.reading.field_cases.case import CaseDice, DrawCase, FieldCase, case_of
from benchmarks.reading.field_cases.rows.several_papers import photo_shot
from models.checks.reason import Reason
from models.reading.document import DocumentKind
from specimens.applications.any_paper import any_paper
from specimens.applications.draw_paper import encode, take_picture
from specimens.photography.capture import photograph
from specimens.photography.screenshot import take_screenshot
from specimens.printing.paper import Bench

_CARDS: Final = (DocumentKind.ID_CARD_PORTRAIT, DocumentKind.ID_CARD_EMBLEM)


def _small_card(given: CaseDice, share: float) -> FieldCase:
    """One card as wide as this share of the long side of a 12-megapixel photograph."""
    kind = given.dice.fork("kind").pick((_CARDS[0], _CARDS[0], _CARDS[1]))
    paper = any_paper(kind, Bench(given.dice.fork("bench"), given.style_set, 14.0))
    shot = photo_shot(given, 12)._replace(fill=share, skew=given.dice.sway(4), bend=0.0)
    drawn = take_picture(paper, "phone", given.dice.fork("photo"), shot=shot)
    return case_of(f"card at {share:.0%}", drawn)


def _screenshot(given: CaseDice) -> FieldCase:
    kinds = (*_CARDS, DocumentKind.HUKOU_MEMBER, DocumentKind.HUKOU_COVER)
    kind = given.dice.fork("kind").pick(kinds)
    paper = any_paper(kind, Bench(given.dice.fork("bench"), given.style_set, 12.0))
    shot = photo_shot(given, 4)
    photo = photograph(paper.image, paper.quads, shot, given.dice.fork("photo"), rounded=False)
    shown = take_screenshot(photo, given.dice.fork("screen"))
    case = case_of(f"screenshot of {kind}", encode(paper, shown, shot, "phone"))
    return case._replace(wanted=frozenset({Reason.SCREEN_OR_COPY.value}))


ROWS: Final[MappingProxyType[str, DrawCase]] = MappingProxyType(
    {
        "B2-10": functools.partial(_small_card, share=0.10),
        "B2-15": functools.partial(_small_card, share=0.15),
        "B2-25": functools.partial(_small_card, share=0.25),
        "L-screenshot": _screenshot,
    }
)
