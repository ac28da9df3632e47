"""What every text reader offers, and the lines it gives back."""

from typing import NamedTuple, Protocol

from models.reading.document import Quad
from tasks.reading.files.decode import Pixels


class Glyph(NamedTuple):
    """One recognised character.

    Attributes:
        text: The character.
        confidence: 0 to 1.
        place: Where its middle lies along the line, 0 at the left end to 1 at the right.
    """

    text: str
    confidence: float
    place: float


class Recognised(NamedTuple):
    """The text of one crop, character by character; empty where nothing was read."""

    glyphs: tuple[Glyph, ...]

    @property
    def text(self) -> str:
        """The characters as one string."""
        return "".join(glyph.text for glyph in self.glyphs)

    @property
    def confidence(self) -> float:
        """The mean over the characters; 0 for an empty text."""
        if not self.glyphs:
            return 0.0
        return sum(glyph.confidence for glyph in self.glyphs) / len(self.glyphs)


class TextLine(NamedTuple):
    """One line on an image; the quad is in that image's pixels, clockwise from upper left."""

    quad: Quad
    recognised: Recognised

    @property
    def text(self) -> str:
        """The line's text."""
        return self.recognised.text

    @property
    def confidence(self) -> float:
        """The line's mean confidence, 0 to 1."""
        return self.recognised.confidence


class TextReader(Protocol):
    """An engine that finds and reads lines of text. One instance serves one thread."""

    @property
    def name(self) -> str:
        """Name and version, as it is recorded with a reading."""

    @property
    def trust(self) -> float:
        """What its confidences are multiplied by: 1 for the main engine, less for a fallback."""

    def locate(self, image: Pixels) -> tuple[Quad, ...] | None:
        """Find the lines without reading them; None if the engine can only do both at once."""

    def recognise(self, crops: tuple[Pixels, ...]) -> tuple[Recognised, ...]:
        """Read crops that each hold one upright line, in their order."""

    def lines(self, image: Pixels) -> tuple[TextLine, ...]:
        """Find and read every line of an image whose text runs from left to right."""
