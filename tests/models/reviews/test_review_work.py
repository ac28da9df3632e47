import pytest

from models.reviews.review_work import risk_of


@pytest.mark.parametrize(
    ("codes", "risk"),
    [
        ([], 10),
        (["Q05"], 15),
        (["Q05", "Q05"], 15),
        (["Q05", "Q01"], 20),
        (["R03"], 45),
        (["X20"], 75),
        (["X20", "R03"], 80),
        (["X20", *(f"Q{n:02}" for n in range(40))], 100),
    ],
)
def test_risk_goes_by_the_gravest_reason_and_grows_with_their_number(codes, risk):
    assert risk_of(codes) == risk
