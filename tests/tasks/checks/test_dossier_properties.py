"""Whole applications: the order of papers changes nothing, nor does a paper that is there twice."""

import random
from typing import Any

import pytest

from models.checks.finding import Finding
from models.decision.decision import Decision, Dossier, Outcome
from models.kinship.claim import KinshipAnswer
from tasks.checks import check_application
from tasks.decision.decide import decide
from tests.tasks.checks import dossiers as build
from tests.tasks.checks.scenario import BOOK, ROWS, dossier_of, policy_of

WHOLE = [pytest.param(row, id=row["name"]) for row in ROWS[::5] if "unread_files" not in row]
OF_THE_FAMILY = (
    "card father",
    "card mother",
    "birth child mother father",
    "birth father grandma grandpa",
    "married father mother 2016-05-20",
    "married grandpa grandma 1985-05-20",
    "insurance child",
    "incapacity grandpa 2026-01-10",
    "notarial father child 女儿",
    "selfie",
)
IN_FATHERS_BOOK = ("page grandpa 父亲", "page mother 妻", "page father 户主", "page child 长女")
IN_GRANDPAS_BOOK = ("page grandpa 户主", "page grandma 妻", "page father 长子", "page child 孙女")
BOOK_OF = {
    "certificate": IN_FATHERS_BOOK,
    "newborn": IN_FATHERS_BOOK,
    "book": IN_FATHERS_BOOK,
    "spouse": IN_FATHERS_BOOK,
    "parent": IN_FATHERS_BOOK,
    "siblings": IN_GRANDPAS_BOOK,
    "grandparent": IN_GRANDPAS_BOOK,
    "grandchild": IN_GRANDPAS_BOOK,
}
FURTHER = [
    pytest.param(base, paper, id=f"{base} and {paper}")
    for base in BOOK["bases"]
    for paper in (*OF_THE_FAMILY, *BOOK_OF[base])
    if paper not in BOOK["bases"][base]["papers"]
]
"""Honest applications, and further papers that are true of the same family."""


def judged(row: dict[str, Any], dossier: Dossier) -> Decision:
    policy = policy_of(row, dossier)
    report = check_application(dossier, policy, build.SHELF.divisions)
    return decide(dossier, report, policy, decided_at=dossier.application.submitted_at)


def said(decision: Decision) -> tuple[object, ...]:
    """Everything but the order in which the findings are told and their papers named."""
    kinship = decision.relationship
    return (
        decision.outcome,
        sorted(_told(f) for f in decision.findings),
        kinship and (kinship.answer, kinship.derived, kinship.proof, sorted(kinship.documents)),
        kinship and kinship.path,
    )


def _told(found: Finding) -> tuple[str, ...]:
    where = sorted(f"{e.document} {e.field}" for e in found.evidence)
    return (found.code, found.severity, found.verdict, str(found.subject), *where)


def shuffled(dossier: Dossier, seed: int) -> Dossier:
    """The same papers and the same list of files in another order."""
    rng = random.Random(seed)  # noqa: S311
    readings, entries = list(dossier.readings), list(dossier.application.documents)
    rng.shuffle(readings)
    rng.shuffle(entries)
    form = dossier.application.model_copy(update={"documents": tuple(entries)})
    return dossier.model_copy(update={"readings": tuple(readings), "application": form})


@pytest.mark.parametrize("row", WHOLE)
def test_the_order_of_the_papers_changes_nothing(row):
    dossier = dossier_of(row)
    first = said(judged(row, dossier))
    assert said(judged(row, shuffled(dossier, seed=1))) == first


@pytest.mark.parametrize("row", WHOLE)
def test_a_paper_that_is_there_twice_changes_nothing(row):
    """The same file again under another name; of one side of a card alone D03 says just that."""
    dossier = dossier_of(row)
    first = judged(row, dossier)
    again = tuple(r.model_copy(update={"file": f"again-{r.file}"}) for r in dossier.readings)
    entries = tuple(
        e.model_copy(update={"file": f"again-{e.file}"}) for e in dossier.application.documents
    )
    form = dossier.application
    doubled = dossier.model_copy(
        update={
            "readings": (*dossier.readings, *again),
            "application": form.model_copy(update={"documents": (*form.documents, *entries)}),
        }
    )
    second = judged(row, doubled)
    assert build.codes(second) - {"D03"} == build.codes(first) - {"D03"}
    assert second.outcome is first.outcome


@pytest.mark.parametrize(("base", "further"), FURTHER)
def test_one_more_true_paper_refuses_nothing_and_says_what_it_leaves_open(base, further):
    decision = judged(row := {"base": base, "add": [further]}, dossier_of(row))
    assert decision.outcome in {Outcome.APPROVED, Outcome.IN_REVIEW}, build.codes(decision)
    assert decision.relationship is not None
    assert decision.relationship.answer is KinshipAnswer.PROVEN
    assert (decision.outcome is Outcome.APPROVED) == (not build.codes(decision))


def test_every_further_true_paper_but_one_of_incapacity_changes_nothing_at_all():
    changed = {
        case.id: build.codes(decision)
        for case in FURTHER
        for base, further in [case.values]
        if (decision := judged(row := {"base": base, "add": [further]}, dossier_of(row))).outcome
        is not Outcome.APPROVED
    }
    assert {case: told for case, told in changed.items() if told != {"D30"}} == {}
    assert all("incapacity grandpa" in str(case) for case in changed)
