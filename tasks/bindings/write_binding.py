"""Write the binding of an approved round, once."""

import base64
import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Final

from models.bindings.binding import (
    Binding,
    BoundNames,
    BoundPerson,
    ProvingDocument,
    WrittenBinding,
)
from models.bindings.binding_limits import refuse_over_limit
from models.bindings.counted_bindings import IN_FORCE, RESERVED, BindingPair, count_bindings
from models.cases.case_round import ApplicationRound
from models.decision.decision import Decision, Outcome
from models.identity.masking import mask_certificate_number, mask_id_number, mask_name
from models.intake.application import Application
from models.policy.policy import Limits
from storage.bindings.binding_repository import binding_key
from storage.bindings.related_bindings import hash_slot
from storage.bootstrap import Repositories
from storage.keys.keyring import Keyring
from storage.keys.match_hash import person_hash

MACHINE: Final = "machine"


def write_binding(
    repositories: Repositories,
    case: ApplicationRound,
    application: Application,
    decision: Decision,
    *,
    effective_date: dt.date,
    evidence: Sequence[ProvingDocument],
    engine_versions: Mapping[str, str],
    audit_head: str,
    limits: Limits | None = None,
    member_born: dt.date | None = None,
) -> WrittenBinding:
    """Write the binding of an approved round; called again it completes the same one.

    The pair is first reserved in the database, then the object is put, then the binding comes
    into force. Inside a unit of work these are one; an object that was put before it was rolled
    back is found again by the next try, and the head that it names stood in the log before. The
    limits are asked in the transaction that reserves, in which nobody else can reserve for either
    of the two: of two approvals at once that would exceed a limit together, one is refused.

    Args:
        repositories: Where everything is kept.
        case: The approved round.
        application: As it arrived; the persons are taken from it.
        decision: The approval.
        effective_date: The first day on which the binding counts.
        evidence: The documents that the decision rests on.
        engine_versions: Which engines read and compared, by their job.
        audit_head: Hash of an audit event of the application that is committed already.
        limits: How many bindings there may be; None asks for none.
        member_born: The member's birth date where no number holds it; it is kept sealed.

    Raises:
        AlreadyBoundError: Another round bound the same pair for the same product.
        BindingRefusedError: A limit is reached, or the machine would bind a second spouse or a
            second father; a person who decided knew of those.
        ValueError: The round is not approved, or the application names no such pair.
        StorageUnavailableError: Worth another try.
    """
    if decision.outcome is not Outcome.APPROVED:
        raise ValueError("Only an approved round becomes a binding.")
    if application.product is None or application.relationship is None:
        raise ValueError("The application names no product or no relationship.")
    names, keyring = _bound_names(application, member_born), repositories.keyring
    binding_id = keyring.identifier("binding", case.round_id)
    sealed = keyring.seal(names.model_dump_json().encode(), binding_key(binding_id))
    draft = Binding(
        binding_id=binding_id,
        application_id=case.application_id,
        round=case.round,
        applicant=_person(keyring, names.applicant_name, names.applicant_number),
        member=_person(keyring, names.member_name, names.member_number),
        relationship=application.relationship,
        product=application.product,
        region=application.region,
        effective_date=effective_date,
        evidence=tuple(evidence),
        policy_version=decision.policy_version,
        engine_versions=dict(engine_versions),
        decided_by=decision.decided_by,
        decided_at=decision.decided_at,
        audit_head=audit_head,
        sealed=base64.b64encode(sealed).decode(),
    )
    _reserve(repositories, case.round_id, draft, names, limits)
    written = repositories.bindings.put(draft)
    repositories.bindings.activate(binding_id, written.object_digest)
    return written


def _reserve(
    repositories: Repositories,
    round_id: str,
    draft: Binding,
    names: BoundNames,
    limits: Limits | None,
) -> None:
    """Reserve the pair under the limits; the same round may come again."""
    pair = BindingPair(draft.applicant.hash, draft.member.hash)
    slot = hash_slot(
        repositories.keyring,
        draft.relationship,
        (pair.applicant, names.applicant_number),
        (pair.member, names.member_number),
    )
    with repositories.unit_of_work():
        repositories.bindings.lock_people(pair)
        if repositories.bindings.is_reserved(round_id):
            return
        if limits is not None:
            counts = count_bindings(
                repositories.bindings.bindings_of(pair, slot),
                pair,
                product=draft.product,
                slot=slot,
                relationship=draft.relationship,
                on=draft.decided_at,
                statuses=(*IN_FORCE, RESERVED),
            )
            by_machine = draft.decided_by == MACHINE
            refuse_over_limit(counts, limits, draft.relationship, by_machine=by_machine)
        repositories.bindings.reserve(round_id, draft, slot)


def _person(keyring: Keyring, name: str, number: str) -> BoundPerson:
    mask = mask_id_number if len(number) == 18 else mask_certificate_number
    return BoundPerson(
        hash=person_hash(keyring, number),
        masked_name=mask_name(name),
        masked_number=mask(number),
    )


def _bound_names(application: Application, member_born: dt.date | None) -> BoundNames:
    applicant, member = application.applicant, application.member
    number = member.id_number or member.birth_certificate_number
    if not (applicant.name and applicant.id_number and member.name and number):
        raise ValueError("The application does not name both persons.")
    return BoundNames(
        applicant_name=applicant.name,
        applicant_number=applicant.id_number,
        member_name=member.name,
        member_number=number,
        member_birth_date=None if member.id_number else member_born,
    )
