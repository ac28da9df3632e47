"""Optional parts of a form: other identity documents, a remote authorisation, an objection."""

import datetime as dt
from enum import StrEnum

from pydantic import AwareDatetime, Field, field_validator

from models.identity.typed_text import normalise_serial
from models.record import Record


class IdentityDocumentKind(StrEnum):
    """By what somebody proves who they are."""

    RESIDENT_ID = "resident_id"  # 居民身份证
    TEMPORARY_ID = "temporary_id"  # 临时居民身份证
    PERMANENT_RESIDENT = "permanent_resident"  # 外国人永久居留身份证
    HK_MO_TW_PERMIT = "hk_mo_tw_permit"  # 港澳台居民居住证
    PASSPORT = "passport"  # 护照

    @property
    def zh(self) -> str:
        """The document's Chinese name."""
        return _ZH[self]

    @property
    def en(self) -> str:
        """The document's English name."""
        return self.value.replace("_", " ")


_ZH = {
    IdentityDocumentKind.RESIDENT_ID: "居民身份证",
    IdentityDocumentKind.TEMPORARY_ID: "临时居民身份证",
    IdentityDocumentKind.PERMANENT_RESIDENT: "外国人永久居留身份证",
    IdentityDocumentKind.HK_MO_TW_PERMIT: "港澳台居民居住证",
    IdentityDocumentKind.PASSPORT: "护照",
}


class IdentityDocument(Record):
    """Another document than the number in the form says who somebody is.

    Attributes:
        birth_date: For a document whose number does not hold it.
    """

    kind: IdentityDocumentKind
    number: str | None = None
    birth_date: dt.date | None = None

    @field_validator("number")
    @classmethod
    def _as_printed(cls, number: str | None) -> str | None:
        return normalise_serial(number) if number else None


def with_number_of_document(person: object) -> object:
    """A person as the form gives them, with the number that stands beside the identity card only.

    Args:
        person: The part of the form, not yet validated.
    """
    if not isinstance(person, dict) or person.get("id_number"):
        return person
    document = person.get("identity_document")
    fields = document.model_dump() if isinstance(document, IdentityDocument) else document
    if not isinstance(fields, dict) or fields.get("kind") != IdentityDocumentKind.RESIDENT_ID:
        return person
    return person | {"id_number": fields.get("number")}


class RemoteAuthorization(Record):
    """The record of an authorisation that the member gave elsewhere (rule R16).

    Attributes:
        reference: Under which the other system keeps it.
        authorized_at: When the member gave it.
        system: Which system keeps it.
    """

    reference: str | None = None
    authorized_at: AwareDatetime | None = None
    system: str | None = None


class Objection(Record):
    """An objection to what was decided by the machine (PIPL 24); a person decides about it.

    Attributes:
        to_round: The round whose outcome is disputed.
        text: What the applicant says, in the own words.
    """

    to_round: int = Field(ge=1, le=99)
    text: str = Field(default="", max_length=2000)
