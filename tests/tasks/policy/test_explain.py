from models.checks.finding import Verdict
from models.checks.reason import Code
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


def explanation(office, application_id) -> Explanation:
    explained = explain_application(office, application_id)
    assert explained is not None
    return explained


def test_each_check_is_explained_with_its_rules_and_what_met_it(office, decided):
    decided(child_in_book(), "A1")
    explained = explanation(office, "A1")
    assert explained.outcome == "approved"
    assert tuple(c.check for c in explained.checks) == CHECK_NAMES
    proven = next(c for c in explained.checks if c.check == "relationship_is_proven")
    assert Rule.R28 in proven.rules
    assert [(e.field, e.value) for e in proven.met_by] == [
        ("relation_to_householder", "户主"),
        ("relation_to_householder", "长女"),
    ]
    assert explained.relationship is not None
    assert explained.relationship.zh


def test_what_did_not_meet_a_rule_is_told_with_its_reason(office, decided):
    papers = birth(CHILD, MOTHER, STRANGER)
    decided(dossier(application(FATHER, CHILD, "child"), papers), "A2")
    explained = explanation(office, "A2")
    unmet = {c.check: c for c in explained.checks if c.verdict is not Verdict.PASSED}
    assert [f.code for f in unmet["certificate_names_the_claimed_parent"].unmet] == [Code.X06]
    assert Code.X06 in explained.codes


def test_an_explanation_quotes_nobody_in_full(office, decided):
    papers = birth(CHILD, MOTHER, STRANGER)
    decided(dossier(application(FATHER, CHILD, "child"), papers), "A3")
    text = explanation(office, "A3").model_dump_json()
    for who in (FATHER, CHILD, MOTHER, STRANGER):
        assert who.number not in text
        assert who.name not in text


def test_nothing_is_explained_that_was_never_decided(office):
    assert explain_application(office, "A4") is None


def test_a_pass_names_the_answers_and_papers_that_it_rests_on(office, decided):
    decided(child_in_book(), "A5")
    met = {
        c.check: [(e.document, e.field) for e in c.met_by] for c in explanation(office, "A5").checks
    }
    assert met["product_is_offered"] == [("application.json", "product")]
    assert met["notice_is_agreed"] == [("application.json", "consents.notice")]
    pages = {document for document, _ in met["required_papers_are_there"]}
    assert {f"page-{who.number[-8:]}.jpg" for who in (FATHER, CHILD)} <= pages
