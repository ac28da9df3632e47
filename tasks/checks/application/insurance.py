"""Whether both are insured, in which place and scheme, by the form and by certificates."""

import datetime as dt
import re
from typing import Final

from models.checks.finding import CheckVerdict, Finding, finding
from models.checks.reason import Reason
from models.identity.division import places_named
from models.intake.application import Applicant, InsuranceType, Member, PersonRole
from models.reading.document import DocumentKind
from tasks.checks.application.offer import INSURED_BY_THEMSELVES, PROVINCE_CITIES
from tasks.checks.check_context import (
    PASS,
    Answer,
    CheckContext,
    answer,
    check,
    filed,
    met,
    seen,
    subject_of,
)
from tasks.checks.documents.completeness import papers_missing
from tasks.identity.assign_documents import AssignedDocument
from tasks.identity.identities import date_or_none

_CERTIFICATE: Final = DocumentKind.INSURANCE_CERTIFICATE
_APPLICANT, _MEMBER = PersonRole.APPLICANT, PersonRole.MEMBER


@check
def member_is_insured(case: CheckContext) -> Answer:
    """The member is insured, by the form or by a certificate, and no certificate says otherwise."""
    scheme = case.application.member.insurance_type
    papers = case.papers.of(_CERTIFICATE, _MEMBER)
    otherwise = [paper for paper in papers if _says_otherwise(case, paper, _MEMBER)]
    if otherwise:
        return answer([_uninsured(*otherwise)])
    if scheme:
        return met(filed("member.insurance_type", scheme))
    if holding := [seen(p) for p in papers if _holds(case, p, _MEMBER)]:
        return met(*holding)
    anybody = case.papers.of_kind(_CERTIFICATE)
    stale = bool(anybody) and all(p.sure and _is_stale(case, p) for p in anybody)
    return answer(
        [
            finding(
                Reason.MEMBER_NOT_INSURED,
                filed("member.insurance_type"),
                *(seen(p, "issue_date") for p in anybody),
                subject=subject_of(_MEMBER),
                verdict=CheckVerdict.CANNOT_TELL if anybody and not stale else CheckVerdict.FAILED,
            )
        ]
    )


def _uninsured(*papers: AssignedDocument) -> Finding:
    return finding(
        Reason.MEMBER_NOT_INSURED,
        *(seen(p, "insured_region") for p in papers),
        subject=subject_of(_MEMBER),
        verdict=CheckVerdict.CANNOT_TELL,
        zh="参保凭证上的参保状态不正常，或参保地、险种与填报的不一致",
        en="the certificate says that the insurance has ended, or another place or scheme",
    )


@check
def applicant_has_employee_account(case: CheckContext) -> Answer:
    """Mutual aid spends an employee's account, so the applicant must have one."""
    offer, scheme = case.policy.offer, case.application.applicant.insurance_type
    if offer is None or not offer.applicant_needs_employee_account:
        return PASS
    papers = case.papers.of(_CERTIFICATE, _APPLICANT)
    doubt = any(_says_otherwise(case, paper, _APPLICANT) for paper in papers)
    if scheme is InsuranceType.EMPLOYEE and not doubt:
        return met(filed("applicant.insurance_type", scheme))
    certain = scheme is not None and not doubt
    return answer(
        [
            finding(
                Reason.APPLICANT_WITHOUT_EMPLOYEE_ACCOUNT,
                filed("applicant.insurance_type", scheme),
                *(seen(paper, "insurance_type") for paper in papers),
                subject=subject_of(_APPLICANT),
                verdict=CheckVerdict.FAILED if certain else CheckVerdict.CANNOT_TELL,
            )
        ]
    )


@check
def insurance_in_another_province_is_shown(case: CheckContext) -> Answer:
    """Insured in two provinces: the member's insurance certificate is there, and in force.

    Where the applicant is insured decides whose rules bind, so a certificate of the applicant that
    names another place than the form is for a person.
    """
    if elsewhere := _insured_elsewhere(case):
        return answer([elsewhere])
    regions = (
        case.application.applicant.insured_region,
        case.application.member.insured_region,
    )
    provinces = {region[:2] for region in regions if region}
    papers = case.policy.evidence.cross_province
    if len(provinces) == 1 and all(regions):
        places = ("applicant.insured_region", "member.insured_region")
        return met(*(filed(name, region) for name, region in zip(places, regions, strict=True)))
    there = case.papers.of(_CERTIFICATE, _MEMBER)
    holding = [seen(p) for p in there if _holds(case, p, _MEMBER)]
    if regions[0] and (holding or not papers):
        return met(*holding)
    stale = bool(there) and all(p.sure and _is_stale(case, p) for p in there)
    coded = all(region and _is_code(region) for region in regions)
    if len(provinces) == 2 and coded and not there:
        return answer(papers_missing(case, papers))
    return answer(
        [
            finding(
                Reason.INSURANCE_CERTIFICATE_MISSING,
                filed("member.insured_region", case.application.member.insured_region),
                *(seen(p, "issue_date") for p in there),
                subject=subject_of(_MEMBER),
                verdict=CheckVerdict.FAILED if stale else CheckVerdict.CANNOT_TELL,
            )
        ]
    )


