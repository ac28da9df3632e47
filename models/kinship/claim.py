"""Claims that papers make about people, and what they prove together."""

from enum import StrEnum

from pydantic import Field

from models.checks.finding import Message
from models.intake.application import Relationship
from models.record import Record

APPLICANT = "applicant"
MEMBER = "member"
"""Identities in claims are opaque: these two, and any other string for a third person."""


class HukouClaim(Record):
    """One registration card says who somebody is to the householder of one book.

    Attributes:
        document: The file it stands on.
        person: Identity of the person the page is about.
        book: Opaque key of the booklet; pages that belong together share it.
        word: The relation word as printed (长子); None when blank or unread.
        sex: 男 or 女 of that person, where known.
        householder_sex: The householder's sex, where a page of the book shows it.
        collective: A collective household (集体户): its members are not related by default.
        confidence: 0 to 1, of the word.
    """

    document: str
    person: str
    book: str
    word: str | None
    sex: str | None = None
    householder_sex: str | None = None
    collective: bool = False
    confidence: float = Field(ge=0, le=1)


class ParentageClaim(Record):
    """A birth certificate names a child's parents; None for one that is not known or not given."""

    document: str
    child: str
    mother: str | None
    father: str | None
    confidence: float = Field(ge=0, le=1)


class MarriageClaim(Record):
    """A marriage certificate joins two people."""

    document: str
    spouses: tuple[str, str]
    confidence: float = Field(ge=0, le=1)


class StatedClaim(Record):
    """A notarial certificate states that `relative` is `subject`'s such-and-such."""

    document: str
    subject: str
    relative: str
    relationship: Relationship
    confidence: float = Field(ge=0, le=1)


class Claims(Record):
    """All claims of one application's papers."""

    hukou: tuple[HukouClaim, ...] = ()
    parentage: tuple[ParentageClaim, ...] = ()
    marriages: tuple[MarriageClaim, ...] = ()
    stated: tuple[StatedClaim, ...] = ()


class Ambiguity(StrEnum):
    """Why a book leaves a relation open (the field's K1 to K11)."""

    K1 = "K1"
    K2 = "K2"
    K3 = "K3"
    K4 = "K4"
    K5 = "K5"
    K6 = "K6"
    K7 = "K7"
    K8 = "K8"
    K9 = "K9"
    K10 = "K10"
    K11 = "K11"


class KinshipAnswer(StrEnum):
    """What the papers say about the claimed relation."""

    PROVEN = "proven"
    CONTRADICTED = "contradicted"
    NOT_DETERMINED = "not_determined"


class KinshipVerdict(Record):
    """What the member is to the applicant by the papers.

    Attributes:
        claimed: What the form says.
        derived: Everything that the papers leave possible, in a fixed order.
        answer: Whether the claim is proven, contradicted or not determined.
        proof: Which kinds of paper carry the proof: "hukou", "birth_certificate", ...
        path: The derivation in one sentence per language, without names.
        ambiguities: Which doubts stand in the way of a proof.
        settled_by: Kinds of paper that would settle it, empty when proven.
        documents: The files that the answer rests on.
        presumed: Doubts that the policy sets aside in a proof (K6: 子 may be a step-child).
        certified: Whether certificates prove the claim by themselves, so that nothing rests on a
            book that says the same.
    """

    claimed: Relationship
    derived: tuple[Relationship, ...]
    answer: KinshipAnswer
    proof: tuple[str, ...] = ()
    path: Message
    ambiguities: tuple[Ambiguity, ...] = ()
    settled_by: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    presumed: tuple[Ambiguity, ...] = ()
    certified: bool = False
