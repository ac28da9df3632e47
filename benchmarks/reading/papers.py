"""The papers that are read: drawn with known contents, or a folder of pictures with truths."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from models.reading.document import FIELDS, DocumentKind
from specimens.applications.draw_paper import draw_paper
from specimens.printing.typefaces import StyleSet


class BenchmarkPaper(NamedTuple):
    """One picture of one paper.

    Attributes:
        name: What it is called in a list of misses.
        kind: What is on it.
        level: How it was taken: scan, phone, hard, or what its truth says.
        data: The file.
        fields: The truth, normalised; None where the paper is blank.
    """

    name: str
    kind: DocumentKind
    level: str
    data: bytes
    fields: dict[str, str | None]


def drawn(
    kinds: tuple[DocumentKind, ...], level: str, seeds: range, style_set: StyleSet
) -> Iterator[BenchmarkPaper]:
    """Papers of the project's own drawing, one of each kind for every seed."""
    for kind in kinds:
        for seed in seeds:
            paper = draw_paper(kind, seed, level, style_set=style_set)
            yield BenchmarkPaper(f"{kind}-{seed}", kind, level, paper.data, paper.fields)


def from_folder(folder: Path, kinds: tuple[DocumentKind, ...]) -> Iterator[BenchmarkPaper]:
    """Every `NAME.jpg` under a folder with a `NAME.json` that tells its kind and fields.

    The truth is `{"kind": …, "fields": {name: value or null}}`; a picture's level is the name
    of the folder that holds it.
    """
    for truth_file in sorted(folder.rglob("*.json")):
        picture = next(
            (path for path in truth_file.parent.glob(truth_file.stem + ".*") if path != truth_file),
            None,
        )
        if picture is None:
            continue
        truth = json.loads(truth_file.read_text(encoding="utf-8"))
        kind = DocumentKind(truth["kind"])
        if kind in kinds:
            fields = {name: truth["fields"].get(name) for name in FIELDS.get(kind, ())}
            known = {name: value for name, value in fields.items() if name in truth["fields"]}
            level = truth_file.parent.name
            yield BenchmarkPaper(truth_file.stem, kind, level, picture.read_bytes(), known)
