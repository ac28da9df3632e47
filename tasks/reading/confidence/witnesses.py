"""What every witness of a reading is worth, each in one line: ceilings, bonuses, thresholds.

A reading begins with the engine's own confidence in its least certain character, 0 to 1. What
follows raises or lowers that by the values below, and only by them; `calibration` then turns the
result into the measured probability that the field is right.
"""

from typing import Final

from models.reading.document import FieldReading
from tasks.reading.engines.text_lines import TextSpan

# What stands beside a label.
BLANK: Final = 0.95
"""A label with nothing beside it, where a paper may be blank."""
MISSING: Final = 0.2
"""A label with nothing beside it, where something has to stand."""
UNREADABLE: Final = 0.2
"""Something stands there, and it is no such value."""
ONE_ENGINE: Final = 0.99
"""No reading by one engine is surer than this."""
SALVAGED: Final = 0.9
"""A value that was read after something illegible beside it was left out."""
UNNAMED: Final = 0.85
"""A value that nothing on the paper names."""
BESIDE_OVERLAY: Final = 0.5
"""A value beside words of a stamp or a watermark, which may hide a part of it."""
PART_COVERED: Final = 0.5
"""A value with a place inside it, or just behind it, that is dark and gave no character."""
LEGIBLE: Final = 0.6
"""Mean confidence from which a piece of text is more than a speck."""

# A closed list, a form, a sentence.
LEAST_WORD: Final = 0.75
"""Confidence from which the list that a word stands in speaks for it."""
LEFT_OF_DOUBT: Final = 0.1
"""What the list leaves of the doubt about its characters."""
WITHOUT_LABEL: Final = 0.9
"""A value recognised by its form alone is no surer than this."""
WITH_REST_OF_LABEL: Final = 0.6
"""A word that seems to begin with the end of its own label."""
UNMISTAKABLE: Final = 0.95
"""A value that no label names, and that nothing else on a cover looks like."""
SEVERAL_STATED: Final = 0.6
"""With more than one relation certified, which one is meant is for a person to say."""
GUESSED: Final = 0.6
"""A name that only its number announces, or a relation that only stands somewhere."""
FROM_PROSE: Final = 0.95
"""What was picked out of a sentence is no surer than this."""

# A second reading by the same engine.
REREAD_BELOW: Final = 0.85
"""A value whose least certain character is below this is read again."""
READ_TWICE_ALIKE: Final = 0.94
"""Two readings by one engine that agree make nothing quite sure."""
READ_TWICE_OTHERWISE: Final = 0.8
"""Two readings by one engine that differ; the surer one is kept."""
READ_WITHOUT_A_BOX: Final = 0.85
"""What was read in a place where no line was found."""
BLIND_READING_COUNTS: Final = 0.8
"""Mean confidence from which such a reading is kept at all."""
END_UNSEEN: Final = 0.8
"""A value of which an end lies under a reflection, or off the paper, is no surer than this."""
END_EXTENDED: Final = 0.94
"""A value of which only a wider reading shows the end."""
NUMBER_REREAD_ALIKE: Final = 0.9
"""Readings by one engine make nothing sure; the number's own checks or another reader may."""
NUMBER_REREAD_ONCE: Final = 0.5
"""Given by a single reading: one wrong reading in eleven has a fitting check digit by chance."""
PLAINLY_READ: Final = 0.95
"""The least certain character's confidence from which a whole number was read as it stands."""

# Marks on the page.
FILLED_IN_BY_HAND: Final = 0.75
"""A field of a page that was filled in by hand is no surer than this."""
NO_INK: Final = 0.95
"""No ink where a signature belongs."""
INK_OF_A_HAND: Final = 0.9
"""Ink there that differs from the print beside it."""
INK_UNCLEAR: Final = 0.6
"""Ink there that may be a typed name, a speck or a thumb print."""

# What confirms a value, and what speaks against it.
CHECK_FAILED: Final = 0.3
"""A number whose check digit, date or division cannot be."""
DISAGREEMENT: Final = 0.5
"""The second reader, or the code beside it, gives another number."""
UNSURE: Final = 0.9
"""One reader, and nothing that confirms it; or something beside it that denies it."""
CONFIRMED: Final = 0.98
"""A witness of another kind gives the same: a check digit with a date, a second reader, a code."""
SECOND_READER_UNDER: Final = 0.95
"""A number surer than this is taken without the second reader."""
CONFIRMABLE: Final = 0.55
"""Below this birth date and sex, which tell nothing of the last four characters, do not suffice."""
UNKNOWN_WORD: Final = 0.6
"""A word that no register uses is probably misread."""
OTHER_SCRIPT: Final = 0.9
"""A character read in a form that registers do not print is a blurred one."""
OUT_OF_ORDER: Final = 0.7
"""Two days of which one must be misread; nobody knows which."""
CUT_OFF: Final = 0.6
"""A value at the edge of the picture may go on beyond it: 女 may be what is left of 女婿."""

OF_TWO_PAPERS: Final = 0.5
"""A value of a part that may show two papers: it may be another person's, however plainly read."""


def at_most(field: FieldReading, ceiling: float) -> FieldReading:
    """The same reading, no surer than `ceiling`, 0 to 1."""
    return field.model_copy(update={"confidence": min(field.confidence, ceiling)})


def span_at_most(span: TextSpan, ceiling: float) -> TextSpan:
    """The same text, none of its characters surer than `ceiling`, 0 to 1."""
    glyphs = tuple(g._replace(confidence=min(ceiling, g.confidence)) for g in span.glyphs)
    return span._replace(glyphs=glyphs)


def of_closed_list(field: FieldReading) -> FieldReading:
    """A reading that stands in a closed list: a misread character hardly ever makes another word.

    Of 50 such words read with 0.75 to 0.95, none was wrong.
    """
    if field.confidence < LEAST_WORD:
        return field
    doubt = (1 - field.confidence) * LEFT_OF_DOUBT
    return field.model_copy(update={"confidence": min(ONE_ENGINE, 1 - doubt)})


def by_reader(fields: dict[str, FieldReading], trust: float) -> dict[str, FieldReading]:
    """The fields as far as the reader is trusted: 1 for the main one, down to 0 for another."""
    if trust >= 1:
        return fields
    return {
        name: field.model_copy(update={"confidence": field.confidence * trust})
        for name, field in fields.items()
    }
