"""The product of an approval: one member bound to one applicant, written once."""

import datetime as dt

from pydantic import AwareDatetime

from models.intake.application import Product, Relationship
from models.reading.document import DocumentKind
from models.record import Record

SCHEMA_VERSION = 1


class BoundPerson(Record):
    """A person as a binding may show them.

    Attributes:
        hash: Keyed hash of the ID number (or of the birth certificate's number).
        masked_name: `张*三`.
        masked_number: `110105********002X`.
    """

    hash: str
    masked_name: str
    masked_number: str


class ProvingDocument(Record):
    """One paper that the binding rests on, by the SHA-256 of its file."""

    digest: str
    kind: DocumentKind


class Binding(Record):
    """An approved binding.

    Attributes:
        binding_id: The same for the same round, however often it is written.
        relationship: What the member is to the applicant.
        effective_date: The first day on which it counts.
        engine_versions: Which engines read and compared, by their job.
        decided_by: "machine", or the reviewer.
        audit_head: Hash of the application's last audit event before the binding.
        sealed: Names and whole numbers, encrypted, in Base64.
    """

    schema_version: int = SCHEMA_VERSION
    binding_id: str
    application_id: str
    round: int
    applicant: BoundPerson
    member: BoundPerson
    relationship: Relationship
    product: Product
    region: str
    effective_date: dt.date
    evidence: tuple[ProvingDocument, ...]
    policy_version: str
    engine_versions: dict[str, str]
    decided_by: str
    decided_at: AwareDatetime
    audit_head: str
    sealed: str


class BoundNames(Record):
    """What the sealed part of a binding holds.

    Attributes:
        member_birth_date: For a member who is bound by a certificate and has no number yet; None
            where no certificate was surely read, and in bindings of before it was kept.
    """

    applicant_name: str
    applicant_number: str
    member_name: str
    member_number: str
    member_birth_date: dt.date | None = None


class WrittenBinding(Record):
    """The binding as it stands in the store.

    Attributes:
        binding: What is stored; of two writers, the first one's.
        object_digest: SHA-256 of the stored object.
        created: False when it had been written before.
    """

    binding: Binding
    object_digest: str
    created: bool
