"""How probable a reading is, once the form and the other papers have been heard.

A reader's confidence is its own: the probability that it read right, before anybody else was asked
(`tasks.reading.confidence` counts the second reader, check digits, closed lists and the date inside
a number). Here the witnesses are asked that it could not know: what the form states, what stands
beside the value on the same paper, and what other papers say. Each that agrees makes a misreading
less likely by as much as a misreading seldom agrees with it: the odds are divided by the share of
misreadings that would land on that very value by chance. A reading that differs in anything gains
nothing, whatever it looks like, unless the picture itself bears the stated value out against all
that looks like it (`StatedComparison`). The archived readings stay as they are. Relation words
have no witness: 侄女 that is misread as 次女 is what nobody else can tell. Exceptions are 户主,
which the cover bears out, for it names the householder, and 夫 and 父, which look alike, where the
two people can be only one of them to each other.
"""

import datetime as dt
from collections.abc import Iterator
from typing import Final, NamedTuple

from models.identity.character_forms import simplified
from models.identity.id_number import valid_id_number
from models.identity.person_name import normalise_name
from models.intake.application import Application
from models.policy.measures import ReadingRules
from models.reading.document import DocumentKind, DocumentReading, FieldReading
from models.reading.stated_value import StatedComparison
from tasks.identity.borne_out import BorneOutValues
from tasks.identity.same_values import SharedValues
from tasks.identity.similarity import has_look_alike
from tasks.identity.witness_weights import Witness, is_contested, probability

_WORD: Final = "relation_to_householder"
_HOUSEHOLDER: Final = "户主"
_FATHER: Final = "父"
_HUSBAND: Final = "夫"
_A_FATHER: Final = 12
"""Years by which every father is older than his child."""
_OF_THE_FORM: Final = frozenset(
    {Witness.STATED_NUMBER, Witness.STATED_NAME, Witness.STATED_LOOK_ALIKE, Witness.STATED_BIRTH}
)
"""The form speaks once: where the picture bears its value out, it has spoken."""


class _Stated(NamedTuple):
    """What the form says about one of the two people."""

    name: str | None
    number: str | None
    born: dt.date | None
    sex: str | None


class PaperWitnesses(NamedTuple):
    """Everything that is known beside the readings of one application."""

    people: tuple[_Stated, ...]
    certificate_number: str | None
    shared: SharedValues
    householders: frozenset[str]
    heads: frozenset[str]
    borne_out: frozenset[tuple[str, str]]

    @classmethod
    def of(
        cls,
        application: Application,
        readings: tuple[DocumentReading, ...],
        borne_out: frozenset[tuple[str, str]],
    ) -> "PaperWitnesses":
        """From the form and from what papers have in common.

        Args:
            application: The form.
            readings: Everything that was read.
            borne_out: Places of papers, and their fields, of which the picture was asked already.
        """
        today = application.submitted_on
        people = []
        for person in (application.applicant, application.member):
            number = valid_id_number(person.id_number, today=today)
            people.append(
                _Stated(
                    normalise_name(person.name or "") or None,
                    number.text if number else None,
                    number.birth_date if number else None,
                    number.sex if number else None,
                )
            )
        certificate = application.member.birth_certificate_number
        householders = (
            reading.value("householder_name")
            for reading in readings
            if reading.kind is DocumentKind.HUKOU_COVER
        )
        named = frozenset(normalise_name(name) for name in householders if name)
        heads = frozenset(
            shown
            for reading in readings
            if reading.value(_WORD) == _HOUSEHOLDER and (shown := reading.value("id_number"))
        )
        shared = SharedValues.of(readings)
        return cls(tuple(people), certificate, shared, named, heads, borne_out)

    def of_field(self, reading: DocumentReading, field: str) -> frozenset[Witness]:
        """Who says the same as this field of this paper; the form counts once."""
        agreeing = self._agreeing(reading, field)
        return agreeing - _OF_THE_FORM if (reading.place, field) in self.borne_out else agreeing

    def _agreeing(self, reading: DocumentReading, field: str) -> frozenset[Witness]:
        value = reading.value(field)
        if value is None:
            return frozenset()
        if field == _WORD:
            return frozenset(self._of_word(reading, value))
        if field.endswith("name"):
            return frozenset(self._of_name(reading, field, value))
        if field.endswith("id_number"):
            return frozenset(self._of_number(reading, field, value))
        if field.endswith(("birth_date", "birth_time")):
            return frozenset(self._of_birth(reading, field, value))
        stated = field == "certificate_number" and value == self.certificate_number
        if stated:
            return frozenset({Witness.STATED_NUMBER})
        shared = self.shared.stands_elsewhere(reading, field)
        return frozenset({Witness.OTHER_PAPER}) if shared else frozenset()

    def _of_word(self, reading: DocumentReading, value: str) -> Iterator[Witness]:
        if value == _HOUSEHOLDER and normalise_name(reading.value("name") or "") in (
            self.householders
        ):
            yield Witness.COVER
        number = reading.value("id_number")
        bearer = next((p for p in self.people if p.number and p.number == number), None)
        heads = [p for p in self.people if p is not bearer and p.number in self.heads]
        if bearer is not None and len(heads) == 1 and _only_word(value, bearer, heads[0]):
            yield Witness.NO_LOOK_ALIKE

    def _of_number(self, reading: DocumentReading, field: str, value: str) -> Iterator[Witness]:
        """The form; for whom it does not name, as two children's father, another paper."""
        if any(p.number == value for p in self.people):
            yield Witness.STATED_NUMBER
        elif self.shared.stands_elsewhere(reading, field):
            yield Witness.OTHER_PAPER

    def _of_name(self, reading: DocumentReading, field: str, value: str) -> Iterator[Witness]:
        name = simplified(normalise_name(value))
        stated = [p for p in self.people if p.name and simplified(p.name) == name]
        if not stated:
            return
        rare = has_look_alike(name)
        yield Witness.STATED_LOOK_ALIKE if rare else Witness.STATED_NAME
        prefix = field.removesuffix("name")
        number, born = reading.value(f"{prefix}id_number"), _born(reading, prefix)
        if any((p.number and p.number == number) or (p.born and p.born == born) for p in stated):
            yield Witness.BESIDE

    def _of_birth(self, reading: DocumentReading, field: str, value: str) -> Iterator[Witness]:
        stated = [p for p in self.people if p.born and p.born.isoformat() == value[:10]]
        if not stated:
            return
        yield Witness.STATED_BIRTH
        prefix = "newborn_" if field == "birth_time" else field.removesuffix("birth_date")
        name, number = reading.value(f"{prefix}name"), reading.value(f"{prefix}id_number")
        own = (p.number == number or (name and p.name == normalise_name(name)) for p in stated)
        if any(own):
            yield Witness.BESIDE


