"""How the member's own will is shown: by face, by another route, or not at all for a minor.

The face engine answers only "same person?", and a person has the last word wherever it is not
plainly yes. Nobody is returned or rejected because two pictures look different.
"""

import datetime as dt
from typing import Final

from models.checks.finding import CheckVerdict, Evidence, Finding, Subject, finding
from models.checks.reason import Reason
from models.faces.face_verdict import FaceBand, FaceThresholds, FaceVerdict
from models.intake.application import ConsentKind, IdentityRoute
from models.reading.document import DocumentKind
from tasks.checks.application.consent import agreed
from tasks.checks.application.reference_numbers import can_be_reference, can_be_system
from tasks.checks.check_context import (
    UNSETTLED,
    Answer,
    CheckContext,
    answer,
    check,
    filed,
    met,
    seen,
)
from tasks.faces.face_pair import face_bands

_ROUTE: Final = "identity_route"


@check
def member_s_will_is_shown(case: CheckContext) -> Answer:
    """An adult member's will is shown by the route that the form names."""
    if case.member_group is None or case.member_age is None:
        return UNSETTLED
    if case.member_group not in case.policy.face.required_for:
        return answer(
            [
                finding(
                    Reason.MINOR_WITHOUT_FACE, filed(_ROUTE, _route(case)), subject=Subject.MEMBER
                )
            ]
        )
    route = case.application.identity_route
    if route is IdentityRoute.FACE:
        return _by_face(case)
    if route is IdentityRoute.REMOTE_AUTHORIZATION:
        return _by_remote_authorization(case, case.member_age)
    if route is IdentityRoute.NON_FACE or case.application.member.incapacitated:
        # Whoever cannot agree is not asked for a face either; the guardian is heard by a person.
        return _by_person(case)
    return answer(
        [finding(Reason.FACE_CONSENT_MISSING, filed(_ROUTE, _route(case)), subject=Subject.MEMBER)]
    )


def _route(case: CheckContext) -> str | None:
    route = case.application.identity_route
    return route.value if route else None


def _by_remote_authorization(case: CheckContext, age: int) -> Answer:
    """A senior's authorisation counts with its record (R16): which, when, in which system.

    Whoever is younger, or has no such record, shows the will to a person.
    """
    accepted = case.policy.face.remote_authorization == "accepted"
    if accepted and age >= case.policy.ages.senior_min_age and _is_recorded(case):
        return met(filed(_ROUTE, _route(case)), filed("remote_authorization"))
    return _by_person(case)


_LEAST_REFERENCE: Final = 4
"""Signs of a reference that can be looked up; shorter ones are placeholders."""


def _is_recorded(case: CheckContext) -> bool:
    rules, record = case.policy.face.remote_record, case.application.remote_authorization
    if record is None or record.authorized_at is None:
        return record is None and not rules.needed
    reference, system = (record.reference or "").strip(), (record.system or "").strip()
    given = record.authorized_at
    oldest = dt.timedelta(days=rules.max_age_days) if rules.max_age_days else None
    return (
        len(reference) >= _LEAST_REFERENCE
        and can_be_reference(reference, case.application, case.dossier.readings)
        and can_be_system(system)
        and (not rules.systems or system in rules.systems)
        and given <= case.application.submitted_at
        and (oldest is None or given >= case.application.submitted_at - oldest)
    )


def _by_person(case: CheckContext) -> Answer:
    return answer(
        [
            finding(
                Reason.VERIFICATION_WITHOUT_FACE,
                filed(_ROUTE, _route(case)),
                subject=Subject.MEMBER,
                verdict=CheckVerdict.CANNOT_TELL,
            )
        ]
    )


def _by_face(case: CheckContext) -> Answer:
    if agreed(case, ConsentKind.FACE) is None:
        return answer(
            [finding(Reason.FACE_CONSENT_MISSING, filed("consents.face"), subject=Subject.MEMBER)]
        )
    selfies = case.papers.of_kind(DocumentKind.SELFIE)
    if not selfies:
        return UNSETTLED
    evidence = tuple(seen(p) for p in selfies)
    verdict = case.dossier.face
    if verdict is None:
        return answer([_face(Reason.FACE_NOT_MATCHED, evidence, CheckVerdict.CANNOT_TELL)])
    return answer(_faults(case, verdict, evidence), *evidence)


def _faults(
    case: CheckContext, verdict: FaceVerdict, evidence: tuple[Evidence, ...]
) -> list[Finding]:
    """What the verdict leaves to be done; nothing where it plainly says the same person."""
    thresholds = case.policy.face.thresholds
    if verdict.faces is not None and verdict.faces != 1:
        return [_face(Reason.NOT_ONE_FACE, evidence)]
    if verdict.sharpness is not None and verdict.sharpness < thresholds.min_sharpness:
        return [_face(Reason.SELFIE_UNUSABLE, evidence)]
    if _is_old(case):
        return [_face(Reason.SELFIE_UNUSABLE, evidence, CheckVerdict.CANNOT_TELL)]
    if not verdict.compared or verdict.band is None:
        return [_face(Reason.FACE_NOT_MATCHED, evidence, CheckVerdict.CANNOT_TELL)]
    if verdict.band is FaceBand.MISMATCH:
        return [_face(Reason.FACE_NOT_MATCHED, evidence)]
    if _plain_match(case, verdict):
        return []
    return [_face(Reason.FACE_NOT_MATCHED, evidence, CheckVerdict.CANNOT_TELL)]


def _is_old(case: CheckContext) -> bool:
    """Whether a selfie says itself that it is no recent one (R13); a camera may be set wrongly."""
    days = case.policy.face.photo_max_age_days
    if days is None:
        return False
    taken = (
        case.dossier.taken_on.get(p.reading.file) for p in case.papers.of_kind(DocumentKind.SELFIE)
    )
    return any(day is not None and (case.on - day).days > days for day in taken)


def _plain_match(case: CheckContext, verdict: FaceVerdict) -> bool:
    """A match under this policy's thresholds, of a picture taken for the purpose, of this person.

    Band and margin are asked again here, by the rule for these two people: the likeliest impostor
    is the applicant, and some relatives look more alike than others.
    """
    bands = face_bands(case.application, case.papers, case.policy)
    near = _is_near(verdict, bands.thresholds)
    nearer = (
        verdict.score is None
        or verdict.score_to_applicant is None
        or verdict.score - verdict.score_to_applicant >= bands.thresholds.margin
    )
    return (
        verdict.band is FaceBand.MATCH
        and not verdict.copied_portrait
        and _version(verdict.thresholds) == _version(bands.thresholds.version)
        and near
        and nearer
        and not bands.person_decides
    )


def _is_near(verdict: FaceVerdict, thresholds: FaceThresholds) -> bool:
    """By the first engine's score; where that engine is missing, by the second one's distance."""
    if verdict.score is not None:
        return verdict.score >= thresholds.match
    distance = verdict.second_distance
    return distance is not None and distance <= thresholds.fallback_distance


def _version(thresholds: str) -> str:
    """The set of bands without the rule's name; near and nearer are asked by the rule anyway."""
    return thresholds.partition("/")[0]


def _face(
    code: Reason, evidence: tuple[Evidence, ...], verdict: CheckVerdict = CheckVerdict.FAILED
) -> Finding:
    return finding(code, *evidence, subject=Subject.MEMBER, verdict=verdict)
