"""Does the seal on one page name the station that the seal on another page surely names?

The seal need not be read for that: its worn letters only have to tell the station from what looks
like it. The words along the rim are unrolled as reading does it.
"""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from models.reading.document import DocumentReading, Quad
from tasks.reading.confidence.stated_values import StatedMargin
from tasks.reading.engines.mean_emissions import mean_emissions
from tasks.reading.engines.page_lines import LONG_SIDE
from tasks.reading.engines.text_lines import TextReader
from tasks.reading.files.picture import Pixels, ScaledPage
from tasks.reading.image.geometry import scaled_quad, turn_quad
from tasks.reading.image.pixels import reduced, turn_image
from tasks.reading.likelihood.emissions import LineEmissions
from tasks.reading.likelihood.text_lattice import log_likelihoods
from tasks.reading.marks.seal_station import ENDING
from tasks.reading.marks.seal_strips import OTHER_RINGS, RINGS, legible_rims, rim_strips
from tasks.reading.stated_values.rivals import name_rivals

_CANDIDATES: Final = 5  # characters of a frame that may stand there


class AskedSeal(NamedTuple):
    """A paper, and the stations that its seal may name."""

    paper: DocumentReading
    stations: tuple[str, ...]


def compare_seals(
    asked: AskedSeal, page: ScaledPage, reader: TextReader
) -> tuple[StatedMargin | None, ...]:
    """How each station fares on a paper's seals.

    Args:
        asked: The paper, and stations as reading gives them (某某派出所).
        page: The decoded page on which the paper lies.
        reader: The recogniser.

    Returns:
        Of each station its margin on the seal that shows it best; None where no seal can be seen,
        or the recogniser does not know a letter.
    """
    rims = tuple(_rims(asked.paper, page, reader))
    return tuple(_best(rims, station) for station in asked.stations)


def _best(rims: tuple[LineEmissions, ...], station: str) -> StatedMargin | None:
    margins = (weigh_station(rim, station) for rim in rims if rim.alphabet.knows(station))
    return min(margins, key=lambda margin: margin.under_best, default=None)


def _rims(paper: DocumentReading, page: ScaledPage, reader: TextReader) -> Iterator[LineEmissions]:
    """What the recogniser sees along each rim."""
    turn = paper.quality.rotation if paper.quality else 0
    image = turn_image(page.image, turn)
    small = reduced(image, LONG_SIDE)
    for rim in legible_rims(image, small, _quads(paper, page, turn, small)):
        if line := mean_emissions(rim_strips(image, rim, (*RINGS, *OTHER_RINGS)), reader):
            yield line


def _quads(paper: DocumentReading, page: ScaledPage, turn: int, small: Pixels) -> tuple[Quad, ...]:
    """Where the paper's values stand on the upright, reduced page."""
    high, wide = page.image.shape[:2]
    scale = wide / page.size[0]
    reduction = max(small.shape[:2]) / max(high, wide)
    placed = [field.quad for field in paper.fields.values() if field.quad is not None]
    return tuple(
        scaled_quad(turn_quad(scaled_quad(quad, scale), turn, (wide, high)), reduction)
        for quad in placed
    )


def weigh_station(line: LineEmissions, station: str) -> StatedMargin:
    """Hold a station against what else may stand along a rim.

    Args:
        line: What the recogniser saw along it.
        station: With its ending; of letters that the recogniser knows.
    """
    rivals = _rivals(line, station.removesuffix(ENDING))
    own, *others = log_likelihoods(line, (station, *(f"{rival}{ENDING}" for rival in rivals)))
    over = float(own - max(others, default=line.upper_bound))
    return StatedMargin(over, over, max(0.0, line.upper_bound - float(own)))


def _rivals(line: LineEmissions, name: str) -> Sequence[str]:
    """Other names of as many letters: what is left out or put in is no rival on a worn rim."""
    seen = line.candidates(_CANDIDATES)
    return tuple(rival for rival in name_rivals(name, seen) if len(rival) == len(name))