def _only_word(word: str, bearer: _Stated, head: _Stated) -> bool:
    """Whether 父 cannot be a misread 夫, or 夫 a misread 父, for this householder.

    A man has no 夫; and nobody's 父 is hardly older than the child.
    """
    if bearer.sex != "男" or bearer.born is None or head.born is None:
        return False
    if word == _FATHER:
        return head.sex == "男"
    return word == _HUSBAND and head.sex == "女" and head.born.year - bearer.born.year < _A_FATHER


def weigh_readings(
    application: Application,
    readings: tuple[DocumentReading, ...],
    rules: ReadingRules,
    stated: tuple[StatedComparison, ...] = (),
) -> tuple[DocumentReading, ...]:
    """The readings as the checks of this application may take them.

    Args:
        application: The form.
        readings: Everything that was read.
        rules: Below `name_beside_number` a reading is a guess that no witness can confirm.
        stated: The form's values held against the pictures.
    """
    shown = BorneOutValues.of(application, stated)
    judged = tuple(shown.in_place(reading, rules) for reading in readings)
    borne_out = frozenset(
        (after.place, name)
        for before, after in zip(readings, judged, strict=True)
        for name, field in after.fields.items()
        if field is not before.fields[name]
    )
    known = PaperWitnesses.of(application, judged, borne_out)
    least = rules.confidence.name_beside_number
    return tuple(_weighed(reading, known, shown, least) for reading in judged)


def _weighed(
    reading: DocumentReading, known: PaperWitnesses, shown: BorneOutValues, least: float
) -> DocumentReading:
    """A paper once everybody was heard; the form is no witness against the picture itself."""
    surer = {
        name: _surer(field, witnesses)
        for name, field in reading.fields.items()
        if field.confidence >= least
        and not is_contested(name, field)
        and not shown.denies(reading, name)
        and (witnesses := known.of_field(reading, name))
    }
    return reading.model_copy(update={"fields": reading.fields | surer}) if surer else reading


def _surer(field: FieldReading, witnesses: frozenset[Witness]) -> FieldReading:
    """A second reading that says the same stays; one that failed is of no use to anybody."""
    confidence = max(field.confidence, probability(field.confidence, witnesses))
    second = field.second if field.second == field.value else None
    return field.model_copy(update={"confidence": confidence, "second": second})


def _born(reading: DocumentReading, prefix: str) -> dt.date | None:
    field = "birth_time" if prefix == "newborn_" else f"{prefix}birth_date"
    try:
        return dt.date.fromisoformat((reading.value(field) or "")[:10])
    except ValueError:
        return None
