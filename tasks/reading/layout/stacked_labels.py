"""Labels that a narrow cell breaks into rows: 户主或与户主 / 关系, 公民身份 / 证件编号."""

from typing import Final, NamedTuple

from tasks.reading.image.rectify import Box
from tasks.reading.layout.lexicon import Lexicon

SHORTEST: Final = 4
"""A shorter wording is not broken, and its halves would be found everywhere."""


class PlacedLabel(NamedTuple):
    """A label where it was found; `printed` is its text as read."""

    key: str
    box: Box
    printed: str


def label_rows(pieces: list[tuple[Box, str]], lexicon: Lexicon) -> dict[int, str]:
    """Which pieces are rows of one broken wording, each with that wording's key.

    Args:
        pieces: Places and squeezed texts of whole lines.
        lexicon: The wordings, broken at whatever character the cell is full.
    """
    found: dict[int, str] = {}
    for word, key in _longest_first(lexicon):
        for i, (_, text) in enumerate(pieces):
            if i not in found and text and word != text and word.startswith(text):
                rows = _rest(i, word[len(text) :], pieces)
                if rows:
                    found |= dict.fromkeys((i, *rows), key)
    return found


def _rest(above: int, missing: str, pieces: list[tuple[Box, str]]) -> tuple[int, ...]:
    """The rows below that complete a wording; empty where none do."""
    for i, (box, text) in enumerate(pieces):
        if not text or not missing.startswith(text) or not _under(pieces[above][0], box):
            continue
        if text == missing:
            return (i,)
        further = _rest(i, missing[len(text) :], pieces)
        if further:
            return (i, *further)
    return ()


def _under(above: Box, below: Box) -> bool:
    """Whether a piece lies in the next row of the same cell."""
    height = min(above.height, below.height)
    inside = above.left - height < below.centre < above.right + height
    return inside and 0.3 * height < below.middle - above.middle < 2.2 * height


def _longest_first(lexicon: Lexicon) -> list[tuple[str, str]]:
    pairs = [(word, key) for key, words in lexicon.items() for word in words]
    return sorted((p for p in pairs if len(p[0]) >= SHORTEST), key=lambda p: -len(p[0]))


def stack(labels: list[PlacedLabel]) -> list[PlacedLabel]:
    """The labels, those on rows of one cell made one."""
    merged: list[PlacedLabel] = []
    for label in sorted(labels, key=lambda item: item.box.middle):
        above = next((m for m in merged if _same_cell(m, label)), None)
        if above is None:
            merged.append(label)
            continue
        merged.remove(above)
        a, b = above.box, label.box
        box = Box(
            min(a.left, b.left),
            max(a.right, b.right),
            (a.middle + b.middle) / 2,
            b.middle - a.middle + (a.height + b.height) / 2,
        )
        merged.append(PlacedLabel(label.key, box, above.printed + label.printed))
    return merged


def _same_cell(above: PlacedLabel, below: PlacedLabel) -> bool:
    """Whether one label goes on in the other; one that is printed twice stands in two places."""
    a, b = above.box, below.box
    return (
        above.key == below.key
        and above.printed != below.printed
        and abs(a.left - b.left) < 3 * b.height
        and 0.3 * b.height < b.middle - a.middle < 2.2 * b.height
    )
