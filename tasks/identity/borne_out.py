"""Values of the form that a picture bears out, put where reading was not sure of its own."""

import datetime as dt
from collections import defaultdict
from types import MappingProxyType
from typing import Final, NamedTuple

from models.identity.id_number import valid_id_number
from models.intake.application import Application, PersonRole
from models.policy.measures import ReadingRules
from models.reading.document import DocumentReading, FieldReading
from models.reading.stated_value import StatedAnswer, StatedComparison
from tasks.identity.identities import People, StatedPerson
from tasks.identity.witness_weights import Witness, is_contested, probability

_UNREAD: Final = 0.5
"""Before the picture was asked, what the form states is as likely as everything else together."""
_BY_ENDING: Final = MappingProxyType(
    {
        "number": Witness.NUMBER_BORNE_OUT,
        "name": Witness.NAME_BORNE_OUT,
        "birth_date": Witness.BIRTH_BORNE_OUT,
        "birth_time": Witness.BIRTH_BORNE_OUT,
    }
)
_Place = tuple[str, int, int, str]


class BorneOutValues(NamedTuple):
    """What the pictures bear out.

    Attributes:
        values: By paper and field, the one stated value that the picture shows.
        nearly: By paper and field, whose name it nearly shows.
        denied: By paper and field, the stated values that a look-alike outdoes in the picture.
    """

    values: dict[_Place, str]
    nearly: dict[_Place, StatedPerson]
    denied: frozenset[tuple[_Place, str]]

    @classmethod
    def of(
        cls, application: Application, comparisons: tuple[StatedComparison, ...]
    ) -> "BorneOutValues":
        """What was borne out; of a place that bears two different values out, none."""
        people = People.of(application).stated
        found: dict[_Place, set[str]] = defaultdict(set)
        nearly: dict[_Place, StatedPerson] = {}
        denied: set[tuple[_Place, str]] = set()
        for one in comparisons:
            person, place = people[one.person.value], (one.digest, one.page, one.part, one.field)
            value = _stated(application, person, one)
            if one.answer is StatedAnswer.BORNE_OUT and value is not None:
                found[place].add(value)
            elif one.answer is StatedAnswer.NEARLY:
                nearly[place] = person
            elif one.answer is StatedAnswer.CONTRADICTED and one.margin < 0 and value is not None:
                denied.add((place, value))
        alone = {place: values.pop() for place, values in found.items() if len(values) == 1}
        return cls(alone, nearly, frozenset(denied))

    def in_place(self, reading: DocumentReading, rules: ReadingRules) -> DocumentReading:
        """A paper as the checks may take it: borne-out values where reading was not sure.

        Numbers come first: a name that is nearly the likeliest counts beside its person's number.
        """
        for numbers in (True, False):
            borne_out = {
                name: _judged(name, field, value)
                for name, field in reading.fields.items()
                if name.endswith("number") is numbers
                and not _surely_blank(field, rules.least(name))
                and not rules.trusts(name, field)
                and (value := self._shown(reading, name, rules)) is not None
                and not _contested(name, field, value)
            }
            if borne_out:
                reading = reading.model_copy(update={"fields": reading.fields | borne_out})
        return reading

    def denies(self, reading: DocumentReading, field: str) -> bool:
        """Whether the picture is against the stated value that was read in a field."""
        place, value = _place(reading, field), reading.value(field) or ""
        return (place, value[:10] if field.endswith("_time") else value) in self.denied

    def _shown(self, reading: DocumentReading, field: str, rules: ReadingRules) -> str | None:
        """The stated value that a field of a paper shows; of a moment its day."""
        place = _place(reading, field)
        value = self.values.get(place)
        if value is not None or not field.endswith("name") or place not in self.nearly:
            return value
        person, number = self.nearly[place], f"{field.removesuffix('name')}id_number"
        own = person.number is not None and reading.value(number) == person.number.text
        return person.name if own and rules.trusts(number, reading.fields[number]) else None


def _place(reading: DocumentReading, field: str) -> _Place:
    return (reading.digest, reading.page, reading.part, field)


def _surely_blank(field: FieldReading, least: float) -> bool:
    """Whether the paper, or a person who looked at it, says that nothing stands there."""
    return field.value is None and field.confidence >= least


def _stated(
    application: Application, person: StatedPerson, comparison: StatedComparison
) -> str | None:
    field = comparison.field
    if field == "certificate_number":
        member = comparison.person is PersonRole.MEMBER
        return application.member.birth_certificate_number if member else None
    if field.endswith("id_number"):
        return person.number.text if person.number else None
    if field.endswith("name"):
        return person.name
    return person.born.isoformat() if person.born else None


def _judged(name: str, field: FieldReading, value: str) -> FieldReading:
    """A field with the value that the picture bears out."""
    witness = next(w for ending, w in _BY_ENDING.items() if name.endswith(ending))
    if _shows(name, field, value):
        before, shown = max(field.confidence, _UNREAD), field.value
    else:
        before = _UNREAD if field.value is None else min(_UNREAD, 1 - field.confidence)
        shown = value
    update = {"value": shown, "confidence": probability(before, {witness}), "second": None}
    return field.model_copy(update=update)


def _shows(name: str, field: FieldReading, value: str) -> bool:
    """Whether the reading itself gave the value; of a moment its day counts."""
    read = field.value or ""
    return read[:10] == value if name.endswith("_time") else read == value


def _contested(name: str, field: FieldReading, value: str) -> bool:
    """Whether the second reader saw another whole value than the stated one.

    Another number it has to be that could be printed: the picture itself was asked for every one
    that differs in a digit or two, and what breaks the rules of a number was misread.
    """
    if name.endswith("id_number") and valid_id_number(field.second, today=dt.date.max) is None:
        return False
    return is_contested(name, field.model_copy(update={"value": value}))
