from models.checks.finding import CheckVerdict
from models.checks.reason import Reason
from models.checks.rule import Rule
from tasks.checks import CHECK_NAMES
from tasks.policy.explain import Explanation, explain_application
from tests.tasks.checks.dossiers import (
    CHILD,
    FATHER,
    MOTHER,
    STRANGER,
    application,
    birth,
    child_in_book,
    dossier,
)


def explanation(repositories, application_id) -> Explanation:
    explained = explain_application(repositories, application_id)
    assert explained is not None
    return explained


def test_each_check_is_explained_with_its_rules_and_what_met_it(repositories, decided):
    decided(child_in_book(), "A1")
    explained = explanation(repositories, "A1")
    assert explained.outcome == "approved"
    assert tuple(c.check for c in explained.checks) == CHECK_NAMES
    proven = next(c for c in explained.checks if c.check == "relationship_is_proven")
    assert Rule.ELIGIBLE_RELATIONSHIPS in proven.rules
    assert [(e.field, e.value) for e in proven.met_by] == [
        ("relation_to_householder", "户主"),
        ("relation_to_householder", "长女"),
    ]
    assert explained.relationship is not None
    assert explained.relationship.zh


def test_what_did_not_meet_a_rule_is_told_with_its_reason(repositories, decided):
    papers = birth(CHILD, MOTHER, STRANGER)
    decided(dossier(application(FATHER, CHILD, "child"), papers), "A2")
    explained = explanation(repositories, "A2")
    unmet = {c.check: c for c in explained.checks if c.verdict is not CheckVerdict.PASSED}
    assert [f.code for f in unmet["certificate_names_the_claimed_parent"].unmet] == [
        Reason.CERTIFICATE_NAMES_OTHER_PARENTS
    ]
    assert Reason.CERTIFICATE_NAMES_OTHER_PARENTS in explained.codes


def test_an_explanation_quotes_nobody_in_full(repositories, decided):
    papers = birth(CHILD, MOTHER, STRANGER)
    decided(dossier(application(FATHER, CHILD, "child"), papers), "A3")
    text = explanation(repositories, "A3").model_dump_json()
    for who in (FATHER, CHILD, MOTHER, STRANGER):
        assert who.number not in text
        assert who.name not in text


def test_nothing_is_explained_that_was_never_decided(repositories):
    assert explain_application(repositories, "A4") is None


def test_a_pass_names_the_answers_and_papers_that_it_rests_on(repositories, decided):
    decided(child_in_book(), "A5")
    met = {
        c.check: [(e.document, e.field) for e in c.met_by]
        for c in explanation(repositories, "A5").checks
    }
    assert met["product_is_offered"] == [("application.json", "product")]
    assert met["notice_is_agreed"] == [("application.json", "consents.notice")]
    pages = {document for document, _ in met["required_papers_are_there"]}
    assert {f"page-{who.number[-8:]}.jpg" for who in (FATHER, CHILD)} <= pages
