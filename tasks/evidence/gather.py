"""Everything that an evidence file says about one application."""

import datetime as dt
from importlib.metadata import version

from models.errors import KinbindError
from models.evidence.evidence_file import EvidenceContent
from storage.bootstrap import Repositories
from storage.keys.signing import OfficeSigner
from tasks.evidence.rounds import round_evidence
from tasks.evidence.statements import DOES_NOT_PROVE, PROVES


class NothingRecordedError(KinbindError):
    """The office knows nothing of such an application."""


def gather_evidence(
    repositories: Repositories, application_id: str, *, by: str, size: int | None = None
) -> EvidenceContent:
    """Gather an application's history, masked, with the proof of its events.

    Args:
        repositories: Where everything is kept; it is only read.
        application_id: Whose history.
        by: Who asked for it.
        size: See `LogProofs.prove`.

    Raises:
        NothingRecordedError: There is no such application.
        ValueError: The log has not that many events.
    """
    events = repositories.audit.events(application_id)
    rounds = repositories.cases.find(application_id)
    if not events and not rounds:
        raise NothingRecordedError("Nothing is recorded about such an application.")
    return EvidenceContent(
        application_id=repositories.keyring.public_id(application_id),
        exported_at=dt.datetime.now(dt.UTC),
        exported_by=by,
        software=f"kinbind {version('kinbind')}",
        signer=OfficeSigner(repositories.keyring).fingerprint,
        proves=PROVES,
        does_not_prove=DOES_NOT_PROVE,
        rounds=tuple(round_evidence(repositories, case, events) for case in rounds),
        log=repositories.proofs.prove(application_id, size=size),
    )