def _insured_elsewhere(case: CheckContext) -> Finding | None:
    stated = case.application.applicant
    papers = [
        paper
        for paper in case.papers.of(_CERTIFICATE, _APPLICANT)
        if _differs(case, stated, case.trusted(paper, "insured_region"), None)
    ]
    if not papers:
        return None
    return finding(
        Reason.INSURANCE_CERTIFICATE_MISSING,
        filed("applicant.insured_region", stated.insured_region),
        *(seen(paper, "insured_region") for paper in papers),
        subject=subject_of(_APPLICANT),
        verdict=CheckVerdict.CANNOT_TELL,
    )


def _is_code(region: str) -> bool:
    is_code = len(region) == _CODE_LENGTH and region.isascii() and region.isdigit()
    return is_code and region[:2] not in INSURED_BY_THEMSELVES


_CODE_LENGTH: Final = 6


def _holds(case: CheckContext, paper: AssignedDocument, role: PersonRole) -> bool:
    """Whether a certificate shows today's insurance in the stated place."""
    if not paper.sure or _may_say_otherwise(case, paper, role):
        return False
    issued = date_or_none(case.trusted(paper, "issue_date"))
    term = case.policy.validity.insurance_days
    fresh = term is None or (issued is not None and (case.on - issued).days <= term)
    born = case.born(role)
    return fresh and (issued is None or (born or dt.date.min) <= issued <= case.on)


def _is_stale(case: CheckContext, paper: AssignedDocument) -> bool:
    issued = date_or_none(case.trusted(paper, "issue_date"))
    term = case.policy.validity.insurance_days
    return issued is not None and term is not None and (case.on - issued).days > term


def _says_otherwise(case: CheckContext, paper: AssignedDocument, role: PersonRole) -> bool:
    """Whether a certificate surely names another place or scheme than the form, or no insurance."""
    form = case.application
    stated = form.member if role is _MEMBER else form.applicant
    place, scheme = case.trusted(paper, "insured_region"), case.trusted(paper, "insurance_type")
    return _has_ended(case, paper) or _differs(case, stated, place, scheme)


def _may_say_otherwise(case: CheckContext, paper: AssignedDocument, role: PersonRole) -> bool:
    """The same, however weakly it was read: what carries a proof must not speak against it."""
    form, reading = case.application, paper.reading
    stated = form.member if role is _MEMBER else form.applicant
    place, scheme = reading.value("insured_region"), reading.value("insurance_type")
    return _has_ended(case, paper) or _differs(case, stated, place, scheme)


_STATE: Final = "insured_state"
_ENDED: Final = re.compile(
    r"停|断|(?<![无未不])欠|未参|未缴|终止|退保|注销|死亡|转出|失效|封存|冻结"
)
_IN_FORCE: Final = re.compile(r"正常|参保|缴费|在职|退休|在保|有效|享受")


def _has_ended(case: CheckContext, paper: AssignedDocument) -> bool:
    """Whether the state on a certificate is one of no insurance, however weakly it was read.

    A word that was surely read and is none of those for being insured speaks against it too.
    """
    state = paper.reading.value(_STATE)
    if state is None:
        return False
    unknown = case.trusts(paper, _STATE) and _IN_FORCE.search(state) is None
    return unknown or _ENDED.search(state) is not None


def _differs(
    case: CheckContext, stated: Applicant | Member, place: str | None, scheme: str | None
) -> bool:
    said = stated.insurance_type.value if stated.insurance_type else None
    insures = scheme in {*InsuranceType}  # 停保 and the like are no scheme that insures
    other_scheme = scheme is not None and (not insures or said not in {None, scheme})
    region = stated.insured_region
    return other_scheme or bool(place and region and _is_elsewhere(case, place, region))


def _is_elsewhere(case: CheckContext, place: str, region: str) -> bool:
    """Whether the place printed on a certificate can be told, and is not the stated one."""
    named = places_named(place, case.divisions)
    # A municipality is one place, whatever its districts are counted under.
    home = region[:2] if region[:2] in PROVINCE_CITIES else region.rstrip("0")
    return bool(named) and not any(
        region.startswith(code) or code.startswith(home) for code in named
    )
