"""The sentences of both languages, read from the files that non-programmers edit."""

from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Final

import yaml
from pydantic import Field

from models.checks.reason import Reason
from models.intake.application import Product, Relationship
from models.reading.document import DocumentKind
from models.record import Record

_FOLDER: Final = Path(__file__).parent


class SentenceLanguage(StrEnum):
    """The languages of people; the value names the file."""

    ZH = "zh"
    EN = "en"


class Persons(Record):
    """How the two persons are addressed.

    Attributes:
        applicant: The one who is told.
        member: The relative, by relationship; `other` where it is not stated.
        of_sex: The same where the relative's sex (男, 女) is known and makes another word.
        either: Both, where it is open who is meant; may use `{member}`.
    """

    applicant: str
    member: Mapping[Relationship, str]
    of_sex: Mapping[Relationship, Mapping[str, str]]
    either: str


class PossessiveForms(Record):
    """The same persons where something of theirs is named; all may use `{member}`."""

    applicant: str
    member: str
    either: str


class PictureWords(Record):
    """How the pictures are named by which a sentence can be followed."""

    one: str
    many: str
    page: str
    with_kind: str
    separator: str
    between: str
    brackets: str


class SentenceTexts(Record):
    """What is made of a reason's parts, by what it means for the applicant."""

    asked: str
    unsure: str
    beside_a_return: str
    rejected: str
    rejected_with_advice: str
    rejected_mendable: str
    beside_a_rejection: str
    not_checked: str
    note: str
    overruled: str
    retake: str
    look_again: str


class Outcomes(Record):
    """What is said about the application as a whole."""

    approved: Mapping[Product, str]
    in_review: str
    in_review_without_day: str
    returned: str
    returned_without_day: str
    rejected: str
    rejected_without_days: str
    hotline: str
    date: str


class ReasonText(Record):
    """One reason's parts; see the head of the files.

    Attributes:
        what: The fact, as a sentence without its full stop.
        topic: What the matter is called inside a sentence.
        calm: What is added while it is open, so that nobody takes it for a fault.
        do: What the applicant can send or mend.
        final: What is left where nothing can be mended.
        note: The whole sentence where it is only a note.
        form: In place of these where the matter lies in the form and not in a picture.
        fields: In place of these where the matter is this field of the form.
    """

    what: str
    topic: str
    calm: str = ""
    do: str | None = None
    final: str | None = None
    note: str | None = None
    form: "ReasonText | None" = None
    fields: Mapping[str, "ReasonText"] = Field(default_factory=dict)


class Sentences(Record):
    """Everything that is said to applicants in one language."""

    persons: Persons
    possessives: PossessiveForms
    proofs: Mapping[Relationship, str]
    documents: Mapping[DocumentKind, str]
    pictures: PictureWords
    sentences: SentenceTexts
    outcomes: Outcomes
    reasons: Mapping[Reason, ReasonText]


@cache
def load_sentences(language: SentenceLanguage) -> Sentences:
    """The sentences of one language.

    Raises:
        ValidationError: The file lacks a part or has one that is unknown; it names the place.
    """
    text = (_FOLDER / f"{language.value}.yaml").read_text("utf-8")
    return Sentences.model_validate(yaml.safe_load(text))
