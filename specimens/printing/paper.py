"""What every paper module gives back: the flat page and the truth that it carries."""

from typing import NamedTuple

from models.reading.document import DocumentKind
from specimens.dice import Dice
from specimens.printing.print_sheet import BLACK, Corners, Pixels, Press
from specimens.printing.typefaces import StyleSet


class PrintedPaper(NamedTuple):
    """A flat page before it is photographed.

    Attributes:
        kind: What a reader should say that it is.
        image: The page, face on, edge to edge.
        fields: Normalised truth by field name; None for a field that is blank on this page.
        quads: Where the fields stand, pixels of `image`.
        long_term: 长期 is printed as the end of the term.
        width: Of the sheet, millimetres.
        marks: Facts about the page that matter to a check: "layout", "seal", "cancelled".
        parts: The papers that lie on this page, where there are several; their fields stand in
            `quads` as "1/name", "2/name".
    """

    kind: DocumentKind
    image: Pixels
    fields: dict[str, str | None]
    quads: dict[str, Corners]
    width: float
    long_term: bool = False
    marks: dict[str, str] = {}  # noqa: RUF012
    parts: tuple["PrintedPaper", ...] = ()


class Bench(NamedTuple):
    """What drawing needs besides the facts.

    Attributes:
        dice: Chance for layout, typeface and wear.
        style_set: Which typefaces and layouts may be used.
        scale: Pixels a millimetre.
        numbered: Members' pages have a place for the household number (户号), as in some provinces.
    """

    dice: Dice
    style_set: StyleSet
    scale: float
    numbered: bool = True

    def fork(self, name: str) -> "Bench":
        """The same with an independent stream of chance."""
        return self._replace(dice=self.dice.fork(name))


def invent_press(dice: Dice, *, wander: float = 0.9) -> Press:
    """A printer in some state; `wander` is the spread of its misplacement in millimetres."""
    kind = dice.weighted({"laser": 4, "dot": 2.5, "worn": 2, "heavy": 1})
    blue = dice.chance(0.1)
    return Press(
        kind=kind,
        colour=(40, 50, 110) if blue else BLACK,
        strength=dice.real(0.6, 0.85) if kind == "worn" else dice.real(0.78, 0.98),
        shift=(dice.sway(wander), dice.sway(wander * 0.8)),
        angle=dice.sway(0.25),
    )
