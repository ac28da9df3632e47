"""What goes before the findings, for every outcome, product and relationship."""

import datetime as dt
import itertools

import pytest

from models.decision.decision import Outcome
from models.intake.application import Product, Relationship
from tasks.wording.word_outcome import OutcomeFacts, word_outcome

DAY = dt.date(2026, 11, 25)


def test_every_case_is_worded_in_both_languages_without_gaps():
    for outcome, product, relationship, due, days, hotline in itertools.product(
        Outcome, (None, *Product), (None, *Relationship), (None, DAY), (None, 15), (None, "12393")
    ):
        message = word_outcome(
            OutcomeFacts(
                outcome=outcome,
                product=product,
                relationship=relationship,
                due=due,
                days_to_object=days,
                hotline=hotline,
            )
        )
        assert message.zh.endswith("。")
        assert message.en.endswith(".")
        for text in (message.zh, message.en):
            assert "{" not in text
            assert "None" not in text
            assert "  " not in text
        assert "请补拍" not in message.zh


@pytest.mark.parametrize(
    ("facts", "zh"),
    [
        pytest.param(
            {"outcome": Outcome.IN_REVIEW, "due": DAY},
            "申请已收到，由工作人员核对。我们会在11月25日前告诉您结果。",
            id="in review names the day",
        ),
        pytest.param(
            {"outcome": Outcome.REJECTED, "days_to_object": 60, "hotline": "12393"},
            "这次申请没有办成，原因见下。您不同意的，可以在60日内提出异议，由工作人员重新核对。"
            "咨询电话：12393。",
            id="a rejection says how to object",
        ),
        pytest.param(
            {
                "outcome": Outcome.APPROVED,
                "product": Product.FAMILY_ACCOUNT,
                "relationship": Relationship.PARENT,
                "hotline": "12393",
            },
            "添加成功。您现在可以出示您的父亲或母亲的医保码为其挂号、取药、缴费。仅添加亲情账户"
            "不能使用您的个人账户余额；需要的，请另办家庭共济。",
            id="a code that is shown spends nobody's balance",
        ),
    ],
)
def test_the_outcome_says_what_follows(facts, zh):
    assert word_outcome(OutcomeFacts(**facts)).zh == zh


def test_only_mutual_aid_speaks_of_spending_the_balance():
    said = {
        product: word_outcome(OutcomeFacts(outcome=Outcome.APPROVED, product=product)).zh
        for product in Product
    }
    assert "可以按当地规定使用您的个人账户余额" in said[Product.MUTUAL_AID]
    assert "不能使用您的个人账户余额" in said[Product.FAMILY_ACCOUNT]
