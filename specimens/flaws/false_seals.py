"""Papers without their seal, or with one that does not belong there."""

from typing import Final

from models.reading.document import DocumentKind
from specimens.applications.any_paper import any_paper
from specimens.dice import Dice
from specimens.printing.paper import Bench, PrintedPaper
from specimens.printing.print_sheet import Colour, PrintSheet
from specimens.printing.printed_seals import round_seal, seal_red
from specimens.printing.typefaces import pick_typeface

_INK: Final[tuple[Colour, ...]] = ((40, 60, 170), (110, 50, 150), (60, 60, 70), (30, 120, 70))


def unsealed(paper: PrintedPaper, bench: Bench) -> PrintedPaper:
    """No seal at all."""
    return _bare(paper, bench)


def other_ink(paper: PrintedPaper, bench: Bench) -> PrintedPaper:
    """A seal in blue, violet, black or green."""
    dice = bench.dice.fork("false seal")
    return _sealed(_bare(paper, bench), bench, dice, "公安局城关派出所", dice.pick(_INK))


def only_a_clerk(paper: PrintedPaper, bench: Bench) -> PrintedPaper:
    """A shop's small red stamp in a corner instead of the office's seal."""
    dice = bench.dice.fork("false seal")
    return _sealed(_bare(paper, bench), bench, dice, "便民打印店", seal_red(dice), size=11.0)


def _bare(paper: PrintedPaper, bench: Bench) -> PrintedPaper:
    return any_paper(paper.kind, bench, seals=False)


def _sealed(
    paper: PrintedPaper, bench: Bench, dice: Dice, rim: str, ink: Colour, *, size: float = 30.0
) -> PrintedPaper:
    height = paper.image.shape[0] / bench.scale
    sheet = PrintSheet(paper.width, height, bench.scale, paper.image)
    face = pick_typeface(("song", "hei"), bench.style_set, dice)
    cover = round_seal(rim, "专用章", face, round(size * bench.scale), dice)
    sheet.stamp(paper.width * dice.real(0.35, 0.75), height * dice.real(0.6, 0.8), cover, ink)
    return paper._replace(image=sheet.finish())


SEALED: Final = (
    DocumentKind.HUKOU_COVER,
    DocumentKind.HUKOU_MEMBER,
    DocumentKind.BIRTH_CERTIFICATE,
)
