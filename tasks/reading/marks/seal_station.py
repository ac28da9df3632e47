"""The police station that the seal of a hukou book's page or cover names (某某公安局某某派出所).

Two pages of one book bear the seal of one station, so it ties them where no household number is
printed. A wrong one would part an honest family's pages: it is sure only where two strips of the
rim, cut at different radii, read alike, or where all of them read as one do: what a form's print
covers in one strip another shows. The office above the station is not taken along: its first
letters stand at the seal's worn lower rim.
"""

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Final, NamedTuple

from models.reading.document import DocumentKind, FieldReading, Quad
from tasks.reading.confidence.witnesses import ONE_ENGINE, READ_TWICE_OTHERWISE
from tasks.reading.engines.mean_emissions import read_as_one
from tasks.reading.engines.page_lines import PageLines
from tasks.reading.engines.text_lines import Glyph, Recognised, TextReader
from tasks.reading.files.picture import Pixels
from tasks.reading.kinds.registry import SPECS
from tasks.reading.layout.read_field import Fields
from tasks.reading.marks.round_seal import SealOutline
from tasks.reading.marks.seal_strips import OTHER_RINGS, RINGS, legible_rims, rim_strips

STATION: Final = "station"
ENDING: Final = "派出所"
_NUMBER: Final = "household_number"
_LEAST: Final = 0.5
"""A letter's confidence below which the name is a guess, which nothing can bear out."""
_PLAIN: Final = 0.85
"""A letter's confidence from which two strips that read alike are sure. Of 134 photographed pages
(36 of the tuning styles from seed 3001; held out: 32 from 3101, 36 from 90401, 30 from 90501) 101
were sure by this or by the next rule, none of them wrongly; at 0.8 one was. Without the strips read
as one, and what of the rim may be misread, it were 89. On other pages 双塔 was surely read as 双场
and as 双送."""
_PLAIN_AS_ONE: Final = 0.8
"""The same of the strips read as one; a wrong name came to 0.72."""
_NO_STATION: Final = "公安厅"
"""How the seal of a province's office, which most covers bear beside the station's, ends."""
_EVEN: Final = 1.6
"""Usual distances between neighbours from which a letter between them was lost."""
_LOST: Final = "□"
"""Stands where a letter was lost: no letter of a station, but perhaps one of what is around it."""
_WORDS: Final = re.compile(
    r"(?:[局区县市旗]|公安.|分.)((?:(?![局分]|公安)[一-鿿]){2,6}?)(派出.?|派.所|.出所|.出.?$)"
)
"""The station between the office or place above it and the ending, of which a letter may be lost
or misread, at the rim's end two."""


class _Named(NamedTuple):
    """What one strip says, and how sure its least sure letter is."""

    station: str
    confidence: float


def seal_station(
    page_lines: PageLines, kind: DocumentKind, fields: Fields, reader: TextReader
) -> Fields:
    """The field `station`, for a paper that names it in a seal.

    A cover bears the seal of the province beside it; a page that prints a household number needs
    none.

    Args:
        page_lines: The upright page.
        kind: What paper it is.
        fields: What was read of it; with a household number the seal is not looked at.
        reader: Reads the strips.

    Returns:
        Nothing where the seal was not read: nobody is asked for a better one.
    """
    if not names_station(kind, fields):
        return {}
    for rim in legible_rims(page_lines.image, page_lines.small, page_lines.small_quads):
        if named := _station_on(page_lines, rim, reader):
            return {STATION: _field(named, rim)}
    return {}


def names_station(kind: DocumentKind, fields: Mapping[str, FieldReading]) -> bool:
    """Whether a paper's seal is looked at: one of a kind that needs it, by what was read of it."""
    number = fields.get(_NUMBER)
    numbered = number is not None and number.value is not None
    sealed = SPECS[kind].seal_names_station
    return sealed == "always" or (sealed == "unnumbered" and not numbered)


def _station_on(
    page_lines: PageLines, rim: SealOutline, reader: TextReader
) -> tuple[str, float] | None:
    """The station that a rim names; None where it names none, or is not read."""
    strips: tuple[Pixels, ...] = ()
    guess = None
    for rings in (RINGS, OTHER_RINGS):
        first, *others = rim_strips(page_lines.image, rim, rings)
        strips = (*strips, first, *others)
        read = reader.recognise((first,))
        if names_no_station(read[0]):
            return None
        named = station_named((*read, *reader.recognise(tuple(others))))
        if named and named[1] == ONE_ENGINE:
            return named
        guess = guess or named
    return station_read_as_one(read_as_one(strips, reader)) or guess


def names_no_station(read: Recognised) -> bool:
    """Whether a strip is so surely read, as 某省公安厅, that no other would name a station."""
    plain = min((glyph.confidence for glyph in read.glyphs), default=0.0) >= _PLAIN
    return plain and read.text.endswith(_NO_STATION)


def station_named(read: tuple[Recognised, ...]) -> tuple[str, float] | None:
    """The station that the strips name, and the confidence in it; None where none names one.

    Args:
        read: The rim, read more than once.
    """
    said = [named for strip in read if (named := _named(strip))]
    if not said:
        return None
    best = max(said, key=lambda named: named.confidence)
    alike = len(said) == len(read) and len({named.station for named in said}) == 1
    least = min(named.confidence for named in said)
    sure = alike and least >= _PLAIN
    confidence = ONE_ENGINE if sure else min(READ_TWICE_OTHERWISE, best.confidence)
    return best.station, confidence


def station_read_as_one(read: Recognised) -> tuple[str, float] | None:
    """The station that several strips read as one name, and the confidence in it."""
    named = _named(read)
    if named is None:
        return None
    sure = named.confidence >= _PLAIN_AS_ONE
    return named.station, ONE_ENGINE if sure else min(READ_TWICE_OTHERWISE, named.confidence)


def _named(read: Recognised) -> _Named | None:
    glyphs = tuple(_with_lost_ones(read.glyphs))
    words = _WORDS.search("".join(glyph.text for glyph in glyphs))
    if words is None:
        return None
    confidence = min(glyph.confidence for glyph in glyphs[words.start(1) : words.end(1)])
    return _Named(words[1], confidence) if confidence >= _LEAST else None


def _with_lost_ones(glyphs: tuple[Glyph, ...]) -> Iterator[Glyph]:
    """The letters, and one that stands for what was lost wherever the rim's even row has a gap."""
    steps = sorted(b.place - a.place for a, b in pairwise(glyphs))
    usual = steps[len(steps) // 2] if steps else 0.0
    yield from glyphs[:1]
    for before, after in pairwise(glyphs):
        gap = after.place - before.place
        lost = round(gap / usual) - 1 if gap > _EVEN * usual else 0
        yield from (Glyph(_LOST, 0.0, before.place + usual * (i + 1)) for i in range(lost))
        yield after


def _field(named: tuple[str, float], rim: SealOutline) -> FieldReading:
    station, confidence = named
    text = f"{station}{ENDING}"
    return FieldReading(value=text, raw=text, confidence=confidence, quad=_around(rim))


def _around(rim: SealOutline) -> Quad:
    (x, y), reach = rim.centre, rim.axes[1] / 2
    return (
        (x - reach, y - reach),
        (x + reach, y - reach),
        (x + reach, y + reach),
        (x - reach, y + reach),
    )
