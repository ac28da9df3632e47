import datetime as dt

import pytest

from models.checks.finding import CheckVerdict, Finding, finding
from models.checks.reason import Reason, Severity
from models.checks.reason_catalogue import REASONS
from models.decision.decision import Dossier, History, Outcome
from models.policy.policy import Policy
from models.reading.document import NO_SECOND_READER
from tasks.decision.decide import decide
from tasks.reports.outcome_line import outcome_line
from tests.tasks.checks.dossiers import (
    CHILD,
    FATHER,
    MOTHER,
    STRANGER,
    application,
    birth,
    card,
    checked,
    child_by_certificate,
    child_in_book,
    codes,
    cover,
    dossier,
    emblem,
    judged,
    page,
    policy_of,
    same_face,
    selfie,
)

NOW = dt.datetime(2026, 11, 20, 10, 0, tzinfo=dt.UTC)


def unproven() -> Dossier:
    """A form without any paper."""
    return dossier(child_in_book().application.model_dump())


def outcome_with(
    *extra: Finding, base: Dossier | None = None, policy: Policy | None = None
) -> Outcome:
    """The outcome when one check of an honest application says something more."""
    d = base or child_by_certificate()
    report = checked(d)
    first, *rest = report.results
    loud = first.model_copy(update={"findings": extra, "verdict": CheckVerdict.FAILED})
    report = report.model_copy(update={"results": (loud, *rest)})
    return decide(d, report, policy or policy_of(d), decided_at=NOW).outcome


def test_every_code_that_fails_leads_where_the_policy_says():
    lists = policy_of(child_by_certificate()).codes
    for code in Reason:
        outcome = outcome_with(finding(code))
        if code in lists.rejected:
            assert outcome is Outcome.REJECTED
        elif code in lists.returned:
            assert outcome is Outcome.RETURNED
        else:
            assert outcome is Outcome.IN_REVIEW


def test_whatever_could_not_be_told_goes_to_a_person():
    for code in Reason:
        doubt = finding(code, verdict=CheckVerdict.CANNOT_TELL)
        assert outcome_with(doubt) is Outcome.IN_REVIEW


@pytest.mark.parametrize("listed", ["rejected", "returned"])
def test_a_warning_goes_to_a_person_whatever_list_holds_it(listed):
    policy = policy_of(child_by_certificate())
    lists = policy.codes.model_copy(update={listed: frozenset(Reason)})
    policy = policy.model_copy(update={"codes": lists})
    for code in Reason:
        sure = REASONS[code].severity is Severity.ERROR
        assert (outcome_with(finding(code), policy=policy) is Outcome.IN_REVIEW) is not sure


def test_a_rejection_outweighs_a_return_and_a_return_a_doubt():
    reject, mend = (
        finding(Reason.RELATIONSHIP_NOT_ELIGIBLE),
        finding(Reason.MEMBER_HUKOU_PAGE_MISSING),
    )
    doubt = finding(Reason.NAMES_DIFFER, verdict=CheckVerdict.CANNOT_TELL)
    assert outcome_with(mend, reject) is Outcome.REJECTED
    assert outcome_with(doubt, mend) is Outcome.RETURNED


def test_the_same_reason_in_doubt_elsewhere_keeps_the_machine_from_rejecting():
    certain, doubted = (
        finding(Reason.APPLICANT_WITHOUT_EMPLOYEE_ACCOUNT),
        finding(Reason.APPLICANT_WITHOUT_EMPLOYEE_ACCOUNT, verdict=CheckVerdict.CANNOT_TELL),
    )
    assert outcome_with(certain, doubted) is Outcome.IN_REVIEW


def test_nobody_is_rejected_for_a_limit_while_it_is_open_who_the_member_is():
    mistyped = dossier(
        application(FATHER, STRANGER, "spouse")
        | {"member": application(FATHER, STRANGER, "spouse")["member"] | {"name": MOTHER.name}},
        card(MOTHER),
        emblem(),
        selfie(),
        cover(FATHER),
        page(FATHER, "户主"),
        page(MOTHER, "妻"),
        face=same_face(),
        history=History(member_bindings=2),
    )
    decision = judged(mistyped)
    assert codes(decision) == {"X03"}  # whose limit it is, is not told of a number in doubt
    assert decision.outcome is Outcome.RETURNED


