"""What the case book tells about a round: its own turn, and what others handed in before."""

from models.case import CaseRound
from models.decision import Dossier, Turn
from storage.open import Office
from tasks.stages.results import load_arrival
from tasks.stages.traces import traces_of


def with_past(office: Office, case: CaseRound, dossier: Dossier) -> Dossier:
    """A dossier with everything that is on file about it today."""
    form = dossier.application
    traces = traces_of(form, load_arrival(office, case.round_id))
    history = office.cases.history(form.application_id, traces, product=form.product)
    return dossier.model_copy(update={"history": history, "turn": turn_of(office, case)})


def turn_of(office: Office, case: CaseRound) -> Turn:
    """Which handing-in a round is, and how the one before ended."""
    if case.round == 1:
        return Turn()
    earlier = next(c for c in office.cases.find(case.application_id) if c.round == case.round - 1)
    papers = {load_arrival(office, c.round_id).papers_digest for c in (earlier, case)}
    return Turn(
        number=case.round,
        earlier=earlier.outcome,
        same_papers=len(papers) == 1 and "" not in papers,
    )
