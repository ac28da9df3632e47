"""Stations that a page's seal bears out, put where reading was not sure of its own.

Reading names a station where it read one surely. Where it did not, the seal was asked whether the
station that another page of the application names stands on it too. Where it does, both name it: a
guess on one page is no accident if the other page's seal bears it out.
"""

from collections import defaultdict
from typing import Final

from models.policy.measures import ReadingRules
from models.reading.document import DocumentReading, FieldReading
from models.reading.stated_value import PaperKey, SealComparison, StatedAnswer
from tasks.identity.ties.page_signs import STATION

_BORNE_OUT: Final = 0.99
"""What a seal bears out is right so often: of 513 stations that it does not name, on 30 pages that
were not read surely, none was borne out (`tasks.reading.confidence.stated_values`)."""


def with_stations(
    readings: tuple[DocumentReading, ...],
    seals: tuple[SealComparison, ...],
    rules: ReadingRules,
) -> tuple[DocumentReading, ...]:
    """The readings with the stations that their seals bear out.

    A seal that bears out two different stations names none. What was read surely stays, and what a
    person says: that nothing stands there, or that the page which was asked about names another.

    Args:
        readings: Every paper, each as sure as its witnesses make it.
        seals: What the seals were asked.
        rules: From which confidence a station decides something.
    """
    if not seals:
        return readings
    named = {
        PaperKey.of(reading): reading.fields[STATION]
        for reading in readings
        if reading.value(STATION) is not None
    }
    shown: dict[PaperKey, dict[str | None, FieldReading]] = defaultdict(dict)
    for seal in seals:
        station = named.get(seal.source)
        if station is None or station.value != seal.station:
            continue
        if seal.answer is StatedAnswer.BORNE_OUT:
            shown[seal.paper][station.value] = station
            shown[seal.source][station.value] = station
    return tuple(_with_station(reading, shown[PaperKey.of(reading)], rules) for reading in readings)


def _with_station(
    reading: DocumentReading, shown: dict[str | None, FieldReading], rules: ReadingRules
) -> DocumentReading:
    own = reading.fields.get(STATION, FieldReading(value=None, confidence=0.0))
    surely_blank = own.value is None and own.confidence >= rules.least(STATION)
    if len(shown) != 1 or surely_blank or rules.trusts(STATION, own):
        return reading
    (station,) = shown.values()
    confidence = max(station.confidence, _BORNE_OUT)
    update = {"value": station.value, "confidence": confidence, "second": None}
    return reading.model_copy(
        update={"fields": reading.fields | {STATION: own.model_copy(update=update)}}
    )
