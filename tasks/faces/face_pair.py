"""Who is compared with whom: what the face bands of a case depend on."""

import datetime as dt

from models.faces.face_thresholds import FaceBands, FacePair
from models.identity.id_number import valid_id_number
from models.intake.application import Application, PersonRole
from models.policy.policy import Policy
from models.reading.document import DocumentKind
from tasks.identity.assign_documents import AssignedDocuments
from tasks.identity.identities import date_or_none

_DAYS_OF_A_YEAR = 365.25


def face_bands(application: Application, papers: AssignedDocuments, policy: Policy) -> FaceBands:
    """The bands that the policy sets for this case."""
    return policy.face.bands_for(face_pair(application, papers, policy))


def face_pair(application: Application, papers: AssignedDocuments, policy: Policy) -> FacePair:
    """Relationship, sexes and ages, as far as form and papers tell them surely."""
    on = application.submitted_on
    applicant = valid_id_number(application.applicant.id_number, today=on)
    member = valid_id_number(application.member.id_number, today=on)
    return FacePair(
        relationship=application.relationship,
        same_sex=applicant.sex == member.sex if applicant and member else None,
        member_age=policy.ages.age(member.birth_date, on) if member else None,
        portrait_years=_portrait_years(papers, policy, on),
    )


def _portrait_years(papers: AssignedDocuments, policy: Policy, on: dt.date) -> float | None:
    """Since the member's latest card was issued, where that was surely read."""
    days = [
        date_or_none(paper.reading.value("valid_from"))
        for paper in papers.of(DocumentKind.ID_CARD_EMBLEM, PersonRole.MEMBER)
        if policy.reading.trusts("valid_from", paper.reading.fields.get("valid_from"))
    ]
    issued = max((day for day in days if day is not None), default=None)
    return (on - issued).days / _DAYS_OF_A_YEAR if issued else None
