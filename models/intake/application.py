"""An application as it arrives: who asks to bind whom, and with which papers."""

import datetime as dt
import re
from enum import StrEnum
from pathlib import PurePosixPath
from typing import Annotated, Final

from pydantic import AfterValidator, AwareDatetime, BeforeValidator, Field, field_validator

from models.clock import CHINA
from models.identity.typed_text import normalise_serial
from models.intake.declarations import (
    IdentityDocument,
    Objection,
    RemoteAuthorization,
    with_number_of_document,
)
from models.reading.document import DocumentKind
from models.record import Record

SCHEMA_VERSION = 1
_FIRST_YEAR = 2000
_END_YEAR = 2200
_REGION: Final = re.compile(r"^[0-9]{6}$")


class Product(StrEnum):
    """What a binding is for; the two are different in law (one moves no money)."""

    FAMILY_ACCOUNT = "family_account"  # 亲情账户
    MUTUAL_AID = "mutual_aid"  # 家庭共济


class BindingMethod(StrEnum):
    """How the member is identified."""

    ID_NUMBER = "id_number"
    BIRTH_CERTIFICATE = "birth_certificate"


class Channel(StrEnum):
    """Where the application was handed in."""

    NATIONAL_APP = "national_app"
    ALIPAY_MINI_PROGRAM = "alipay_mini_program"
    WECHAT_ACCOUNT = "wechat_account"
    LOCAL_APP = "local_app"
    EMPLOYER = "employer"
    KIOSK = "kiosk"
    WEBSITE = "website"
    COUNTER = "counter"


class Relationship(StrEnum):
    """What one person is to another, as far as a binding may rest on it (Civil Code 1045).

    Always read "the member is the applicant's ...". `OTHER` is every relation that cannot be
    bound: in-laws, step relations without adoption, cousins, none at all.
    """

    SPOUSE = "spouse"
    PARENT = "parent"
    CHILD = "child"
    SIBLING = "sibling"
    GRANDPARENT = "grandparent"
    GRANDCHILD = "grandchild"
    OTHER = "other"

    @property
    def inverse(self) -> "Relationship":
        """What the applicant is to the member when the member is this to the applicant."""
        return _INVERSE.get(self, self)


_INVERSE = {
    Relationship.PARENT: Relationship.CHILD,
    Relationship.CHILD: Relationship.PARENT,
    Relationship.GRANDPARENT: Relationship.GRANDCHILD,
    Relationship.GRANDCHILD: Relationship.GRANDPARENT,
}


class IdentityRoute(StrEnum):
    """How the member's own will is shown."""

    FACE = "face"
    REMOTE_AUTHORIZATION = "remote_authorization"
    NON_FACE = "non_face"
    NONE = "none"


class InsuranceType(StrEnum):
    """The scheme a person is insured in."""

    EMPLOYEE = "employee"  # 职工
    RESIDENT = "resident"  # 居民


class ConsentKind(StrEnum):
    """What a person agreed to, each on its own (PIPL 29: separate consent for faces)."""

    NOTICE = "notice"
    COMMITMENT = "commitment"
    FACE = "face"
    GUARDIAN = "guardian"
    SPOUSE = "spouse"


class ConsentGiver(StrEnum):
    """Who gave a consent."""

    APPLICANT = "applicant"
    MEMBER = "member"
    GUARDIAN = "guardian"
    SPOUSE = "spouse"
    MOTHER = "mother"


class PersonRole(StrEnum):
    """Whose paper it is."""

    APPLICANT = "applicant"
    MEMBER = "member"


class Consent(Record):
    """One agreement to one version of a text.

    Attributes:
        by: Who agreed; None where the form does not say.
        name: That person's name, where the form says it.
        withdrawn_at: When the consent was taken back.
    """

    kind: ConsentKind
    version: str
    agreed_at: AwareDatetime
    by: ConsentGiver | None = None
    name: str | None = None
    withdrawn_at: AwareDatetime | None = None


TypedSerial = Annotated[str, AfterValidator(normalise_serial)]
"""A number that somebody typed, without spaces and in upper case."""