def test_a_certain_limit_is_a_rejection_with_everything_else_told_too():
    full = child_in_book(consents=[]).model_copy(update={"history": History(applicant_bindings=5)})
    decision = judged(full)
    assert decision.outcome is Outcome.REJECTED
    assert {"B01", "C01", "C02"} <= codes(decision)


@pytest.mark.parametrize(
    ("made_of", "round_number", "after_last", "outcome"),
    [
        (child_by_certificate, 3, "rejected", Outcome.APPROVED),
        (unproven, 2, "rejected", Outcome.RETURNED),
        (unproven, 3, "person", Outcome.IN_REVIEW),
        (unproven, 3, "rejected", Outcome.REJECTED),
        (unproven, 4, "rejected", Outcome.REJECTED),
    ],
)
def test_only_a_return_ends_with_the_last_round(made_of, round_number, after_last, outcome):
    d = made_of()
    policy = policy_of(d)
    rounds = policy.rounds.model_copy(update={"max_rounds": 3, "after_last": after_last})
    policy = policy.model_copy(update={"rounds": rounds})
    decision = decide(d, checked(d), policy, decided_at=NOW, round_number=round_number)
    assert (decision.outcome, decision.round) == (outcome, round_number)


def test_a_failed_check_without_a_reason_is_never_approved():
    assert outcome_with() is Outcome.IN_REVIEW


def test_the_weightiest_comes_first_and_nothing_twice():
    d = child_by_certificate()
    report = checked(d)
    twice = (
        finding(Reason.SEAL_OR_COLOUR_MISSING),
        finding(Reason.MEMBER_HUKOU_PAGE_MISSING),
        finding(Reason.SEAL_OR_COLOUR_MISSING),
    )
    first, *rest = report.results
    loud = first.model_copy(update={"findings": twice})
    report = report.model_copy(update={"results": (loud, *rest)})
    decision = decide(d, report, policy_of(d), decided_at=NOW, round_number=2)
    assert [f.code for f in decision.findings if f.severity is not Severity.INFO] == [
        Reason.MEMBER_HUKOU_PAGE_MISSING,
        Reason.SEAL_OR_COLOUR_MISSING,
    ]
    assert decision.round == 2


def test_a_decision_quotes_nobody_in_full():
    d = dossier(application(FATHER, CHILD, "child"), birth(CHILD, MOTHER, STRANGER))
    text = judged(d).model_dump_json()
    for who in (FATHER, CHILD, MOTHER, STRANGER):
        assert who.number not in text
        assert who.name not in text


@pytest.mark.parametrize(
    ("code", "outcome"),
    [
        (None, Outcome.APPROVED),
        (Reason.PICTURE_BLURRED, Outcome.RETURNED),
        (Reason.FACE_NOT_MATCHED, Outcome.IN_REVIEW),
        (Reason.BINDING_ONESELF, Outcome.REJECTED),
    ],
)
def test_every_outcome_says_where_the_machine_lacked_its_second_reader(code, outcome):
    whole = child_by_certificate()
    first, *rest = whole.readings
    alone = first.model_copy(update={"engine": f"rapidocr 3.10.0; {NO_SECOND_READER}"})
    for d, missing in (
        (whole, False),
        (whole.model_copy(update={"readings": (alone, *rest)}), True),
    ):
        report = checked(d)
        if code is not None:
            loud = report.results[0].model_copy(
                update={"findings": (finding(code),), "verdict": CheckVerdict.FAILED}
            )
            report = report.model_copy(update={"results": (loud, *report.results[1:])})
        decision = decide(d, report, policy_of(d), decided_at=NOW)
        assert decision.outcome is outcome
        assert outcome_line(decision).get("second_reader_missing", False) is missing
