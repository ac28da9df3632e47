"""The field of a sample that is shown as if it had not been read surely."""

import pytest

from models.checks.reason import Reason, Severity
from models.decision.decision import Outcome
from tasks.reviewing.corrections.recheck import recheck
from tasks.reviewing.samples.planted_doubt import PlantedDoubt, choose_doubt
from tasks.rounds.round_context import RoundContext
from tests.tasks.checks.dossiers import HONEST
from tests.tasks.policy.conftest import RECEIVED, decide_dossier


@pytest.mark.parametrize("made", HONEST)
def test_every_honest_approval_has_a_field_that_alone_would_have_been_a_doubt(repositories, made):
    case = decide_dossier(repositories, made(), "A1", RECEIVED)
    doubt = choose_doubt(RoundContext(repositories, case))
    assert doubt is not None
    assert doubt == choose_doubt(RoundContext(repositories, case)) == PlantedDoubt.parse(str(doubt))
    again = recheck(repositories, case, {}, doubt)
    found = [f for f in again.decision.findings if f.severity is not Severity.INFO]
    assert (again.decision.outcome, [f.code for f in found]) == (
        Outcome.IN_REVIEW,
        [Reason.FIELD_UNREADABLE],
    )
    assert [e.field for e in found[0].evidence] == [doubt.field]
    # A number that both readers saw alike is never called unsure.
    assert again.read[doubt.paper].fields[doubt.field].second is None
    assert recheck(repositories, case, {}).decision.outcome is Outcome.APPROVED
