"""Random families: what holds is never excluded, what is proven is true."""

from benchmarks.kinship.judge import (
    CONCEIVABLE,
    EXCLUDED,
    PRESUMED,
    SINCE,
    UNNAMED,
    UNREAD,
    WRONG_PROOF,
    simulate,
)


def test_random_families_are_never_proven_wrong_and_never_denied_a_true_relation():
    counts = simulate(families=25, seed=7)
    assert counts["questions"] > 3000
    assert counts["refusals tried out"] > 1000
    assert counts[UNREAD] < 5
    assert counts[EXCLUDED] == 0
    assert counts[CONCEIVABLE] == 0
    assert counts[WRONG_PROOF] == 0
    assert counts[UNNAMED] == 0
    # What a policy presumes of a book, or what came after a certificate, no paper shows.
    assert counts[PRESUMED] + counts[SINCE] < counts["questions"] * 0.01
    for told in ("two pages", "all papers"):
        # And the prover is of use: nearly all that some reader could tell is told.
        missed = counts[f"{told}: left open though a reader could tell"]
        assert missed <= counts[f"{told}: bindable pairs"] * 0.03
