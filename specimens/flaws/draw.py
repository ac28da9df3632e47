"""A paper of a kind photographed with a flaw: the twin of what `draw_paper` draws of its seed."""

import numpy as np

from models.reading.document import DocumentKind
from specimens.applications.any_paper import any_paper
from specimens.applications.draw_paper import DrawnPaper, encode, paper_scale
from specimens.dice import Dice
from specimens.flaws.flaw import FlawVariant
from specimens.flaws.portrait_swaps import CARD
from specimens.photography.capture import photograph
from specimens.photography.shot import invent_shot
from specimens.printing.paper import Bench

_ROUNDED = frozenset({DocumentKind.ID_CARD_PORTRAIT, DocumentKind.ID_CARD_EMBLEM})


def draw_flawed(
    kind: DocumentKind, seed: int, way: FlawVariant | None, level: str = "phone"
) -> DrawnPaper:
    """The paper that `draw_paper` gives for this seed, taken in the same way, but for one flaw.

    Args:
        kind: Which paper.
        seed: 0 to 9,999 for tuning.
        way: The flaw; None draws the honest twin.
        level: "scan", "phone" or "hard".
    """
    dice = Dice(seed, kind.value, "tuning")
    bench = Bench(dice.fork("bench"), "tuning", paper_scale(kind, level))
    paper = any_paper(kind, bench)
    chance = dice.fork("flaw")
    if way and way.paper:
        # The flaw's own chance begins where the paper's did, so that it can draw it again.
        paper = way.paper(paper, Bench(dice.fork("bench"), "tuning", bench.scale))
    taking = dice.fork(level)
    shot = invent_shot(level, paper.width, taking.fork("shot"))
    rounded = kind in _ROUNDED and paper.width <= CARD[0]
    shot = shot._replace(bend=0.0) if kind in _ROUNDED else shot
    shot = way.shot(shot, chance) if way and way.shot else shot
    photo = photograph(paper.image, paper.quads, shot, taking.fork("photo"), rounded=rounded)
    if way and way.photo:
        photo = way.photo(photo, chance)
        photo = photo._replace(image=np.ascontiguousarray(photo.image))
    return encode(paper, photo, shot, level)
