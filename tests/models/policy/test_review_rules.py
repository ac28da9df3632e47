import datetime as dt

from models.decision.decision import Outcome
from models.policy.review_rules import ReviewRules, SampleClass


def test_what_a_file_leaves_out_of_reviews_asks_for_nothing_but_two_for_a_rejection():
    bare = ReviewRules(source="a test", effective_from=dt.date(2026, 1, 1), sla_working_days=1)
    assert (bare.undo_minutes, bare.sample_share, bare.second_look_share) == (0, 0.0, 0.0)
    assert bare.four_eyes_outcomes == {Outcome.REJECTED}
    assert bare.four_eyes_from_reasons == 6
    assert bare.share_of(list(SampleClass)) == 0.0


def test_of_several_shares_the_largest_counts():
    shares = {SampleClass.PROVEN_BY_TIES: 0.2, SampleClass.REMOTE_AUTHORIZATION: 0.05}
    rules = ReviewRules(
        source="a test", effective_from=dt.date(2026, 1, 1), sla_working_days=1,
        sample_share=0.1, sample_shares=shares,
    )  # fmt: skip
    assert rules.share_of([]) == 0.1
    assert rules.share_of([SampleClass.REMOTE_AUTHORIZATION]) == 0.1
    assert rules.share_of([SampleClass.REMOTE_AUTHORIZATION, SampleClass.PROVEN_BY_TIES]) == 0.2
