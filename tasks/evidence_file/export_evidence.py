"""Write the evidence file of one application, in both forms, and leave a line about it."""

import hashlib
from typing import NamedTuple

from models.audit.event import EventTag
from models.evidence_file.content import EvidenceContent
from storage.bootstrap import Repositories
from storage.keys.signing import OfficeSigner
from tasks.evidence_file.contradictions import refuse_contradictions
from tasks.evidence_file.gather_evidence import gather_evidence


class EvidenceFile(NamedTuple):
    """Both forms of one file.

    Attributes:
        pdf: For people, signed; the other two are attached in it.
        machine_form: The same as JSON.
        signature: Over the JSON, detached.
    """

    name: str
    pdf: bytes
    machine_form: bytes
    signature: bytes


def export_evidence(
    repositories: Repositories, application_id: str, *, by: str, size: int | None = None
) -> EvidenceFile:
    """Gather, sign, and note the export with both hashes in the audit log.

    Args:
        repositories: Where everything is kept.
        application_id: Whose history.
        by: Who asks for it.
        size: Prove the events against the root over this many events.

    Raises:
        NothingRecordedError: There is no such application.
        ContradictedRecordError: What is kept of it is not what the audit log says.
        MissingPartError: No font with Chinese glyphs is installed.
        ValueError: The log has not that many events.
    """
    from tasks.evidence_file.evidence_pages import (
        evidence_pages,  # its libraries are for exports only
    )

    refuse_contradictions(repositories, application_id)
    evidence = gather_evidence(repositories, application_id, by=by, size=size)
    signer = OfficeSigner(repositories.keyring)
    machine_form = evidence.model_dump_json(indent=1).encode() + b"\n"
    signature = signer.sign(machine_form)
    pages = evidence_pages(evidence, machine_form, signature)
    pdf = signer.sign_pdf(pages, f"审计证据 evidence {evidence.application_id}")
    _note(repositories, evidence, pdf, machine_form)
    return EvidenceFile(f"evidence-{evidence.application_id}", pdf, machine_form, signature)


def _note(
    repositories: Repositories, evidence: EvidenceContent, pdf: bytes, machine_form: bytes
) -> None:
    """The export is an event of the application; it cannot stand in the file that it is about."""
    digest = hashlib.sha256(pdf).hexdigest()
    last = evidence.rounds[-1].round_id if evidence.rounds else None
    repositories.audit.append(
        EventTag.EVIDENCE_EXPORTED,
        application_id=evidence.application_id,
        round_id=last,
        actor=evidence.exported_by,
        details={
            "pdf": digest,
            "json": hashlib.sha256(machine_form).hexdigest(),
            "signer": evidence.signer,
            "events": evidence.log.size,
        },
        idempotency_key=f"evidence:{digest}",
    )
