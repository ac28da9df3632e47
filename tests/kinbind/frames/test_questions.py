"""The ten questions over a simulated history, against plain recounts of the published tables."""

import pandas as pd
import pytest

from kinbind.frames import load, questions
from kinbind.frames.load import DatasetMissingError
from kinbind.frames.questions import Scope
from models.reports.wilson import wilson_interval

TEN = (
    *(questions.reasons, questions.outcomes_by, questions.before_and_after, questions.checks),
    *(questions.first_and_later_rounds, questions.misread_fields, questions.reviewers),
    *(questions.false_approvals, questions.only_obstacles, questions.equal_treatment),
)


@pytest.fixture(scope="module")
def folder(history):
    return history.tables


@pytest.mark.parametrize("question", TEN, ids=lambda one: one.__name__)
def test_each_question_is_one_call_with_one_answer_in_every_engine(folder, question):
    answers = [
        question(scope=Scope(folder=folder, engine=engine))
        for engine in ("pandas", "polars", "duckdb")
    ]
    rows = [len(answers[0]), len(answers[1]), len(answers[2].fetchall())]
    assert len(set(rows)) == 1
    if question is not questions.before_and_after:  # nothing changed in this history
        assert rows[0] > 0


def test_reasons_leave_out_notes_and_what_was_overruled(folder):
    findings = load("findings", folder=folder)
    mine = findings[findings["in_force"] & findings["outcome"].eq("returned")]
    recount = mine.drop_duplicates(["case", "code"])["code"].value_counts()
    answer = questions.reasons("returned", Scope(folder=folder)).set_index("code")["rounds"]
    assert answer.to_dict() == recount[recount > 0].to_dict()
    assert "P05" in set(findings["code"]), "the note of minors must be there"
    assert "P05" not in answer


def test_shares_have_wilson_s_interval_and_few_are_said(folder):
    answer = questions.outcomes_by("channel", Scope(folder=folder))
    for row in answer.itertuples():
        low, high = wilson_interval(row.returned, row.rounds)
        assert (row.low, row.high) == pytest.approx((low, high))
        assert row.few == (row.rounds < 30)
    assert answer["rounds"].sum() == load("applications", folder=folder)["outcome"].notna().sum()


def test_a_scope_cuts_by_days_of_receipt(folder):
    days = load("applications", folder=folder)["received_on"]
    middle = days.sort_values().iloc[len(days) // 2].date()
    later = questions.outcomes_by("product", Scope(folder=folder, since=middle))
    assert later["rounds"].sum() == (days >= pd.Timestamp(middle)).sum()
    assert load("checks", folder=folder, until="2020-01-01").empty


def test_a_group_a_table_or_a_day_that_nobody_knows_is_refused(folder):
    with pytest.raises(ValueError, match="one of: applications, documents"):
        load("findigns", folder=folder)
    with pytest.raises(ValueError, match="write it as 2026-10-01"):
        load("findings", since="2026-13-01", folder=folder)
    with pytest.raises(ValueError, match="no such group"):
        questions.equal_treatment("name; drop table", Scope(folder=folder))
    with pytest.raises(DatasetMissingError, match="kinbind dataset"):
        load("checks", folder=folder / "nowhere")
