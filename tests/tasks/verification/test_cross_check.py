"""What a cross-check remembers of a round, for the applications that come after it."""

from models.cases.case_round import MatchKeyKind
from models.intake.application import PersonRole
from tasks.checks import prepare_checks
from tasks.intake.application_match_keys import picture_match_keys
from tests.tasks.checks.dossiers import MOTHER, card, child_in_book, parent, policy_of
from tests.tasks.conftest import picture


def picture_roles(dossier):
    """Of whom a picture is remembered, where every card shows a portrait."""
    with_portraits = tuple(
        paper.model_copy(update={"portrait": f"portraits/{paper.file}"})
        if paper.file == "card.jpg"
        else paper
        for paper in dossier.readings
    )
    dossier = dossier.model_copy(update={"readings": with_portraits})
    papers = prepare_checks(dossier, policy_of(dossier)).papers
    keys = picture_match_keys(papers, lambda key: picture(len(key)))
    return {key.role for key in keys if key.kind is MatchKeyKind.IMAGE}


def test_the_portrait_on_the_member_s_own_card_is_remembered_as_the_member_s():
    assert picture_roles(parent()) == {PersonRole.MEMBER}


def test_another_parent_s_card_beside_a_minor_s_book_is_not_the_minor_s_picture():
    honest = child_in_book()
    both = honest.model_copy(update={"readings": (*honest.readings, card(MOTHER))})
    assert picture_roles(both) == set()
