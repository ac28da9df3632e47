"""One handing-in of an application as an evidence file shows it."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from models.audit.event import AuditEvent
from models.cases.case_round import ApplicationRound
from models.cases.retention import RetentionClass
from models.clock import CHINA
from models.decision.decision import Decision
from models.errors import SettingError
from models.evidence_file.content import (
    EvidenceBinding,
    EvidenceDecision,
    EvidenceOpinion,
    EvidencePerson,
    EvidenceRound,
)
from models.faces.face_verdict import FaceThresholds, FaceVerdict
from models.identity.masking import mask_certificate_number, mask_id_number, mask_name
from models.intake.arrival import Arrival
from models.kinship.claim import KinshipVerdict
from models.reading.document import DocumentReading, Readings
from models.reading.stated_value import StatedComparisons
from models.reviews.grounds import ManualVerification
from models.reviews.review import APPLICATION, SECOND_LOOK
from storage.audit.current_run import RUN
from storage.bindings.binding_repository import binding_key, tombstone_key
from storage.bootstrap import Repositories
from storage.objects.store import ObjectMissingError
from tasks.evidence_file.document_evidence import FileNames, finding_evidence, paper_evidence
from tasks.evidence_file.round_parts import MISSING, RoundParts
from tasks.faces.face_pair import face_bands
from tasks.identity.assign_documents import sort_papers
from tasks.rounds.round_context import RoundContext
from tasks.rounds.round_results import (
    arrival_key,
    decision_key,
    face_key,
    load_decision,
    readings_key,
    stated_key,
)

_NATION: Final = "000000"


def round_evidence(
    repositories: Repositories, case: ApplicationRound, events: Sequence[AuditEvent]
) -> EvidenceRound:
    """Everything that is kept about one round, masked.

    Args:
        repositories: Where it is kept.
        case: The round.
        events: The application's events.
    """
    parts = RoundParts(repositories, case)
    arrival = parts.fetch("form", arrival_key(case.round_id), Arrival, RetentionClass.RECORDS)
    form = arrival.application if arrival else None
    papers = _papers(parts, read=form is not None)
    names = FileNames.of(arrival, papers)
    face = _face(parts)
    kinship = _kinship(parts, names)
    return EvidenceRound(
        round=case.round,
        round_id=case.round_id,
        content_digest=case.content_digest,
        received_at=case.received_at,
        submitted_at=case.submitted_at,
        product=case.product,
        region=case.region,
        channel=case.channel,
        people=_people(arrival),
        claimed=form.relationship.value if form and form.relationship else None,
        batch=case.batch_id,
        runs=tuple(_runs(case, events)),
        outcome=case.outcome,
        machine_outcome=case.machine_outcome,
        decided_by=case.decided_by,
        decided_at=case.decided_at,
        policy_version=case.policy_version,
        policy_digest=_policy_digest(repositories, case),
        papers=paper_evidence(
            papers, repositories.corrections.all_of(case.round_id), _stated(parts), names
        ),
        kinship=kinship,
        face=face,
        thresholds=_thresholds(repositories, case) if face and face.compared else None,
        decisions=tuple(_decisions(parts, names)),
        opinions=tuple(_opinions(repositories, case)),
        binding=_binding_evidence(parts),
        deleted={
            what.value: at
            for what in RetentionClass
            if (at := getattr(case, f"{what.value}_deleted_at")) is not None
        },
        missing=tuple(parts.missing),
    )


def _papers(parts: RoundParts, *, read: bool) -> tuple[DocumentReading, ...]:
    """What was read; nothing is missing of a round that was not read yet."""
    key = readings_key(parts.case.round_id)
    if not read or (parts.case.outcome is None and not parts.repositories.archive.exists(key)):
        return ()
    readings = parts.fetch("readings", key, Readings, RetentionClass.READINGS)
    return readings.papers if readings else ()


def _stated(parts: RoundParts) -> StatedComparisons:
    """What the pictures said of what was stated; nothing in rounds of older versions."""
    key = stated_key(parts.case.round_id)
    if not parts.repositories.archive.exists(key):
        return StatedComparisons()
    kept = parts.fetch("stated values", key, StatedComparisons, RetentionClass.READINGS)
    return kept or StatedComparisons()


def _face(parts: RoundParts) -> FaceVerdict | None:
    key = face_key(parts.case.round_id)
    if not parts.repositories.archive.exists(key):
        return None
    return parts.fetch("face", key, FaceVerdict, RetentionClass.READINGS)


def _kinship(parts: RoundParts, names: FileNames) -> KinshipVerdict | None:
    """The proof of the decision in force."""
    try:
        decision = load_decision(parts.repositories, parts.case.round_id)
    except MISSING:
        return None  # the decision itself is written down as missing
    if decision is None or decision.relationship is None:
        return None
    files = tuple(names.short(file) for file in decision.relationship.documents)
    return decision.relationship.model_copy(update={"documents": files})


def _people(arrival: Arrival | None) -> tuple[EvidencePerson, ...]:
    form = arrival.application if arrival else None
    if form is None:
        return ()
    member = form.member
    certificate = member.birth_certificate_number
    return (
        EvidencePerson(
            role="applicant",
            name=_masked(mask_name, form.applicant.name),
            number=_masked(mask_id_number, form.applicant.id_number),
        ),
        EvidencePerson(
            role="member",
            name=_masked(mask_name, member.name),
            number=_masked(mask_id_number, member.id_number)
            or _masked(mask_certificate_number, certificate),
        ),
    )


def _masked(mask: Callable[[str], str], value: str | None) -> str:
    return mask(value) if value else ""


def _runs(case: ApplicationRound, events: Sequence[AuditEvent]) -> dict[str, None]:
    runs = (event.details.get(RUN) for event in events if event.round_id == case.round_id)
    return {run: None for run in runs if isinstance(run, str)}


def _policy_digest(repositories: Repositories, case: ApplicationRound) -> str | None:
    if case.policy_version is None:
        return None
    day = (case.submitted_at or case.received_at).astimezone(CHINA).date()
    return repositories.policies.content_digest(case.policy_version, case.region or _NATION, day)


def _thresholds(repositories: Repositories, case: ApplicationRound) -> dict[str, float] | None:
    """The bands under which the faces of this case were judged, where they can still be told."""
    try:
        context = RoundContext(repositories, case)
        dossier = context.dossier
        policy = context.policy if dossier else None
    except (*MISSING, SettingError):
        return None
    if dossier is None or policy is None or dossier.face is None:
        return None
    bands = face_bands(dossier.application, sort_papers(dossier, policy.reading), policy)
    return (
        _numbers(bands.thresholds) if bands.thresholds.version == dossier.face.thresholds else None
    )


def _numbers(thresholds: FaceThresholds) -> dict[str, float]:
    return {name: value for name, value in thresholds if isinstance(value, int | float)}


def _decisions(parts: RoundParts, names: FileNames) -> Iterator[EvidenceDecision]:
    """Every decision that was made about the round, the first one first."""
    prefix = decision_key(parts.case.round_id, "")
    made: list[tuple[str, Decision]] = []
    for key in parts.repositories.archive.store.keys(prefix):
        by = key.removeprefix(prefix)
        decision = parts.fetch(f"decision {by}", key, Decision, RetentionClass.RECORDS)
        if decision is not None:
            made.append((by, decision))
    if parts.case.outcome and not made and not parts.case.deleted(RetentionClass.RECORDS):
        parts.missing.append("decision")
    for by, decision in sorted(made, key=lambda pair: pair[1].decided_at):
        yield EvidenceDecision(
            by=by,
            decided_by=decision.decided_by,
            decided_at=decision.decided_at,
            outcome=decision.outcome,
            policy_version=decision.policy_version,
            findings=tuple(finding_evidence(found, names) for found in decision.findings),
        )


def _opinions(repositories: Repositories, case: ApplicationRound) -> Iterator[EvidenceOpinion]:
    """What each person said about the application, also after the fact."""
    for subject in (APPLICATION, SECOND_LOOK):
        review = repositories.reviews.find(case.round_id, subject)
        if review is None:
            continue
        kind = repositories.claims.get(review.review_id).kind.value
        for opinion in repositories.opinions.of(review.review_id):
            yield EvidenceOpinion(
                kind=kind,
                staff=opinion.staff,
                outcome=opinion.outcome,
                codes=opinion.codes,
                given_at=opinion.given_at,
                binding=opinion.binding,
                grounds=tuple(f"{g.code}:{g.kind.value}" for g in opinion.words.grounds),
                verified=_verified(opinion.words.verification),
            )


def _verified(made: ManualVerification | None) -> tuple[str, ...]:
    """How the member's own will was asked for; what was shown stays in the office."""
    return (made.asked.value, made.channel.value, made.at.isoformat()) if made else ()


def _binding_evidence(parts: RoundParts) -> EvidenceBinding | None:
    """The binding as it lies in the store, and where it stands; None where there is none."""
    repositories, case = parts.repositories, parts.case
    states = map(repositories.bindings.state, repositories.bindings.find(case.application_id))
    state = next((s for s in states if s and s.round_id == case.round_id), None)
    if state is None:
        return None
    try:
        content = repositories.archive.get_plain(binding_key(state.binding_id))
        binding = repositories.bindings.get(state.binding_id)
    except MISSING:
        parts.missing.append("binding")
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
        tombstone_digest=_tombstone(parts, state.binding_id) if state.ends_on else None,
    )


def _tombstone(parts: RoundParts, binding_id: str) -> str | None:
    try:
        content = parts.repositories.archive.get_plain(tombstone_key(binding_id))
    except ObjectMissingError:
        parts.missing.append("tombstone")
        return None
    return hashlib.sha256(content).hexdigest()
