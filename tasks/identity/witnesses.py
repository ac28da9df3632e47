"""How probable a reading is, once the form and the other papers have been heard.

A reader's confidence is its own: the probability that it read right, before anybody else was asked
(`tasks.reading.confidence` counts the second reader, check digits, closed lists and the date inside
a number). Here the witnesses are asked that it could not know: what the form states, what stands
beside the value on the same paper, and what other papers say. Each that agrees makes a misreading
less likely by as much as a misreading seldom agrees with it: the odds are divided by the share of
misreadings that would land on that very value by chance. A reading that differs in anything gains
nothing, whatever it looks like; values are never touched, and the archived readings stay as they
are. Relation words have no witness: 侄女 that is misread as 次女 is what nobody else can tell. The
one exception is 户主: the cover names the householder.
"""

import datetime as dt
from collections.abc import Iterator
from enum import StrEnum
from types import MappingProxyType
from typing import Final, NamedTuple

from models.identity.id_number import valid_id_number
from models.identity.person_name import normalise_name
from models.intake.application import Application
from models.policy.measures import ReadingRules
from models.reading.document import DocumentKind, DocumentReading, FieldReading
from tasks.identity.same_values import SharedValues
from tasks.identity.similarity import has_look_alike

_LEAST_ODDS: Final = 1e-6
_MOST: Final = 0.999
"""No reading of a photograph is surer than this."""
_HOUSEHOLDER: Final = "户主"


class Witness(StrEnum):
    """Who says the same, beside the reader."""

    STATED_NUMBER = "stated_number"  # the form gives this very number
    STATED_NAME = "stated_name"  # the form gives this very name
    STATED_LOOK_ALIKE = "stated_look_alike"  # likewise, but the name has a look-alike
    STATED_BIRTH = "stated_birth"  # the date inside the stated number
    BESIDE = "beside"  # the same person's number, or birth date and name, on the same paper
    OTHER_PAPER = "other_paper"  # another paper shows this very number or day
    COVER = "cover"  # the cover names this page's person as the householder that the page calls it


CHANCE: Final = MappingProxyType(
    {
        Witness.STATED_NUMBER: 1 / 1000,
        Witness.STATED_NAME: 1 / 50,
        Witness.STATED_LOOK_ALIKE: 1 / 10,
        Witness.STATED_BIRTH: 1 / 50,
        Witness.BESIDE: 1 / 20,
        Witness.OTHER_PAPER: 1 / 100,
        Witness.COVER: 1 / 50,
    }
)
"""The share of misreadings that agree with a witness by chance.

Chosen with caution (docs/decisions/0020-witnesses.md): misreadings are too rare to count what they
land on; `benchmarks.witnesses` tries. `BESIDE` is no chance of a misreading but of a paper: one in
twenty papers with a person's own number may bear another name than the form.
"""


class _Stated(NamedTuple):
    """What the form says about one of the two people."""

    name: str | None
    number: str | None
    born: dt.date | None


