"""What a page says, kind and fields, from as few of its lines as tell."""

from typing import Final, NamedTuple

from models.reading.document import FIELDS, DocumentKind
from tasks.reading.classify_page import KindGuess, classify_page
from tasks.reading.engines.page_lines import PageLines
from tasks.reading.engines.text_lines import TextSpan, to_span
from tasks.reading.kinds.registry import SPECS
from tasks.reading.kinds.spec import KindSpec
from tasks.reading.layout.find_labels import squeezed_label, wordings_by_length
from tasks.reading.layout.level_lines import level_lines
from tasks.reading.layout.pair_values import pair_values
from tasks.reading.layout.read_field import Fields
from tasks.reading.layout.selective_recognition import (
    read_all,
    read_begun_rows,
    read_heads,
    read_wanted,
    rows_of,
    without_subtitles,
)
from tasks.reading.layout.split_labels import split_labels
from tasks.reading.marks.stamps import without_seal_text
from tasks.reading.rereading.covered_values import doubt_covered_values, doubt_patched
from tasks.reading.rereading.extend_cut_values import extend_cut_values
from tasks.reading.rereading.likely_labels import split_likely_labels, with_likely_labels
from tasks.reading.rereading.missing_labels import with_missing_labels
from tasks.reading.rereading.read_line_below import read_lines_below
from tasks.reading.rereading.reread_beside_labels import reread_beside_labels
from tasks.reading.rereading.reread_gaps import reread_gaps

KIND_FROM_HEADS: Final = 0.7  # from which the first lines of the rows decide what else is read
FOUND: Final = 0.5  # a field below this is sought again, in the lines that were skipped


class PageText(NamedTuple):
    """What the lines of a page say.

    Attributes:
        guess: What paper it is.
        fields: Its fields, with quads in pixels of the page's picture.
        complete: Every field was found, without reading all lines.
    """

    guess: KindGuess
    fields: Fields
    complete: bool


def read_text(page_lines: PageLines) -> PageText:
    """Kind and fields from as few lines as they need; from all lines where those do not do.

    A label whose value is not whole is cheaper to read beside than the whole page is to read.
    """
    guess = read_kind(page_lines)
    if _is_known(guess):
        rows, spec = _rows(page_lines), SPECS[guess.kind]
        read_wanted(page_lines, rows, spec)
        read_begun_rows(page_lines, rows, spec)
        fields = read_fields(guess.kind, _spans(page_lines, spec), page_lines)
        now = _guess(page_lines)
        if now.kind is guess.kind and all(f.confidence >= FOUND for f in fields.values()):
            return PageText(now, fields, complete=True)
    read_all(page_lines)
    guess = _guess(page_lines)
    spans = _spans(page_lines, SPECS[guess.kind])
    return PageText(guess, read_fields(guess.kind, spans, page_lines), complete=False)


def read_kind(page_lines: PageLines) -> KindGuess:
    """What paper it is, from the first lines of as few rows as tell."""
    read_heads(page_lines, _rows(page_lines), enough=lambda: _is_known(_guess(page_lines)))
    return _guess(page_lines)


def read_fields(
    kind: DocumentKind, spans: tuple[TextSpan, ...], page_lines: PageLines | None = None
) -> Fields:
    """The fields of a paper from its pieces of text; none for a kind that is not read.

    Args:
        kind: What paper it is.
        spans: Its text.
        page_lines: Where what is missing is read again; None takes the text as it is.
    """
    spec = SPECS[kind]
    if page_lines is not None:
        spans = reread_gaps(page_lines, spans)
    if spec.read_page is not None:
        if page_lines is not None and spec.labels:
            spans = with_likely_labels(page_lines, spans, spec.labels)
        return spec.read_page(spans if page_lines is None else doubt_patched(page_lines, spans))
    if spec.read_form is None:
        return {}
    if page_lines is None:
        return spec.read_form(pair_values(split_labels(spans, spec.labels), spec.several_lines))
    split = split_likely_labels(page_lines, spans, spec.labels)
    split = with_missing_labels(page_lines, split, spec.labels, spec.on_every_form)
    form = pair_values(without_seal_text(page_lines, split), spec.several_lines)
    form = reread_beside_labels(page_lines, form, spec)
    form = extend_cut_values(
        page_lines, form, {**dict.fromkeys(spec.several_lines, str), **spec.reread}
    )
    form = read_lines_below(page_lines, form, spec.several_lines & frozenset(FIELDS[kind]))
    matters = spec.several_lines | spec.reread.keys()
    return spec.read_form(doubt_covered_values(page_lines, form, matters))


def _rows(page_lines: PageLines) -> tuple[tuple[int, ...], ...]:
    return without_subtitles(page_lines, rows_of(page_lines))


def _is_known(guess: KindGuess) -> bool:
    """Whether the kind is sure enough to read only what one of its kind needs."""
    spec = SPECS[guess.kind]
    is_read = spec.read_form is not None or spec.read_page is not None
    return is_read and guess.confidence >= KIND_FROM_HEADS


def _guess(page_lines: PageLines) -> KindGuess:
    known = page_lines.known()
    own = sorted(level_lines(page_lines), key=lambda index: page_lines.boxes[index].middle)
    return classify_page(tuple(known[index].text for index in own))


def _spans(page_lines: PageLines, spec: KindSpec) -> tuple[TextSpan, ...]:
    """The pieces of text that are the paper's own."""

    def begins_with_label(text: str) -> bool:
        squeezed, _ = squeezed_label(text)
        return any(squeezed.startswith(word) for word, _ in words)

    words = wordings_by_length(tuple(spec.labels.items()))
    own = level_lines(page_lines, begins_with_label)
    known = page_lines.known()
    return tuple(to_span(known[i], page_lines.matrix, i) for i in own)
