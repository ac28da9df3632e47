"""Each approval stands with the class of proof that it rests on."""

import pytest

from models.decision.decision import Outcome
from models.decision.proof_class import ProofClass
from tests.tasks.checks.dossiers import (
    GRANDMA,
    child_by_certificate,
    child_in_book,
    dossier,
    field,
    judged,
    page,
    siblings,
    spouse,
)
from tests.tasks.checks.scenario import ROWS
from tests.tasks.checks.scenario import judged as judged_row

BY_NAME = {row["name"]: row for row in ROWS}


@pytest.mark.parametrize(
    ("given", "proof"),
    [
        (child_in_book(), ProofClass.NUMBER),
        (spouse(), ProofClass.NUMBER),
        (child_by_certificate(), ProofClass.CERTIFICATE),
        (siblings(), ProofClass.CERTIFICATE),
    ],
    ids=["book", "couple's book", "certificate", "two certificates beside a book"],
)
def test_the_class_of_what_proves_it(given, proof):
    decision = judged(given)
    assert (decision.outcome, decision.proof_class) == (Outcome.APPROVED, proof)


@pytest.mark.parametrize(
    ("row", "proof"),
    [
        ("no household number on the page, the adult agrees in person", ProofClass.OWN_WILL),
        ("no household number where money moves, one day and one house", ProofClass.TIES),
        ("no household number, a child entered with the father on one day", ProofClass.TIES),
        (
            "no household number on a minor's page, a certificate that proves it by itself",
            ProofClass.CERTIFICATE,
        ),
        ("no household number on a minor's page", None),
    ],
)
def test_pages_without_a_number_are_told_apart_by_what_ties_them(row, proof):
    assert judged_row(BY_NAME[row]).proof_class is proof


def test_a_page_on_which_the_proof_does_not_rest_needs_no_number():
    form = child_in_book().application.model_dump(exclude={"documents"})
    beside = page(GRANDMA, "母亲", household_number=field(None))
    book = (*child_in_book().readings, beside)
    decision = judged(dossier(form, *book))
    assert (decision.outcome, decision.proof_class) == (Outcome.APPROVED, ProofClass.NUMBER)
