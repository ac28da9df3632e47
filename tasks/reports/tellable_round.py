"""A round as the data team's tables may tell of it."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from models.clock import CHINA
from storage.reports.dataset_source import ROUND_COLUMNS, RoundsOfMonth
from tasks.reports.anonymise import AnonymisedRounds

Pseudonym = Callable[[str, str], str]
"""Of a purpose and a name: a keyed pseudonym."""

TOLD: Final = (
    *("round", "region", "product", "channel", "employer", "received_on", "received_span"),
    *("relationship", "route", "age_band", "sex", "ethnicity_group"),
)
"""The columns of `applications` that anonymisation decides."""


class TellableRound(NamedTuple):
    """One round as it may be told.

    Attributes:
        case: Its pseudonym.
        linked: The same; None where the round is detached.
        of_papers: The same in the tables of papers and fields.
        received_on: The day, or the first of the week or month, that may be told.
        region: As it may be told.
        told: Its cells of `TOLD`, in that order.
    """

    case: str
    linked: str | None
    of_papers: str | None
    received_on: dt.date
    region: str | None
    told: tuple[Any, ...]


Tellable = Mapping[str, TellableRound]
"""Round identifier to how it may be told; a round that is not in it is withheld."""


def known_of(month: RoundsOfMonth) -> dict[str, list[Any]]:
    """What an insider knows of each round; see `tasks.reports.anonymise`."""
    read = zip(*month.rounds, strict=True) if month.rounds else ((),) * len(ROUND_COLUMNS)
    known = {name: list(cells) for name, cells in zip(ROUND_COLUMNS, read, strict=True)}
    known["employer"] = known.pop("employer_ref")
    known["received_on"] = [at.astimezone(CHINA).date() for at in known.pop("received_at")]
    round_ids = known.pop("round_id")
    known["papers"] = ["+".join(sorted(month.papers.get(one, ()))) for one in round_ids]
    return known


def tellable_rounds(
    round_ids: Sequence[str], told: AnonymisedRounds, pseudonym: Pseudonym
) -> dict[str, TellableRound]:
    """How each round may be told; one that must not be is not in it."""
    columns = told.told | {"received_span": told.span}
    columns["employer"] = [
        one and pseudonym("dataset-employer", one) for one in told.told["employer"]
    ]
    days, regions = told.told["received_on"], told.told["region"]
    found = {}
    for place, cells in enumerate(zip(*(columns[name] for name in TOLD), strict=True)):
        if told.withheld[place]:
            continue
        case = pseudonym("dataset", round_ids[place])
        found[round_ids[place]] = TellableRound(
            case=case,
            linked=None if told.detached[place] else case,
            of_papers=None if told.loose[place] else case,
            received_on=days[place],
            region=regions[place],
            told=cells,
        )
    return found


def columns_of(names: Sequence[str], rows: Sequence[Sequence[Any]]) -> dict[str, Sequence[Any]]:
    """Rows turned into columns; none where there is no row."""
    return dict(zip(names, zip(*rows, strict=True), strict=True)) if rows else {}
