import pytest

from models.decision.decision import Outcome
from tests.tasks.checks.dossiers import HONEST, codes, judged


@pytest.mark.parametrize("honest", HONEST)
def test_an_honest_application_is_approved(honest):
    decision = judged(honest())
    assert codes(decision) == set()
    assert decision.outcome is Outcome.APPROVED
