from models.kinship.claim import APPLICANT, MEMBER
from tasks.identity.assign_documents import sort_papers
from tasks.identity.identities import People
from tasks.kinship.collect_claims import build_claims
from tasks.kinship.family_tree import draw_family
from tests.tasks.checks.dossiers import (
    checked,
    child_by_certificate,
    child_in_book,
    grandparent,
    policy_of,
    siblings,
)


def drawn(given):
    rules = policy_of(given).reading
    people = People.of(given.application)
    claims = build_claims(sort_papers(given, rules), people, rules)
    tree = draw_family(claims, checked(given).kinship)
    return tree, {place.person: place.row for place in tree.places}


def test_a_child_stands_below_and_a_grandparent_two_rows_above():
    for given in (child_in_book(), child_by_certificate()):
        _, rows = drawn(given)
        assert rows[MEMBER] == rows[APPLICANT] + 1
    _, rows = drawn(grandparent())
    assert rows[MEMBER] == rows[APPLICANT] - 2


def test_siblings_stand_beside_each_other_below_their_parents():
    tree, rows = drawn(siblings())
    assert rows[MEMBER] == rows[APPLICANT]
    above = [person for person, row in rows.items() if row == rows[MEMBER] - 1]
    assert above
    assert tree.rows == 2


def test_the_papers_of_a_proof_are_told_from_others():
    tree, _ = drawn(child_by_certificate())
    assert tree.proven_by == {"birth.jpg"}
    assert {tie.document for tie in tree.ties} == {"birth.jpg"}


def test_a_word_that_is_none_leaves_its_bearer_in_the_row():
    given = child_in_book()
    page = given.readings[2]
    unread = page.fields["relation_to_householder"].model_copy(update={"value": None})
    fields = page.fields | {"relation_to_householder": unread}
    papers = (*given.readings[:2], page.model_copy(update={"fields": fields}))
    tree, rows = drawn(given.model_copy(update={"readings": papers}))
    assert {APPLICANT, MEMBER} <= set(rows)
    assert [tie.word for tie in tree.ties] == ["?"]
