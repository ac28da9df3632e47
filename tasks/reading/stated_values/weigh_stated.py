"""How much likelier a stated value is than its nearest rivals, by the recogniser's own output."""

import datetime as dt
from collections.abc import Sequence
from typing import Final

import numpy as np

from models.identity.person_name import normalise_name
from tasks.identity.similarity import Similarity, compare_names
from tasks.reading.confidence.calibration import FieldSort
from tasks.reading.confidence.stated_values import StatedMargin
from tasks.reading.layout import normalise_values as values
from tasks.reading.likelihood.emissions import LineEmissions
from tasks.reading.stated_values import rivals
from tasks.reading.stated_values.augmented_line import AugmentedLine, mean_log_likelihoods
from tasks.reading.stated_values.written_variants import DAYS, NAMES, NUMBERS, SERIALS

_HOPELESS: Final = 20.0
"""Nats under the likeliest text on the first crop, from which further crops are spared: a character
that is plainly another costs 16."""
_FITS: Final = 3.0
"""Nats under the likeliest text within which the place is cut well: of 116 true values that were
read rightly (hard level, seeds from 151100) 111 lay within it, 108 of them less than 1 under."""
_PAIRED: Final = 8.0
"""Nats under the stated number within which a digit is held possible in its place."""
_MOST_PAIRED: Final = 24  # digits that are exchanged in pairs: 276 numbers at most
_CANDIDATES: Final = 5  # characters of a frame that may stand there
WRITTEN_VARIANTS: Final = {
    FieldSort.ID_NUMBER: NUMBERS,
    FieldSort.NUMBER: SERIALS,
    FieldSort.DATE: DAYS,
    FieldSort.NAME: NAMES,
}


def weigh_stated(
    place: AugmentedLine,
    sort: FieldSort,
    stated: str,
    *,
    others: tuple[str, ...] = (),
    today: dt.date,
) -> StatedMargin | None:
    """Hold a stated value against what else may stand in a place.

    Args:
        place: Where it should stand.
        sort: Of a sort in `WRITTEN_VARIANTS`.
        stated: Normalised; of a moment its day counts.
        others: Further values that may stand there, as the other person's.
        today: No birth date lies after it.

    Returns:
        None where the recogniser does not tell what it saw, or does not know a character.
    """
    first = place.emissions(0)
    if first is None or not first.alphabet.knows(stated.replace("-", "")):
        return None
    likelihood = float(mean_log_likelihoods((first,), (stated,), WRITTEN_VARIANTS[sort])[0])
    under_best = _upper_bound((first,)) - likelihood
    if under_best > _HOPELESS:
        return StatedMargin(-under_best, -under_best, under_best)
    found = _weigh(place.all(), sort, stated, others, today)
    if found.under_best > _FITS:
        wider = _weigh(place.all(wider=True), sort, stated, others, today)
        return min(found, wider, key=lambda margin: margin.under_best)
    return found


def _weigh(
    emissions: Sequence[LineEmissions],
    sort: FieldSort,
    stated: str,
    others: tuple[str, ...],
    today: dt.date,
) -> StatedMargin:
    same, different = _candidates(emissions, sort, stated, today)
    different = tuple(dict.fromkeys((*different, *(o for o in others if o not in same))))
    scores = mean_log_likelihoods(emissions, (*same, *different), WRITTEN_VARIANTS[sort])
    own, rival = float(scores[: len(same)].max()), scores[len(same) :]
    alike = [sort is not FieldSort.NAME or _are_look_alikes(stated, one) for one in different]
    return StatedMargin(
        own - float(rival.max(initial=-np.inf)),
        own - float(rival[alike].max(initial=-np.inf)),
        max(0.0, _upper_bound(emissions) - own),
    )


def _candidates(
    emissions: Sequence[LineEmissions], sort: FieldSort, stated: str, today: dt.date
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The ways to write the stated value, and its rivals."""
    if sort is FieldSort.NAME:
        return _names(emissions, stated)
    if sort is FieldSort.ID_NUMBER:
        likely = _likely_digits(emissions, stated)
        return (stated,), rivals.number_rivals(stated, today=today, likely=likely)
    if sort is FieldSort.DATE:
        day = dt.date.fromisoformat(stated[:10])
        return (stated,), tuple(d.isoformat() for d in rivals.date_rivals(day, today=today))
    return (stated,), rivals.serial_rivals(stated)


def _names(
    emissions: Sequence[LineEmissions], stated: str
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """A name in other forms of its characters (順 for 顺) is the same name."""
    found: set[str] = set()
    for one in emissions:
        seen = one.candidates(_CANDIDATES)
        found |= {*rivals.name_rivals(stated, seen), one.text}
    plain = {name: values.name(name) or normalise_name(name) for name in sorted(found) if name}
    same = tuple(name for name, value in plain.items() if value == stated and name != stated)
    return (stated, *same), tuple(name for name, value in plain.items() if value != stated)


def _are_look_alikes(one: str, other: str) -> bool:
    """Whether two names differ, and only by characters that are taken for one another."""
    return compare_names(one, other) is Similarity.ALIKE


def _likely_digits(emissions: Sequence[LineEmissions], number: str) -> tuple[str, ...]:
    """The digits that may stand in each place beside the number's own, by what was seen."""
    changed = [
        (place, digit, number[:place] + digit + number[place + 1 :])
        for place in range(len(number))
        for digit in "0123456789"
        if digit != number[place]
    ]
    texts = (number, *(text for _, _, text in changed))
    own, *scores = mean_log_likelihoods(emissions, texts, NUMBERS)
    ranked = sorted(zip(scores, changed, strict=True), reverse=True)[:_MOST_PAIRED]
    likely = [""] * len(number)
    for score, (place, digit, _) in ranked:
        if score > own - _PAIRED:
            likely[place] += digit
    return tuple(likely)


def _upper_bound(emissions: Sequence[LineEmissions]) -> float:
    return float(np.mean([one.upper_bound for one in emissions]))