class PaperWitnesses(NamedTuple):
    """Everything that is known beside the readings of one application."""

    people: tuple[_Stated, ...]
    certificate_number: str | None
    shared: SharedValues
    householders: frozenset[str]

    @classmethod
    def of(
        cls, application: Application, readings: tuple[DocumentReading, ...]
    ) -> "PaperWitnesses":
        """From the form and from what papers have in common."""
        today = application.submitted_on
        people = []
        for person in (application.applicant, application.member):
            number = valid_id_number(person.id_number, today=today)
            people.append(
                _Stated(
                    normalise_name(person.name or "") or None,
                    number.text if number else None,
                    number.birth_date if number else None,
                )
            )
        certificate = application.member.birth_certificate_number
        householders = (
            reading.value("householder_name")
            for reading in readings
            if reading.kind is DocumentKind.HUKOU_COVER
        )
        named = frozenset(normalise_name(name) for name in householders if name)
        return cls(tuple(people), certificate, SharedValues.of(readings), named)

    def heard(self, reading: DocumentReading, field: str) -> frozenset[Witness]:
        """Who says the same as this field of this paper."""
        value = reading.value(field)
        if value is None:
            return frozenset()
        if field == "relation_to_householder":
            return frozenset(self._of_householder(reading, value))
        if field.endswith("name"):
            return frozenset(self._of_name(reading, field, value))
        if field.endswith("id_number"):
            return frozenset(self._of_number(value))
        if field.endswith(("birth_date", "birth_time")):
            return frozenset(self._of_birth(reading, field, value))
        stated = field == "certificate_number" and value == self.certificate_number
        if stated:
            return frozenset({Witness.STATED_NUMBER})
        shared = self.shared.stands_elsewhere(reading, field)
        return frozenset({Witness.OTHER_PAPER}) if shared else frozenset()

    def _of_householder(self, reading: DocumentReading, value: str) -> Iterator[Witness]:
        if value == _HOUSEHOLDER and normalise_name(reading.value("name") or "") in (
            self.householders
        ):
            yield Witness.COVER

    def _of_number(self, value: str) -> Iterator[Witness]:
        if any(p.number == value for p in self.people):
            yield Witness.STATED_NUMBER

    def _of_name(self, reading: DocumentReading, field: str, value: str) -> Iterator[Witness]:
        stated = [p for p in self.people if p.name and p.name == normalise_name(value)]
        if not stated:
            return
        rare = has_look_alike(value)
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


def hear_witnesses(
    application: Application, readings: tuple[DocumentReading, ...], rules: ReadingRules
) -> tuple[DocumentReading, ...]:
    """The readings as the checks of this application may take them.

    Args:
        application: The form.
        readings: Everything that was read.
        rules: Below `name_beside_number` a reading is a guess that no witness can confirm.
    """
    known = PaperWitnesses.of(application, readings)
    least = rules.confidence.name_beside_number
    return tuple(_heard(reading, known, least) for reading in readings)


def _heard(reading: DocumentReading, known: PaperWitnesses, least: float) -> DocumentReading:
    surer = {
        name: _surer(field, witnesses)
        for name, field in reading.fields.items()
        if field.confidence >= least
        and not is_contested(name, field)
        and (witnesses := known.heard(reading, name))
    }
    return reading.model_copy(update={"fields": reading.fields | surer}) if surer else reading


def _surer(field: FieldReading, witnesses: frozenset[Witness]) -> FieldReading:
    confidence = max(field.confidence, probability(field.confidence, witnesses))
    return field.model_copy(update={"confidence": confidence, "second": None})


def probability(confidence: float, witnesses: frozenset[Witness]) -> float:
    """That a reading is right, 0 to 1.

    Args:
        confidence: The reader's own probability.
        witnesses: Who says the same; each counts once.
    """
    odds = max(_LEAST_ODDS, confidence / max(1 - confidence, _LEAST_ODDS))
    for witness in witnesses:
        odds /= CHANCE[witness]
    return round(min(_MOST, odds / (1 + odds)), 4)


def is_contested(name: str, field: FieldReading) -> bool:
    """Whether the second reader saw another whole value.

    A second reading with characters missing is a failed one and contests nothing; a whole one does,
    even where its check digit fails, for a forged digit looks like that. Of a name it has to be the
    very name; of a moment only its day counts.
    """
    value, second = field.value or "", field.second
    if second is None:
        return False
    if name.endswith("name"):
        return normalise_name(second) != normalise_name(value)
    if name.endswith("_time"):
        return second[:10] != value[:10]
    return len(second) >= len(value) and value.upper() not in second.upper()


def _born(reading: DocumentReading, prefix: str) -> dt.date | None:
    field = "birth_time" if prefix == "newborn_" else f"{prefix}birth_date"
    try:
        return dt.date.fromisoformat((reading.value(field) or "")[:10])
    except ValueError:
        return None
