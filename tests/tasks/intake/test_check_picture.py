"""What is said of a picture that was read: what to mend, which papers are missing, no cues."""

import datetime as dt
from pathlib import Path

import pytest

from models.checks.finding import CheckVerdict, finding
from models.checks.reason import Reason
from models.intake.application import BindingMethod, IdentityRoute, Product, Relationship
from models.intake.picture_check import PictureQuery
from models.reading.document import DocumentKind as K
from storage.policy.policies import PolicyRepository
from tasks.intake.check_picture import judge_picture
from tests.tasks.checks.dossiers import CHILD, page

TODAY = dt.date(2026, 11, 20)
POLICY = PolicyRepository.load(Path("policies")).for_case("330100", TODAY, Product.FAMILY_ACCOUNT)
GROWN = {"identity_route": IdentityRoute.FACE, "relationship": Relationship.PARENT}
MINOR = {"identity_route": IdentityRoute.NONE, "relationship": Relationship.CHILD}


def judged(paper, **asked):
    question = PictureQuery(on=TODAY, product=Product.FAMILY_ACCOUNT, **asked)
    return judge_picture((paper,), question, POLICY)


@pytest.mark.parametrize(
    ("asked", "missing"),
    [
        (GROWN, ["D01", "D02", "D11", "P02"]),
        (GROWN | {"held": (K.ID_CARD_PORTRAIT, K.ID_CARD_EMBLEM, K.HUKOU_MEMBER)}, ["P02"]),
        (MINOR, ["D11"]),
        (MINOR | {"held": (K.HUKOU_MEMBER,)}, []),
        (MINOR | {"held": (K.KINSHIP_NOTARIAL,)}, []),
        (MINOR | {"binding_method": BindingMethod.BIRTH_CERTIFICATE}, ["D20"]),
        ({}, None),
    ],
)
def test_what_the_policy_still_asks_for_is_named(asked, missing):
    told = judged(page(CHILD, "长女", "child.jpg"), **asked).missing
    assert (None if told is None else [one.code.value for one in told]) == missing


def test_what_may_be_wrong_is_no_reason_to_take_it_again_and_what_is_wrong_is():
    paper = page(CHILD, "长女", "child.jpg")
    maybe = finding(Reason.PICTURE_BLURRED, verdict=CheckVerdict.CANNOT_TELL)
    for found, retake in ((maybe, False), (finding(Reason.PICTURE_BLURRED), True)):
        (told,) = judged(paper.model_copy(update={"findings": (found,)})).papers
        assert told.retake is retake
        assert "对好焦" in told.advice[0].message.zh


def test_a_needed_field_that_was_not_read_is_named_and_cues_of_editing_are_not():
    paper = page(CHILD, "长女", "child.jpg")
    unread = paper.fields["id_number"].model_copy(update={"confidence": 0.1})
    changed = {"fields": paper.fields | {"id_number": unread}}
    cue = {"findings": (finding(Reason.POSSIBLY_EDITED), finding(Reason.SCREEN_OR_COPY))}
    (told,) = judged(paper.model_copy(update=changed | cue)).papers
    assert [one.field for one in told.fields if not one.read] == ["id_number"]
    assert [one.code for one in told.advice] == [Reason.FIELD_UNREADABLE]
    assert told.retake
