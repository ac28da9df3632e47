"""What kind of paper a page is, by the words that stand on it."""

from typing import Final, NamedTuple

from rapidfuzz import fuzz

from models.reading.document import DocumentKind
from tasks.reading.kinds.foreign_papers import foreign_evidence
from tasks.reading.kinds.registry import READ_KINDS
from tasks.reading.kinds.spec import KindSpec


class KindGuess(NamedTuple):
    """A kind with a confidence from 0 to 1."""

    kind: DocumentKind
    confidence: float


ENOUGH: Final = 3.0
"""Less evidence than this is no kind at all."""


def classify_page(texts: tuple[str, ...]) -> KindGuess:
    """The kind that the page's words speak for; `OTHER` when too few do.

    Args:
        texts: Its lines, from above.
    """
    lines = tuple("".join(text.split()) for text in texts)
    page = "\n".join(lines)
    scores = {spec.kind: _score(page, spec) for spec in READ_KINDS if _shows_required(spec, page)}
    ranked = sorted(scores.items(), key=lambda item: -item[1])
    (kind, best), (_, second) = ranked[0], ranked[1]
    foreign = foreign_evidence(lines, kind)
    if foreign and foreign >= best - foreign:
        return KindGuess(DocumentKind.OTHER, round(min(0.97, 0.6 + 0.05 * foreign), 3))
    if best < ENOUGH:
        return KindGuess(DocumentKind.OTHER, max(0.0, 0.9 - best / ENOUGH * 0.6))
    strength = min(1.0, 0.6 + 0.4 * (best - ENOUGH) / 4.0)
    lead = min(1.0, 0.5 + (best - second) / best)
    return KindGuess(kind, round(min(0.99, strength * lead), 3))


def _shows_required(spec: KindSpec, page: str) -> bool:
    """Whether a page shows what one of this kind must."""
    return spec.must_show is None or spec.must_show.search(page) is not None


def _score(page: str, spec: KindSpec) -> float:
    return sum(weight for word, weight in spec.cues.items() if _printed(word, page, spec))


def _printed(word: str, page: str, spec: KindSpec) -> bool:
    """Whether a word stands on the page; a long one may have a misread character."""
    if word in page:
        return True
    if word in spec.exact_cues:
        return False
    return len(word) >= 4 and fuzz.partial_ratio(word, page, score_cutoff=74) > 0
