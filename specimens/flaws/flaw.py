"""A flaw and the ways in which it comes about."""

from collections.abc import Callable
from typing import NamedTuple

from models.reading.document import DocumentKind
from specimens.dice import Dice
from specimens.photography.capture import Photo
from specimens.photography.shot import Shot
from specimens.printing.paper import Bench, PrintedPaper

OnPaper = Callable[[PrintedPaper, Bench], PrintedPaper]
OnShot = Callable[[Shot, Dice], Shot]
OnPhoto = Callable[[Photo, Dice], Photo]


class FlawVariant(NamedTuple):
    """One way of doing it, at one moment: to the paper, while taking the picture, or after.

    Attributes:
        name: Says how.
        held_out: Never looked at while tuning; measured at the end only.
        paper: What is done to the flat paper.
        shot: How the picture is taken.
        photo: What is done to the picture.
        kinds: On which papers; None where the flaw says so.
    """

    name: str
    held_out: bool = False
    paper: OnPaper | None = None
    shot: OnShot | None = None
    photo: OnPhoto | None = None
    kinds: tuple[DocumentKind, ...] | None = None


class Flaw(NamedTuple):
    """A flaw with all its ways and the papers on which it is seen.

    Attributes:
        name: As tables print it.
        kinds: The papers on which it matters.
        ways: How it comes about.
    """

    name: str
    kinds: tuple[DocumentKind, ...]
    ways: tuple[FlawVariant, ...]
