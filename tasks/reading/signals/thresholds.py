"""Thresholds of the signals: where each begins to speak, in one place, with its figures.

Found on honest pictures and flawed twins of them with seeds from 3,000 to 3,999, half of the ways
of doing each flaw; `python -m benchmarks.reading.signals` measures the rates on other seeds, and
on the ways that were kept apart. Each line says what honest phone pictures and flawed ones showed.
"""

from typing import Final

SURE_READING: Final = 0.8
"""A picture whose every field was read with at least this confidence is good enough."""

BLURRED: Final = 0.4
"""Honest phone pictures stayed below 0.10, shaken ones began at 0.45."""

GLARE: Final = 0.004
"""Share of the paper that is burnt out from which a reflection is spoken of at all."""

GLARE_ON_FIELD: Final = 0.2
"""Share of a line's place that must be burnt out for its field to be named."""

DARK: Final = 0.2
"""Share of the paper in the dark. Honest pictures showed 0.003 at most, deep shadows 0.25."""

SMALL_GLYPHS: Final = 14.0
"""Pixels; under this more than one field in ten is misread."""

COLOURLESS: Final = 6.0
"""Liveliness, grey levels. Copies stayed below 2.4; sealed pages, which may be grey but for their
seal, count as coloured by that."""

COLOURLESS_CARD: Final = 10.0
"""The same of cards, which have more colour. Copies stayed below 5.4, cards began at 20."""

RED_LEAD: Final = 13.0
"""By how much red leads in strong ink, beyond what the ground's own tint explains, grey levels."""

SEAL_SIZE: Final = 0.075
"""Shorter side of a seal's patch against the paper's side."""

LARGEST_SEAL: Final = 0.5
"""Longer side of a seal's patch against the paper's side; two covers' seals may touch."""

ROUND: Final = 1.7
"""Longer against shorter side up to which a patch is a seal, also where a part of it is lost."""

LOW_PRINT: Final = 0.12
"""Shorter side up to which a long patch is a line of red print."""

SEAL_INK: Final = 0.0003
"""Share of the paper that a seal's strong red covers at least."""

LATTICE: Final = 12.0
"""Decibels. 284 honest papers of two renderers ended at 10.5; screens and printers' screens show
15 to 30, and 9 or less where the camera no longer parts their dots."""

STILL: Final = 0.7
"""Logarithm of how much stiller a value's ground is than what is around it. 284 honest pictures
of two renderers ended at 0.45, one among some 600 later ones showed 0.63; values seen to be typed
over showed 0.66 and mostly above 1."""

STILL_PORTRAIT: Final = 1.0
"""The same of a card's portrait: its white ground loses its grain in a scan by itself, and honest
scans went up to 0.70."""

COVERED: Final = 0.008
"""Share of the text's hull under skin. Honest pictures ended at 0.0024, fingers began at 0.025."""
