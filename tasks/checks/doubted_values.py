"""What is not told: findings that only follow from a value which is itself in doubt.

A number typed into the wrong field makes a child an adult, asks for cards and faces, and
contradicts every paper. Only the number is told then. Whoever holds no resident card is not asked
for what only residents have. A check whose finding is left out has not passed: it could not tell.
"""

from collections.abc import Iterator
from typing import Final, NamedTuple

from models.checks.finding import CheckResult, CheckVerdict, Finding, Subject, finding
from models.checks.reason import Reason, Severity
from models.identity.id_number import valid_id_number
from models.intake.application import PersonRole
from models.reading.document import DocumentKind
from tasks.checks.application.identity_documents import special_document
from tasks.checks.check_context import CheckContext, subject_of
from tasks.checks.consistency.agreement import PERSONAL, exchanged_numbers
from tasks.identity.identities import date_or_none
from tasks.identity.similarity import Similarity, compare_names, compare_numbers

R = Reason
_OF_THE_FORM: Final = frozenset(
    {R.PRODUCT_UNCLEAR, R.BINDING_METHOD_UNSUPPORTED, R.REAL_NAME_NOT_VERIFIED}
    | {R.EMPLOYER_BATCH_INCOMPLETE, R.CHANNEL_NOT_OFFERED, R.POOLING_NOT_FILED}
    | {R.NOTICE_NOT_AGREED, R.COMMITMENT_MISSING, R.NAME_MALFORMED, R.ID_NUMBER_INVALID}
    | {R.BIRTH_DATE_INVALID, R.BINDING_ONESELF, R.APPLICANT_WITHOUT_EMPLOYEE_ACCOUNT}
)
"""What is wrong with the form whoever the member is."""

_BY_AGE: Final = frozenset(
    {R.PORTRAIT_SIDE_MISSING, R.EMBLEM_SIDE_MISSING, R.SAME_SIDE_TWICE, R.NOT_ONE_FACE}
    | {R.APPLICANT_HUKOU_PAGE_MISSING, R.MEMBER_HUKOU_PAGE_MISSING, R.RELATIONSHIP_PROOF_MISSING}
    | {R.FACE_CONSENT_MISSING, R.MINOR_WITHOUT_FACE, R.VERIFICATION_WITHOUT_FACE}
    | {R.CONFIRMATION_MISSING, R.SELFIE_UNUSABLE, R.FACE_NOT_MATCHED}
)
"""What is asked for by the member's age, which stands in the number."""

_BY_NUMBER: Final = frozenset(
    {R.BIRTH_DATES_DIFFER, R.VALIDITY_TERM_IMPLAUSIBLE, R.CARD_SIDES_MAY_DIFFER}
    | {R.AGE_GAP_IMPLAUSIBLE, R.BELOW_MARRIAGE_AGE, R.CERTIFICATE_NAMES_OTHER_PARENTS}
    | {R.RELATIONSHIP_CONTRADICTED, R.RELATIONSHIP_NOT_DETERMINED, R.NAMES_DIFFER}
    | {R.ALREADY_BOUND, R.SPOUSE_OR_PARENT_CONFLICT, R.BINDING_ONESELF, R.DIVISION_UNKNOWN}
)
"""What is said of somebody by a number, whosever it is."""

_LIMITS: Final = {
    PersonRole.APPLICANT: R.APPLICANT_LIMIT_REACHED,
    PersonRole.MEMBER: R.MEMBER_LIMIT_REACHED,
}
_BY_CLAIM: Final = frozenset(
    {R.AGE_GAP_IMPLAUSIBLE, R.BELOW_MARRIAGE_AGE, R.CONFIRMATION_MISSING}
    | {R.SPOUSE_OR_PARENT_CONFLICT}
)
"""What follows from a relation that the papers say does not hold."""

_ASKED_FOR_CLAIM: Final = frozenset({R.CONFIRMATION_MISSING})
"""What is asked of people whom only that relation makes the right ones: whose guardian's word."""

_ONLY_RESIDENTS: Final = _BY_AGE | {
    *(R.NAME_MALFORMED, R.BIRTH_DATE_INVALID, R.DOCUMENT_UNUSABLE, R.COLLECTIVE_HOUSEHOLD),
    *(R.ID_CARD_EXPIRED, R.NAMES_DIFFER, R.BIRTH_DATES_DIFFER, R.SEX_OR_NUMBER_CONFLICT),
    *(R.HOUSEHOLDS_DIFFER, R.RELATIONSHIP_CONTRADICTED, R.CERTIFICATE_NAMES_OTHER_PARENTS),
}
"""What somebody without a resident card may be unable to mend."""


class _Root(NamedTuple):
    """One value in doubt: what it leaves untold, and the check whose finding tells it."""

    consequences: frozenset[Reason]
    told_by: str


def without_consequences(
    case: CheckContext, results: tuple[CheckResult, ...]
) -> tuple[CheckResult, ...]:
    """The answers, less what only follows from a doubted value, and no impossible requests."""
    roots = tuple(_roots(case, results))
    special = frozenset(subject_of(role) for role in PersonRole if special_document(case, role))
    if not roots and not special:
        return results
    return tuple(_for_others(special, _told(result, roots)) for result in results)


