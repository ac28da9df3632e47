"""Side pages of a book, and a divorce certificate that reading takes for none of them."""

import pytest

from models.checks.finding import CheckVerdict, finding
from models.checks.reason import Reason
from models.decision.decision import Outcome
from models.reading.document import DocumentKind
from tests.tasks.checks.dossiers import (
    FATHER,
    MOTHER,
    application,
    codes,
    cover,
    dossier,
    judged,
    page,
    reading,
)
from tests.tasks.checks.scenario import PEOPLE

DIVORCE = {"zh": "所交材料中有离婚证，婚姻关系须人工核对", "en": "a divorce certificate"}


def beside_a_child_s_book(**words):
    note = finding(Reason.CHANGE_NOT_VERIFIED, verdict=CheckVerdict.CANNOT_TELL, **words)
    side = reading(DocumentKind.OTHER, "side.jpg", {}, findings=(note,))
    child = PEOPLE["child"]
    papers = (cover(FATHER), page(FATHER, "户主"), page(child, "长女"))
    return judged(dossier(application(FATHER, child, "child"), *papers, side))


def test_a_divorce_certificate_beside_a_child_s_book_is_a_note():
    decision = beside_a_child_s_book(**DIVORCE)
    assert decision.outcome is Outcome.APPROVED
    assert Reason.CHANGE_NOT_VERIFIED in {f.code for f in decision.findings}


def test_a_changed_entry_on_a_side_page_of_the_book_is_for_a_person():
    decision = beside_a_child_s_book()
    assert decision.outcome is Outcome.IN_REVIEW
    assert codes(decision) == {"X08"}


@pytest.mark.parametrize("words", [DIVORCE, {}])
def test_either_counts_where_a_marriage_is_claimed(words):
    note = finding(Reason.CHANGE_NOT_VERIFIED, verdict=CheckVerdict.CANNOT_TELL, **words)
    side = reading(DocumentKind.OTHER, "side.jpg", {}, findings=(note,))
    papers = (cover(FATHER), page(FATHER, "户主"), page(MOTHER, "妻"))
    decision = judged(dossier(application(FATHER, MOTHER, "spouse"), *papers, side))
    assert "X08" in codes(decision)
