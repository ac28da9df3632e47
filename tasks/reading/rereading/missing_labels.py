"""Labels that a form must bear and that were found nowhere, each looked for in its likeliest place.

Of letters of eight pixels a label may cost more than a stray text does (`likely_labels.py`). But a
form bears its labels once: the one that is missing stands where it fits far better than anywhere
else, and better than any other label that is still missing.
"""

from typing import Final, NamedTuple

from tasks.reading.engines.page_lines import PageLines
from tasks.reading.engines.text_lines import TextSpan
from tasks.reading.layout.find_labels import EXACT_ONLY, Lexicon
from tasks.reading.layout.split_labels import SplitText
from tasks.reading.likelihood.alignment import AlignedText
from tasks.reading.rereading.likely_labels import (
    FoundLabel,
    cut_behind,
    fitting_labels,
    label_worth,
    lead_of,
)

_PER_CHARACTER: Final = 4.0
"""Nats by which such a label may be less likely than the likeliest text, for each character,"""
_LEAD: Final = 1.0
"""by which it must be likelier than every other label, its length reckoned in,"""
_ALONE: Final = 4.0
"""and by which it costs less in its place than in any other. Of 24 missing labels of eight
certificates of 900 pixels (seeds 3004 to 3009, 4003, 4006, 260302, 260314) seven fit so, each where
it stands."""


class _Place(NamedTuple):
    """A piece of text, and the labels that it may begin with."""

    span: TextSpan
    fits: dict[str, AlignedText]


def with_missing_labels(
    page_lines: PageLines, split: SplitText, lexicon: Lexicon, printed: frozenset[str]
) -> SplitText:
    """Labels and values with those labels told that every form of the kind bears.

    Args:
        page_lines: Where the pieces stand.
        split: What was told apart so far.
        lexicon: The labels of the paper's kind.
        printed: The labels that every form bears.
    """
    known = frozenset(label.key for label in split.labels)
    missing = printed - known - EXACT_ONLY
    if not missing:
        return split
    places = [
        _Place(span, fits)
        for span in split.values
        if (fits := fitting_labels(page_lines, span, lexicon))
    ]
    found = [
        (place.span, label)
        for key in sorted(missing)
        if (place := _own_place(key, places, known & printed)) is not None
        and (label := cut_behind(place.span, place.fits[key], key)) is not None
    ]
    return _with_found(split, found)


def _own_place(key: str, places: list[_Place], elsewhere: frozenset[str]) -> _Place | None:
    """Where a missing label stands; None where no place is plainly its own."""
    ranked = sorted(
        (place for place in places if key in place.fits), key=lambda p: p.fits[key].deficit
    )
    if not ranked:
        return None
    best, *others = ranked
    own = best.fits[key]
    alone = not others or others[0].fits[key].deficit - own.deficit >= _ALONE
    fits = label_worth(own, _PER_CHARACTER) >= 0
    leads = lead_of(key, best.fits, _PER_CHARACTER, elsewhere) >= _LEAD
    return best if alone and fits and leads else None


def _with_found(split: SplitText, found: list[tuple[TextSpan, FoundLabel]]) -> SplitText:
    begun = [span for span, _ in found]
    values = [span for span in split.values if all(span is not other for other in begun)]
    values += [rest for _, label in found for rest in label.rest]
    return SplitText((*split.labels, *(label.label for _, label in found)), tuple(values))
