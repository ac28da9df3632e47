"""Two texts held against each other, character by character."""

from difflib import SequenceMatcher
from typing import NamedTuple


class TextPart(NamedTuple):
    """A run of characters of one text, and whether the other text has it at that place."""

    text: str
    differs: bool


def mark_differences(text: str, against: str) -> tuple[TextPart, ...]:
    """The parts of a text, those marked that another text does not have there.

    Texts of one length are compared place by place, as numbers and names are misread; a
    look-alike character then stands out alone. Others are aligned first.

    Args:
        text: What is shown.
        against: What it is compared with; an empty one leaves everything unmarked.
    """
    if not against:
        return (TextPart(text, differs=False),) if text else ()
    if len(text) == len(against):
        flags = [one != other for one, other in zip(text, against, strict=True)]
    else:
        flags = [True] * len(text)
        matcher = SequenceMatcher(None, text, against, autojunk=False)
        for block in matcher.get_matching_blocks():
            flags[block.a : block.a + block.size] = [False] * block.size
    return _runs(text, flags)


def _runs(text: str, flags: list[bool]) -> tuple[TextPart, ...]:
    parts: list[TextPart] = []
    for character, differs in zip(text, flags, strict=True):
        if parts and parts[-1].differs == differs:
            parts[-1] = TextPart(parts[-1].text + character, differs)
        else:
            parts.append(TextPart(character, differs))
    return tuple(parts)