def _roots(case: CheckContext, results: tuple[CheckResult, ...]) -> Iterator[_Root]:
    findings = {r.check: r.findings for r in results}
    if exchanged_numbers(case):
        both = _BY_NUMBER | _BY_AGE | {*_LIMITS.values(), R.SEX_OR_NUMBER_CONFLICT}
        yield _Root(both, "numbers_agree")
        return
    for role in PersonRole:
        by_number = _BY_NUMBER | {_LIMITS[role]} | (_BY_AGE if role is PersonRole.MEMBER else set())
        if _malformed(findings, role):
            yield _Root(by_number | {R.SEX_OR_NUMBER_CONFLICT}, "id_numbers_are_well_formed")
        elif number_in_doubt(case, role):
            yield _Root(by_number | {R.SEX_OR_NUMBER_CONFLICT}, "numbers_agree")
            return
        elif _born_otherwise(case, role):
            yield _Root(by_number, "certificate_is_the_child_s")
            return
    if findings["persons_are_two"]:
        yield _Root(frozenset(Reason) - _OF_THE_FORM, "persons_are_two")
    yield from _of_the_claim(findings["relationship_is_proven"])


def _of_the_claim(findings: tuple[Finding, ...]) -> Iterator[_Root]:
    """What follows from a relation that the papers gainsay.

    Where they may do so only, what helps a person to judge the claim is still told.
    """
    against = {f.verdict for f in findings if f.code is R.RELATIONSHIP_CONTRADICTED}
    if CheckVerdict.FAILED in against:
        yield _Root(_BY_CLAIM, "relationship_is_proven")
    elif against:
        yield _Root(_ASKED_FOR_CLAIM, "relationship_is_proven")


def _malformed(findings: dict[str, tuple[Finding, ...]], role: PersonRole) -> bool:
    checks = ("id_numbers_are_well_formed", "birth_dates_in_numbers_exist")
    return any(f.subject == role.value for name in checks for f in findings[name])


def number_in_doubt(case: CheckContext, role: PersonRole) -> bool:
    """Whether papers that bear somebody's name bear another number, and none the stated one."""
    stated = case.stated(role)
    if stated.number is None or stated.name is None:
        return False
    others = False
    for paper, whose in case.papers.people_of(*PERSONAL):
        read = paper.reading.value("id_number")
        if whose is not role or read is None:
            continue
        if compare_numbers(read, stated.number.text, today=case.on) is Similarity.SAME:
            return False
        named = compare_names(paper.reading.value("name") or "", stated.name) is Similarity.SAME
        valid = valid_id_number(read, today=case.on) is not None
        others |= named and valid and case.trusts(paper, "id_number")
    return others


def _born_otherwise(case: CheckContext, role: PersonRole) -> bool:
    """Whether the certificate of somebody's birth gives another day, and no paper the number."""
    stated = case.stated(role)
    if stated.number is None or stated.name is None:
        return False
    if any(
        compare_numbers(read, stated.number.text, today=case.on) is Similarity.SAME
        for paper, whose in case.papers.people_of(*PERSONAL)
        if whose is role and (read := paper.reading.value("id_number"))
    ):
        return False
    return any(
        born is not None and born != stated.number.birth_date
        for paper in case.papers.of(DocumentKind.BIRTH_CERTIFICATE, role)
        if compare_names(case.trusted(paper, "newborn_name") or "", stated.name) is Similarity.SAME
        for born in [date_or_none(case.trusted(paper, "birth_time"))]
    )


def _told(result: CheckResult, roots: tuple[_Root, ...]) -> CheckResult:
    untold = frozenset[Reason]().union(
        *(root.consequences for root in roots if root.told_by != result.check)
    )
    kept = tuple(f for f in result.findings if f.code not in untold)
    if len(kept) == len(result.findings):
        return result
    failed = any(f.verdict is CheckVerdict.FAILED and f.severity is not Severity.INFO for f in kept)
    verdict = CheckVerdict.FAILED if failed else CheckVerdict.CANNOT_TELL
    return result.model_copy(update={"findings": kept, "verdict": verdict})


def _for_others(special: frozenset[Subject], result: CheckResult) -> CheckResult:
    """The answer with no request that somebody without a resident card cannot follow."""
    about = special | {None, Subject.APPLICATION}
    kept = tuple(
        _in_doubt(f) if f.code in _ONLY_RESIDENTS and f.subject in about else f
        for f in result.findings
        if f.subject not in special or not _follows_from_the_document(result.check, f)
    )
    if not special or kept == result.findings:
        return result
    failed = any(f.verdict is CheckVerdict.FAILED and f.severity is not Severity.INFO for f in kept)
    verdict = CheckVerdict.FAILED if failed else CheckVerdict.CANNOT_TELL
    return result.model_copy(update={"findings": kept, "verdict": verdict})


def _follows_from_the_document(check: str, found: Finding) -> bool:
    """Whether a finding only says that somebody holds another document, which is told by itself."""
    if found.code in {R.ID_NUMBER_INVALID, R.BIRTH_DATE_INVALID}:
        return found.verdict is CheckVerdict.FAILED
    sides = {R.PORTRAIT_SIDE_MISSING, R.EMBLEM_SIDE_MISSING, R.SAME_SIDE_TWICE}
    return found.code in sides and check != "people_hold_resident_cards"


def _in_doubt(found: Finding) -> Finding:
    if found.severity is not Severity.ERROR:
        return found
    return finding(
        found.code, *found.evidence, subject=found.subject, verdict=CheckVerdict.CANNOT_TELL
    )
