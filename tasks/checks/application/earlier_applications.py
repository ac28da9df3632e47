"""What earlier applications tell: limits, doubles, and papers or numbers used by others."""

from models.bindings.binding_limits import (
    applicant_limit_reached,
    member_limit_reached,
    spouse_or_parent_conflict,
)
from models.checks.finding import CheckVerdict, Evidence, Finding, Subject, finding
from models.checks.reason import Reason
from models.decision.decision import Outcome
from models.intake.application import PersonRole
from tasks.checks.check_context import (
    FORM,
    PASS,
    Answer,
    CheckContext,
    answer,
    check,
    filed,
    met,
    subject_of,
)


@check
def handing_in_is_in_turn(case: CheckContext) -> Answer:
    """A changed handing-in answers a return, and says which one it is."""
    turn, stated = case.dossier.turn, case.application.round
    if case.application.objection is not None:
        return answer([_objection(case)])
    if turn.number == 1:
        return (
            PASS if stated in {None, 1} else answer([_out_of_turn(case, CheckVerdict.CANNOT_TELL)])
        )
    if turn.other_people:
        return answer([_of_another_family(case)])
    if turn.earlier is Outcome.RETURNED:
        in_turn = stated == turn.number or turn.same_papers
        return (
            met(_stated_round(case))
            if in_turn
            else answer([_out_of_turn(case, CheckVerdict.FAILED)])
        )
    # The case is closed, or on a desk: a copy of an approved one is a duplicate, and whether
    # anything is to be done about another one, a person says.
    final = turn.earlier is Outcome.APPROVED
    doubled = finding(
        Reason.ALREADY_BOUND,
        _stated_round(case),
        subject=Subject.APPLICATION,
        verdict=CheckVerdict.FAILED if final else CheckVerdict.CANNOT_TELL,
        zh="同一申请编号已提交过，且未被退回",
        en="this application was handed in before and was not returned",
    )
    return answer([doubled])


def _objection(case: CheckContext) -> Finding:
    """Whoever objects to an outcome of the machine gets a person (PIPL 24)."""
    return finding(
        Reason.ALREADY_BOUND,
        filed("objection"),
        subject=Subject.APPLICATION,
        verdict=CheckVerdict.CANNOT_TELL,
        zh="申请人对先前的处理结果提出异议",
        en="the applicant objects to an earlier outcome",
    )


def _of_another_family(case: CheckContext) -> Finding:
    """One number of application for two families: a slip of the channel, or another try."""
    return finding(
        Reason.ALREADY_BOUND,
        _stated_round(case),
        subject=Subject.APPLICATION,
        verdict=CheckVerdict.CANNOT_TELL,
        zh="同一申请编号上一次提交的是另外两个人",
        en="the handing-in before under this number was about two other people",
    )


def _out_of_turn(case: CheckContext, verdict: CheckVerdict) -> Finding:
    number = case.dossier.turn.number
    return finding(
        Reason.DOCUMENT_UNUSABLE,
        _stated_round(case),
        subject=Subject.APPLICATION,
        verdict=verdict,
        zh=f"这是第 {number} 次提交，{FORM} 的 round 应为 {number}",
        en=f"this is handing-in number {number}: round in {FORM} must be {number}",
    )


def _stated_round(case: CheckContext) -> Evidence:
    stated = case.application.round
    return filed("round", str(stated) if stated else None)


@check
def files_are_new(case: CheckContext) -> Answer:
    """No file was used for other people before."""
    reused = case.dossier.history.reused_files
    if not reused:
        return PASS
    return answer(
        [finding(Reason.DOCUMENT_USED_ELSEWHERE, *(Evidence(document=file) for file in reused))]
    )


@check
def numbers_are_one_person_s(case: CheckContext) -> Answer:
    """No ID number is on file under another name, no certificate's number for another child."""
    shared = set(case.dossier.history.shared_numbers)
    certificates = [
        finding(
            Reason.ID_NUMBER_USED_BY_ANOTHER, Evidence(document=file, field="certificate_number")
        )
        for file in case.dossier.history.shared_certificates
    ]
    people = [
        finding(
            Reason.ID_NUMBER_USED_BY_ANOTHER,
            filed(f"{role.value}.id_number", number.text if number else None),
            subject=subject_of(role),
        )
        for role in PersonRole
        if role.value in shared
        for number in [case.stated(role).number]
    ]
    return answer([*people, *certificates])


@check
def faces_are_one_person_s(case: CheckContext) -> Answer:
    """No picture of a face is on file with another identity.

    Pictures are compared and not faces: no template of a face is kept after the decision, so
    another photograph of the same person is not known again.
    """
    shared = set(case.dossier.history.shared_faces)
    return answer(
        finding(Reason.FACE_USED_BY_ANOTHER, subject=subject_of(role))
        for role in PersonRole
        if role.value in shared
    )


@check
def applicant_may_bind_one_more(case: CheckContext) -> Answer:
    """The applicant has not reached the limit of bound members."""
    if not applicant_limit_reached(case.dossier.history, case.policy.limits):
        return PASS
    return answer(
        [finding(Reason.APPLICANT_LIMIT_REACHED, subject=subject_of(PersonRole.APPLICANT))]
    )


@check
def member_may_be_bound_once_more(case: CheckContext) -> Answer:
    """Not too many others have bound the member already."""
    if not member_limit_reached(case.dossier.history, case.policy.limits):
        return PASS
    return answer([finding(Reason.MEMBER_LIMIT_REACHED, subject=subject_of(PersonRole.MEMBER))])


@check
def binding_is_new(case: CheckContext) -> Answer:
    """This very binding is not in force already."""
    if not case.dossier.history.already_bound:
        return PASS
    return answer([finding(Reason.ALREADY_BOUND, subject=subject_of(PersonRole.MEMBER))])


@check
def spouse_is_the_only_one(case: CheckContext) -> Answer:
    """Neither of the two has another spouse on file, the child no second father or mother.

    Nor are the two on file as other relatives.
    """
    if not spouse_or_parent_conflict(case.dossier.history, case.application.relationship):
        return PASS
    return answer(
        [
            finding(
                Reason.SPOUSE_OR_PARENT_CONFLICT,
                filed("relationship"),
                subject=subject_of(PersonRole.APPLICANT),
            )
        ]
    )
