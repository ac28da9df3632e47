"""The papers of a round as the page shows them: each field's readings side by side."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from console.web.review.view.differences import TextPart, mark_differences
from console.web.review.view.paper_bearers import PaperBearer, bearers, stated_value
from models.identity.masking import mask_field, mask_tail
from models.policy.measures import ReadingRules
from models.reading.document import DocumentKind, DocumentReading, FieldReading
from models.reading.field_name import field_zh
from models.reading.stated_value import StatedAnswer, comparisons_of
from models.reviews.review_work import Correction
from storage.bootstrap import Repositories
from tasks.reviewing.corrections.correct_field import field_names
from tasks.reviewing.corrections.recheck import Recheck
from tasks.rounds.round_results import load_readings

_MASKED: Final = ("id_number", "certificate_number")
_SEEN_BLANK: Final = 0.8
"""From this confidence on a place without a value was seen and is blank."""


class FieldView(NamedTuple):
    """One field: the machine's reading and a person's, side by side.

    Attributes:
        shown: The value as it may be shown; masked unless it was revealed.
        matters: A rule needs it, or a finding names it; a doubt about others stops nobody.
        trusted: The machine's reading is sure enough to decide something.
        masked: Its value is hidden until somebody asks for it by a click that is recorded.
        points: The corners on the picture, as SVG writes them; empty where no place is known.
        stated: What the form says of the same thing; masked as the reading is; "" for nothing.
        picture: What the picture says of the form's value; None where it was not asked.
        whole: A number that is shown in full unasked, because its holder has to judge it.
    """

    name: str
    zh: str
    reading: FieldReading
    shown: str
    raw: str
    second: str
    trusted: bool
    masked: bool
    points: str
    matters: bool
    correction: Correction | None
    corrected: str
    stated: str
    picture: StatedAnswer | None
    whole: bool

    @property
    def unread(self) -> bool:
        """Whether nothing was made out there; how sure that is means nothing."""
        return self.reading.value is None and self.reading.confidence < _SEEN_BLANK

    @property
    def readers_differ(self) -> bool:
        """Whether the second reader saw something else."""
        return bool(self.second) and self.second != self.shown

    @property
    def first_parts(self) -> tuple[TextPart, ...]:
        """The first reading, marked where the second reader, or else the form, has it otherwise."""
        return mark_differences(self.shown, self.second or self.stated)

    @property
    def second_parts(self) -> tuple[TextPart, ...]:
        """The second reading, marked where it differs from the first."""
        return mark_differences(self.second, self.shown)

    @property
    def stated_parts(self) -> tuple[TextPart, ...]:
        """What the form states, marked where it differs from the first reading."""
        return mark_differences(self.stated, self.shown)

    @property
    def state(self) -> str:
        """How sure it is, in a word."""
        if self.correction:
            return "corrected"
        return "sure" if self.trusted else "doubtful" if self.matters else "minor"


class PaperTab(NamedTuple):
    """One paper with the picture that it stands on.

    Attributes:
        number: Its place in the readings, from 0.
        bearer: Whose paper it is.
    """

    number: int
    reading: DocumentReading
    fields: tuple[FieldView, ...]
    bearer: PaperBearer

    @property
    def turn(self) -> int:
        """Degrees clockwise by which its picture has to be turned to stand upright.

        The turn of a page is that of its text; a face has none, and stands as the camera meant it.
        """
        faced = self.reading.kind is DocumentKind.SELFIE
        return 0 if faced or self.reading.quality is None else self.reading.quality.rotation

    @property
    def doubts(self) -> int:
        """How many fields nobody is sure of."""
        return sum(field.state == "doubtful" for field in self.fields)


def paper_tabs(
    repositories: Repositories,
    round_id: str,
    corrections: Mapping[tuple[int, str], Correction],
    rechecked: Recheck | None,
    revealed: frozenset[tuple[int, str]],
    *,
    holder: bool,
) -> tuple[PaperTab, ...]:
    """Every paper of a round.

    Args:
        repositories: Where everything is kept.
        round_id: The round.
        corrections: Those in force.
        rechecked: What the checks say now; None where they could not be asked.
        revealed: Masked fields, by paper and name, that are shown in clear.
        holder: Whoever looks has the case on the desk.
    """
    readings = rechecked.read if rechecked else load_readings(repositories, round_id).papers
    whose = bearers(rechecked, readings)
    rules = rechecked.policy.reading if rechecked else None
    named = frozenset(
        (item.document, item.field)
        for found in (rechecked.decision.findings if rechecked else ())
        for item in found.evidence
    )
    context = _FieldContext(corrections, rules, named, revealed, rechecked, holder=holder)
    return tuple(
        PaperTab(
            number=number,
            reading=paper,
            fields=tuple(
                _field(number, name, paper, whose[number], context) for name in field_names(paper)
            ),
            bearer=whose[number],
        )
        for number, paper in enumerate(readings)
    )


class _FieldContext(NamedTuple):
    """What every field of a case is looked at with."""

    corrections: Mapping[tuple[int, str], Correction]
    rules: ReadingRules | None
    named: frozenset[tuple[str, str | None]]
    revealed: frozenset[tuple[int, str]]
    rechecked: Recheck | None
    holder: bool


def _field(
    number: int, name: str, paper: DocumentReading, bearer: PaperBearer, context: _FieldContext
) -> FieldView:
    reading = paper.fields.get(name, FieldReading(value=None, confidence=0))
    correction, rules = context.corrections.get((number, name)), context.rules
    blank_seen = reading.value is None and reading.confidence >= _SEEN_BLANK
    trusted = blank_seen or (rules is not None and rules.trusts(name, reading))
    picture = _picture(paper, name, bearer, context.rechecked)
    matters = (paper.file, name) in context.named or _needed(paper, name, rules)
    number_like, asked = name.endswith(_MASKED), (number, name) in context.revealed
    to_judge = context.holder and matters and not trusted and correction is None
    clear = not number_like or asked or to_judge
    form = context.rechecked.dossier.application if context.rechecked else None
    return FieldView(
        name=name,
        zh=field_zh(name),
        reading=reading,
        shown=_shown(name, reading.value, clear=clear),
        raw=_raw(reading, clear=clear),
        second=_shown(name, reading.second, clear=clear),
        trusted=trusted,
        masked=not clear,
        matters=matters,
        points=" ".join(f"{x:.0f},{y:.0f}" for x, y in reading.quad) if reading.quad else "",
        correction=correction,
        corrected=_shown(name, correction.value, clear=clear) if correction else "",
        picture=picture,
        stated=_shown(name, stated_value(form, bearer, name), clear=clear),
        whole=number_like and to_judge and not asked,
    )


def _picture(
    paper: DocumentReading, name: str, bearer: PaperBearer, rechecked: Recheck | None
) -> StatedAnswer | None:
    """What the picture says of the value that the form states of whom the field is about."""
    whose = {"mother": bearer.mother, "father": bearer.father}.get(name.split("_")[0], bearer.role)
    found = comparisons_of(rechecked.dossier.stated if rechecked else (), paper, name)
    return next((c.answer for c in found if c.person == whose), None)


def _needed(paper: DocumentReading, name: str, rules: ReadingRules | None) -> bool:
    return rules is None or name in rules.needed.get(paper.kind, ())


def _raw(reading: FieldReading, *, clear: bool) -> str:
    """What stands on the paper, where that is not the value itself; "" where it is."""
    if reading.raw == reading.value:
        return ""
    return reading.raw if clear else mask_tail(reading.raw)


def _shown(name: str, value: str | None, *, clear: bool) -> str:
    return (value if clear else mask_field(name, value)) or ""
