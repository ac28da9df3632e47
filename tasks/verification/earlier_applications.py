"""What the case book tells about a round: its own turn, and what others handed in before."""

from models.cases.case_round import ApplicationRound, MatchKey
from models.decision.decision import Dossier, Resubmission
from storage.bootstrap import Repositories
from tasks.identity.assign_documents import sort_papers
from tasks.intake.application_match_keys import (
    certificate_traces,
    household_traces,
    picture_traces,
    traces_of,
)
from tasks.rounds.round_results import load_arrival, policy_for


def with_past(
    repositories: Repositories,
    case: ApplicationRound,
    dossier: Dossier,
    traces: tuple[MatchKey, ...],
) -> Dossier:
    """A dossier with everything that is on file about it today; `traces` are its own."""
    form = dossier.application
    history = repositories.cases.history(
        form.application_id,
        traces,
        product=form.product,
        relationship=form.relationship,
    )
    return dossier.model_copy(update={"history": history, "turn": turn_of(repositories, case)})


def all_traces(
    repositories: Repositories, case: ApplicationRound, dossier: Dossier
) -> tuple[MatchKey, ...]:
    """What the form, the files and the papers tell that others can be compared with."""
    form = dossier.application
    rules = policy_for(repositories, form).reading
    papers = sort_papers(dossier, rules)
    return (
        *traces_of(form, load_arrival(repositories, case.round_id)),
        *certificate_traces(papers, rules),
        *household_traces(papers, rules),
        *picture_traces(papers, repositories.archive.get_bytes),
    )


def turn_of(repositories: Repositories, case: ApplicationRound) -> Resubmission:
    """Which handing-in a round is, and how the one before ended."""
    if case.round == 1:
        return Resubmission()
    earlier = next(
        c for c in repositories.cases.find(case.application_id) if c.round == case.round - 1
    )
    papers = {load_arrival(repositories, c.round_id).papers_digest for c in (earlier, case)}
    return Resubmission(
        number=case.round,
        earlier=earlier.outcome,
        same_papers=len(papers) == 1 and "" not in papers,
    )
