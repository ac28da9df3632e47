"""The situations, each a function that draws one picture of it; a new module is entered here."""

from types import MappingProxyType
from typing import Final

from benchmarks.reading.field_cases.case import DrawCase
from benchmarks.reading.field_cases.rows import mixed_sheets, overlays, several_papers, small_papers

ROWS: Final[MappingProxyType[str, DrawCase]] = MappingProxyType(
    {**several_papers.ROWS, **mixed_sheets.ROWS, **small_papers.ROWS, **overlays.ROWS}
)
"""By the row's name: a letter, a number and perhaps a letter for a variant."""