class Applicant(Record):
    """The insured person who asks for the binding."""

    name: str | None = None
    id_number: TypedSerial | None = None
    identity_document: IdentityDocument | None = None
    insured_region: str | None = None
    insurance_type: InsuranceType | None = None
    real_name_verified_at: AwareDatetime | None = None


class Member(Record):
    """The relative who is to be bound."""

    name: str | None = None
    id_number: TypedSerial | None = None
    birth_certificate_number: TypedSerial | None = None
    identity_document: IdentityDocument | None = None
    insured_region: str | None = None
    insurance_type: InsuranceType | None = None
    incapacitated: bool = False


class DocumentEntry(Record):
    """A file that the application names; kind and person are hints, checked and not believed."""

    file: str = Field(min_length=1, max_length=255)
    kind: DocumentKind | None = None
    person: PersonRole | None = None

    @property
    def leaves_folder(self) -> bool:
        """Whether the path points outside the application's own folder."""
        path = PurePosixPath(self.file.replace("\\", "/"))
        return path.is_absolute() or ".." in path.parts or ":" in self.file or "\0" in self.file


class Application(Record):
    """One request: bind this member to this applicant as this relative.

    `relationship`, `product` and the like may be None: an empty answer is a finding for the
    applicant, not a file that cannot be read. `filing_id` is the number under which mutual aid
    was filed (备案), where a place asks for that first. `round` is the number of the handing-in,
    from 2 for an answer to a return (补件); None for a first one.

    Attributes:
        remote_authorization: The record behind the route of that name.
        objection: That, and why, an earlier outcome is disputed.
    """

    schema_version: int = SCHEMA_VERSION
    application_id: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$")
    submitted_at: AwareDatetime
    product: Product | None = None
    binding_method: BindingMethod | None = None
    channel: Channel | None = None
    region: str = Field(pattern=r"^[0-9]{6}$")
    applicant: Annotated[Applicant, BeforeValidator(with_number_of_document)]
    member: Annotated[Member, BeforeValidator(with_number_of_document)]
    relationship: Relationship | None = None
    identity_route: IdentityRoute | None = None
    consents: tuple[Consent, ...] = ()
    documents: tuple[DocumentEntry, ...] = ()
    filing_id: str | None = None
    round: int | None = Field(default=None, ge=1, le=99)
    remote_authorization: RemoteAuthorization | None = None
    objection: Objection | None = None

    @field_validator("submitted_at")
    @classmethod
    def _in_our_days(cls, moment: dt.datetime) -> dt.datetime:
        """A clock that was never set; near the ends of the calendar no zone can be told either."""
        if not _FIRST_YEAR <= moment.year < _END_YEAR:
            raise ValueError("submitted_at is not a moment of our days")
        return moment

    @field_validator("schema_version")
    @classmethod
    def _known_version(cls, version: int) -> int:
        if version != SCHEMA_VERSION:
            msg = f"schema_version must be {SCHEMA_VERSION}"
            raise ValueError(msg)
        return version

    @property
    def submitted_on(self) -> dt.date:
        """The day in China by which ages and terms are judged, whatever offset the time has."""
        return self.submitted_at.astimezone(CHINA).date()

    @property
    def deciding_region(self) -> str:
        """The place whose rules bind: where the applicant is insured, else what the form names."""
        insured = self.applicant.insured_region or ""
        return insured if _REGION.match(insured) else self.region

    def consents_to(self, kind: ConsentKind) -> tuple[Consent, ...]:
        """The consents of this kind that hold: given by the submission, never taken back.

        Whoever takes a consent back takes back all of this kind that the same person gave until
        then; only one that is given afterwards counts again.
        """
        own = [c for c in self.consents if c.kind is kind]
        return tuple(
            c
            for c in own
            if c.agreed_at <= self.submitted_at and not any(_taken_back(c, other) for other in own)
        )

    def has_consent(self, kind: ConsentKind) -> bool:
        """Whether this was agreed to no later than the submission, and not taken back since."""
        return bool(self.consents_to(kind))


def _taken_back(consent: Consent, other: Consent) -> bool:
    """Whether what was withdrawn of `other` ends this consent as well."""
    if consent is other:
        return consent.withdrawn_at is not None
    one_person = consent.by is None or other.by is None or consent.by is other.by
    ended = other.withdrawn_at
    return one_person and ended is not None and consent.agreed_at <= ended
