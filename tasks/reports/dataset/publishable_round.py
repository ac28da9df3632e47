"""A round as the data team's tables may show it."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from models.clock import CHINA
from storage.reports.dataset_source import ROUND_COLUMNS, RoundsOfMonth
from tasks.reports.dataset.anonymise import AnonymisedRounds

Pseudonym = Callable[[str, str], str]
"""Of a purpose and a name: a keyed pseudonym."""

ANONYMISED_COLUMNS: Final = (
    *("round", "region", "product", "channel", "employer", "received_on", "received_span"),
    *("relationship", "route", "age_band", "sex", "ethnicity_group"),
)
"""The columns of `applications` that anonymisation decides."""


class PublishableRound(NamedTuple):
    """One round as it may be published.

    Attributes:
        case: Its pseudonym.
        linked: The same; None where the round is detached.
        of_papers: The same in the tables of papers and fields.
        received_on: The day, or the first of the week or month, that may be published.
        region: As it may be published.
        cells: Those of `ANONYMISED_COLUMNS`, in that order.
    """

    case: str
    linked: str | None
    of_papers: str | None
    received_on: dt.date
    region: str | None
    cells: tuple[Any, ...]


PublishableRounds = Mapping[str, PublishableRound]
"""Round identifier to how it may be published; a round that is not in it is withheld."""


def insider_knowledge(month: RoundsOfMonth) -> dict[str, list[Any]]:
    """What an insider knows of each round; see `tasks.reports.dataset.anonymise`."""
    read = zip(*month.rounds, strict=True) if month.rounds else ((),) * len(ROUND_COLUMNS)
    known = {name: list(cells) for name, cells in zip(ROUND_COLUMNS, read, strict=True)}
    known["employer"] = known.pop("employer_ref")
    known["received_on"] = [at.astimezone(CHINA).date() for at in known.pop("received_at")]
    round_ids = known.pop("round_id")
    known["papers"] = ["+".join(sorted(month.papers.get(one, ()))) for one in round_ids]
    return known


def publishable_rounds(
    round_ids: Sequence[str], anonymised: AnonymisedRounds, pseudonym: Pseudonym
) -> dict[str, PublishableRound]:
    """How each round may be published; one that must not be is not in it."""
    columns = anonymised.columns | {"received_span": anonymised.span}
    columns["employer"] = [
        one and pseudonym("dataset-employer", one) for one in anonymised.columns["employer"]
    ]
    days, regions = anonymised.columns["received_on"], anonymised.columns["region"]
    found = {}
    for place, cells in enumerate(
        zip(*(columns[name] for name in ANONYMISED_COLUMNS), strict=True)
    ):
        if anonymised.withheld[place]:
            continue
        case = pseudonym("dataset", round_ids[place])
        found[round_ids[place]] = PublishableRound(
            case=case,
            linked=None if anonymised.detached[place] else case,
            of_papers=None if anonymised.loose[place] else case,
            received_on=days[place],
            region=regions[place],
            cells=cells,
        )
    return found


def columns_of(names: Sequence[str], rows: Sequence[Sequence[Any]]) -> dict[str, Sequence[Any]]:
    """Rows turned into columns; none where there is no row."""
    return dict(zip(names, zip(*rows, strict=True), strict=True)) if rows else {}
