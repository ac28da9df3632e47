"""The binding that came of a round, by its hashes."""

import hashlib

from models.evidence.evidence_file import EvidenceBinding
from storage.bindings.binding_repository import binding_key, tombstone_key
from storage.objects.store import ObjectMissingError
from tasks.evidence.drawer import MISSING, RoundParts


def binding_evidence(drawer: RoundParts) -> EvidenceBinding | None:
    """The binding as it lies in the store, and where it stands; None where there is none."""
    repositories, case = drawer.repositories, drawer.case
    states = map(repositories.bindings.state, repositories.bindings.find(case.application_id))
    state = next((s for s in states if s and s.round_id == case.round_id), None)
    if state is None:
        return None
    try:
        content = repositories.archive.get_plain(binding_key(state.binding_id))
        binding = repositories.bindings.get(state.binding_id)
    except MISSING:
        drawer.missing.append("binding")
        return None
    return EvidenceBinding(
        binding_id=binding.binding_id,
        object_digest=hashlib.sha256(content).hexdigest(),
        status=state.status,
        effective_date=binding.effective_date,
        applicant=binding.applicant,
        member=binding.member,
        relationship=binding.relationship.value,
        audit_head=binding.audit_head,
        engine_versions=binding.engine_versions,
        ended=state.ends_on,
        end_reason=state.end_reason,
        tombstone_digest=_tombstone(drawer, state.binding_id) if state.ends_on else None,
    )


def _tombstone(drawer: RoundParts, binding_id: str) -> str | None:
    try:
        content = drawer.repositories.archive.get_plain(tombstone_key(binding_id))
    except ObjectMissingError:
        drawer.missing.append("tombstone")
        return None
    return hashlib.sha256(content).hexdigest()
