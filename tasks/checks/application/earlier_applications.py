"""What earlier applications tell: limits, doubles, and papers or numbers used by others."""

from typing import Final

from models.checks.finding import Evidence, Finding, Subject, Verdict, finding
from models.checks.reason import Code
from models.decision.decision import Outcome
from models.intake.application import PersonRole, Relationship
from tasks.checks.check_context import (
    FORM,
    PASS,
    Answer,
    Case,
    answer,
    check,
    filed,
    met,
    subject_of,
)

_PARENTAL: Final = frozenset({Relationship.PARENT, Relationship.CHILD})


@check
def handing_in_is_in_turn(case: Case) -> Answer:
    """A changed handing-in answers a return, and says which one it is."""
    turn, stated = case.dossier.turn, case.application.round
    if turn.number == 1:
        return PASS if stated in {None, 1} else answer([_out_of_turn(case, Verdict.CANNOT_TELL)])
    if turn.earlier is Outcome.RETURNED:
        in_turn = stated == turn.number or turn.same_papers
        return met(_stated_round(case)) if in_turn else answer([_out_of_turn(case, Verdict.FAILED)])
    # The case is closed, or on a desk: a copy of an approved one is a duplicate, and whether
    # anything is to be done about another one, a person says.
    final = turn.earlier is Outcome.APPROVED
    doubled = finding(
        Code.B03,
        _stated_round(case),
        subject=Subject.APPLICATION,
        verdict=Verdict.FAILED if final else Verdict.CANNOT_TELL,
        zh="同一申请编号已提交过，且未被退回",
        en="this application was handed in before and was not returned",
    )
    return answer([doubled])


def _out_of_turn(case: Case, verdict: Verdict) -> Finding:
    number = case.dossier.turn.number
    return finding(
        Code.D04,
        _stated_round(case),
        subject=Subject.APPLICATION,
        verdict=verdict,
        zh=f"这是第 {number} 次提交，{FORM} 的 round 应为 {number}",
        en=f"this is handing-in number {number}: round in {FORM} must be {number}",
    )


def _stated_round(case: Case) -> Evidence:
    stated = case.application.round
    return filed("round", str(stated) if stated else None)


@check
def files_are_new(case: Case) -> Answer:
    """No file was used for other people before."""
    reused = case.dossier.history.reused_files
    if not reused:
        return PASS
    return answer([finding(Code.X20, *(Evidence(document=file) for file in reused))])


@check
def numbers_are_one_person_s(case: Case) -> Answer:
    """No ID number is on file under another name, no certificate's number for another child."""
    shared = set(case.dossier.history.shared_numbers)
    certificates = [
        finding(Code.X21, Evidence(document=file, field="certificate_number"))
        for file in case.dossier.history.shared_certificates
    ]
    people = [
        finding(
            Code.X21,
            filed(f"{role.value}.id_number", number.text if number else None),
            subject=subject_of(role),
        )
        for role in PersonRole
        if role.value in shared
        for number in [case.stated(role).number]
    ]
    return answer([*people, *certificates])


@check
def faces_are_one_person_s(case: Case) -> Answer:
    """No picture of a face is on file with another identity.

    Pictures are compared and not faces: no template of a face is kept after the decision, so
    another photograph of the same person is not known again.
    """
    shared = set(case.dossier.history.shared_faces)
    return answer(
        finding(Code.X22, subject=subject_of(role)) for role in PersonRole if role.value in shared
    )


@check
def applicant_may_bind_one_more(case: Case) -> Answer:
    """The applicant has not reached the limit of bound members."""
    history, limits = case.dossier.history, case.policy.limits
    month = limits.max_new_per_month
    in_month = month is None or history.bound_this_month < month
    if history.applicant_bindings < limits.max_bound_per_applicant and in_month:
        return PASS
    return answer([finding(Code.B01, subject=subject_of(PersonRole.APPLICANT))])


@check
def member_may_be_bound_once_more(case: Case) -> Answer:
    """Not too many others have bound the member already."""
    if case.dossier.history.member_bindings < case.policy.limits.max_applicants_per_person:
        return PASS
    return answer([finding(Code.B02, subject=subject_of(PersonRole.MEMBER))])


@check
def binding_is_new(case: Case) -> Answer:
    """This very binding is not in force already."""
    if not case.dossier.history.already_bound:
        return PASS
    return answer([finding(Code.B03, subject=subject_of(PersonRole.MEMBER))])


@check
def spouse_is_the_only_one(case: Case) -> Answer:
    """Neither of the two has another spouse on file, the child no second father or mother."""
    history, relationship = case.dossier.history, case.application.relationship
    spouse = relationship is Relationship.SPOUSE and history.spouse_bound
    if not (spouse or (relationship in _PARENTAL and history.parent_bound)):
        return PASS
    return answer(
        [finding(Code.B05, filed("relationship"), subject=subject_of(PersonRole.APPLICANT))]
    )
