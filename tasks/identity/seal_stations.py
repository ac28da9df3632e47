"""Stations that a page's seal bears out, put where reading was not sure of its own.

Reading names a station where it read one surely. Where it did not, the seal was asked whether the
station that another page of the application surely names stands on it too.
"""

from collections.abc import Iterator

from models.policy.measures import ReadingRules
from models.reading.document import DocumentReading, FieldReading
from models.reading.stated_value import PaperPlace, SealComparison, StatedAnswer

STATION = "station"


def with_stations(
    readings: tuple[DocumentReading, ...],
    seals: tuple[SealComparison, ...],
    rules: ReadingRules,
) -> tuple[DocumentReading, ...]:
    """The readings with the stations that their seals bear out.

    A seal that bears out two different stations names none; what was read surely stays.

    Args:
        readings: Every paper, each as sure as its witnesses make it.
        seals: What the seals were asked.
        rules: From which confidence a station decides something.
    """
    if not seals:
        return readings
    sure = {
        PaperPlace.of(reading): station
        for reading in readings
        if (station := reading.fields.get(STATION)) is not None and rules.trusts(STATION, station)
    }
    return tuple(_with_station(reading, seals, sure) for reading in readings)


def _with_station(
    reading: DocumentReading,
    seals: tuple[SealComparison, ...],
    sure: dict[PaperPlace, FieldReading],
) -> DocumentReading:
    place = PaperPlace.of(reading)
    if place in sure:
        return reading
    shown = {station.value: station for station in _borne_out(place, seals, sure)}
    if len(shown) != 1:
        return reading
    (station,) = shown.values()
    own = reading.fields.get(STATION, FieldReading(value=None, confidence=0.0))
    update = {"value": station.value, "confidence": station.confidence, "second": None}
    fields = reading.fields | {STATION: own.model_copy(update=update)}
    return reading.model_copy(update={"fields": fields})


def _borne_out(
    place: PaperPlace, seals: tuple[SealComparison, ...], sure: dict[PaperPlace, FieldReading]
) -> Iterator[FieldReading]:
    for seal in seals:
        if seal.paper == place and seal.answer is StatedAnswer.BORNE_OUT and seal.source in sure:
            yield sure[seal.source]
