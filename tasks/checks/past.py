"""What earlier applications tell: limits, doubles, and papers or numbers used by others."""

from models.application import PersonRole, Relationship
from models.finding import Evidence, finding
from models.reason import Code
from tasks.checks.case import PASS, Answer, Case, answer, check, filed, subject_of


@check
def files_are_new(case: Case) -> Answer:
    """No file was used for other people before."""
    reused = case.dossier.history.reused_files
    if not reused:
        return PASS
    return answer([finding(Code.X20, *(Evidence(document=file) for file in reused))])


@check
def numbers_are_one_person_s(case: Case) -> Answer:
    """No ID number is on file under another name."""
    shared = set(case.dossier.history.shared_numbers)
    return answer(
        finding(
            Code.X21,
            filed(f"{role.value}.id_number", number.text if number else None),
            subject=subject_of(role),
        )
        for role in PersonRole
        if role.value in shared
        for number in [case.stated(role).number]
    )


@check
def faces_are_one_person_s(case: Case) -> Answer:
    """No face is on file with another identity; a person always looks, faces resemble."""
    shared = set(case.dossier.history.shared_faces)
    return answer(
        finding(Code.X22, subject=subject_of(role)) for role in PersonRole if role.value in shared
    )


@check
def applicant_may_bind_one_more(case: Case) -> Answer:
    """The applicant has not reached the limit of bound members."""
    bound = case.dossier.history.applicant_bindings
    if bound < case.policy.limits.max_bound_per_applicant:
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
    """Nobody has bound another spouse before."""
    is_spouse = case.application.relationship is Relationship.SPOUSE
    if not (is_spouse and case.dossier.history.spouse_bound):
        return PASS
    return answer(
        [finding(Code.B05, filed("relationship"), subject=subject_of(PersonRole.APPLICANT))]
    )
