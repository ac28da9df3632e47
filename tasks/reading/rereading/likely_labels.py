"""Labels of small print that were misread: the recogniser is asked which label stands there.

A reader gives one text for a line; of letters of ten pixels half of it is wrong. A form's labels
are few and known, so that the question may be turned round: of all labels, is one nearly as likely
as the likeliest text at the beginning of this piece, and the others not?
"""

import math
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from tasks.reading.confidence.witnesses import LEGIBLE
from tasks.reading.engines.page_lines import PageLines
from tasks.reading.engines.text_lines import Glyph, TextSpan, characters_before, part
from tasks.reading.layout.find_labels import (
    EXACT_ONLY,
    Lexicon,
    label_hits,
    squeezed_label,
    wordings_by_length,
)
from tasks.reading.layout.split_labels import (
    FREE_TEXT,
    PlacedLabel,
    SplitText,
    split_labels,
    stack,
)
from tasks.reading.likelihood.alignment import AlignedText, align_texts

_SURELY_READ: Final = 0.9
"""Of a line's first characters, so surely read: they are what they seem."""
_FIRST: Final = 4  # characters of a line that would be a label's
_PER_CHARACTER: Final = 3.0
"""Nats by which a label may be less likely than the likeliest text, for each of its characters. On
ten certificates and pages with letters of 8 to 12 pixels (seeds 400 to 405) labels that stood there
cost 0 to 3, all but one; the cheapest of what was none, of at least two characters, 3.8."""
_LEAD: Final = 2.0
"""Nats by which it must be likelier than every other label, its length reckoned in."""
_JUNK: Final = 0.6  # heights before a label: a stroke of a rule
_FREE: Final = 0.05  # of a line's width, likewise


def split_likely_labels(
    page_lines: PageLines, spans: Iterable[TextSpan], lexicon: Lexicon
) -> SplitText:
    """Tell labels from values, also labels that were misread at the beginning of a line.

    Args:
        page_lines: Where the lines stand.
        spans: What was read of them.
        lexicon: The labels of the paper's kind.
    """
    labels: list[PlacedLabel] = []
    values: list[TextSpan] = []
    plain: list[TextSpan] = []
    for span in spans:
        found = _likely_label(page_lines, span, lexicon)
        if found is None:
            plain.append(span)
            continue
        labels.append(found.label)
        (values if found.label.key in FREE_TEXT else plain).extend(found.rest)
    split = split_labels(plain, lexicon)
    return SplitText(tuple(stack([*split.labels, *labels])), (*split.values, *values))


def with_likely_labels(
    page_lines: PageLines, spans: Iterable[TextSpan], lexicon: Lexicon
) -> tuple[TextSpan, ...]:
    """The lines of a paper that is searched as running text, misread labels put right in them.

    Args:
        page_lines: Where the lines stand.
        spans: What was read of them.
        lexicon: The labels of the paper's kind.
    """
    return tuple(_with_its_label(page_lines, span, lexicon) for span in spans)


def _with_its_label(page_lines: PageLines, span: TextSpan, lexicon: Lexicon) -> TextSpan:
    found = _likely_label(page_lines, span, lexicon)
    if found is None:
        return span
    behind = found.rest[0].glyphs if found.rest else ()
    head = span.glyphs[: len(span.glyphs) - len(behind)]
    first, last, word = head[0].place, head[-1].place, found.label.printed
    step = (last - first) / max(1, len(word) - 1)
    label = (Glyph(c, LEGIBLE, first + i * step) for i, c in enumerate(word))
    return span._replace(glyphs=(*label, *behind))


class FoundLabel(NamedTuple):
    """A label, and what stands behind it in the same line."""

    label: PlacedLabel
    rest: tuple[TextSpan, ...]


def _likely_label(page_lines: PageLines, span: TextSpan, lexicon: Lexicon) -> FoundLabel | None:
    fits = fitting_labels(page_lines, span, lexicon)
    worth = {key: label_worth(fit, _PER_CHARACTER) for key, fit in fits.items()}
    key = max(worth, key=lambda k: worth[k], default=None)
    if key is None or worth[key] < 0:
        return None
    best = fits[key]
    if key in EXACT_ONLY or lead_of(key, fits, _PER_CHARACTER) < _LEAD:
        return None
    return None if _is_read_already(span, best.text, lexicon) else cut_behind(span, best, key)


def fitting_labels(
    page_lines: PageLines, span: TextSpan, lexicon: Lexicon
) -> dict[str, AlignedText]:
    """Of every label the likeliest wording that a piece may begin with.

    None of a piece whose beginning was read so surely that it is what it seems.
    """
    if not _may_be_misread(span, lexicon):
        return {}
    seen = page_lines.emissions(span.quad)
    if seen is None:
        return {}
    keys = dict(_wordings(lexicon))
    junk = max(_FREE, _JUNK * span.box.height / max(span.box.width, 1e-6))
    fits: dict[str, AlignedText] = {}
    for fit in align_texts(seen, tuple(keys)):
        known = fits.get(keys[fit.text])
        if fit.start <= junk and (
            known is None or label_worth(known, _PER_CHARACTER) < label_worth(fit, _PER_CHARACTER)
        ):
            fits[keys[fit.text]] = fit
    return fits


def lead_of(
    key: str, fits: dict[str, AlignedText], per_character: float, but: Iterable[str] = ()
) -> float:
    """Nats by which a label is worth more than every other that is no part of it.

    Args:
        key: The label.
        fits: What may stand there.
        per_character: What a label may cost for each of its characters.
        but: Labels that cannot stand there.
    """
    ruled_out = {key, *but}
    rivals = (
        label_worth(fit, per_character)
        for other, fit in fits.items()
        if other not in ruled_out and fit.text not in fits[key].text
    )
    return label_worth(fits[key], per_character) - max(rivals, default=-math.inf)


def label_worth(aligned: AlignedText, per_character: float) -> float:
    """What a label may cost, less what it costs, nats: of two that fit the longer says more."""
    return per_character * len(aligned.text) - aligned.deficit


def _is_read_already(span: TextSpan, label: str, lexicon: Lexicon) -> bool:
    """Whether the line was read as beginning with this label, or a longer one."""
    hits = label_hits(squeezed_label(span.text)[0], lexicon)
    return bool(hits) and hits[0].start == 0 and hits[0].stop >= len(label)


def _may_be_misread(span: TextSpan, lexicon: Lexicon) -> bool:
    """Whether a label may stand there that was not read: of one that was, its value matters not."""
    first = span.glyphs[: _length_of_plain_label(span.text, lexicon) or _FIRST]
    return bool(first) and min(g.confidence for g in first) < _SURELY_READ


def _length_of_plain_label(text: str, lexicon: Lexicon) -> int:
    """Of the label that a text begins with as it is, and that begins no longer one; 0 without."""
    words = [word for word, _ in _wordings(lexicon)]
    begun = next((word for word in words if text.startswith(word)), "")
    longer = (word for word in words if word != begun and word.startswith(begun))
    return 0 if next(longer, None) else len(begun)


def _wordings(lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    for word, key in wordings_by_length(tuple(lexicon.items())):
        if len(word) > 1:
            yield word, key


def cut_behind(span: TextSpan, label: AlignedText, key: str) -> FoundLabel | None:
    """The piece parted behind its label; None where the label took no character."""
    count = characters_before(span, label.stop)
    if not count:
        return None
    head, rest = part(span, 0, count), part(span, count, len(span.glyphs))
    placed = PlacedLabel(key, head.box, label.text)
    return FoundLabel(placed, (rest,) if rest.text.strip(" :：|_") else ())
