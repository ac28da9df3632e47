"""What the case book tells about a round: its own turn, and what others handed in before."""

from models.cases.case_round import ApplicationRound, MatchKey
from models.decision.decision import Dossier, Resubmission
from storage.bootstrap import Repositories
from tasks.identity.assign_documents import sort_papers
from tasks.intake.application_match_keys import (
    application_match_keys,
    certificate_match_keys,
    household_match_keys,
    picture_match_keys,
)
from tasks.rounds.round_results import load_arrival, policy_for


def with_past(
    repositories: Repositories,
    case: ApplicationRound,
    dossier: Dossier,
    match_keys: tuple[MatchKey, ...],
) -> Dossier:
    """A dossier with everything that is on file about it today; `match_keys` are its own."""
    form = dossier.application
    history = repositories.cases.history(
        form.application_id,
        match_keys,
        product=form.product,
        relationship=form.relationship,
    )
    return dossier.model_copy(update={"history": history, "turn": turn_of(repositories, case)})


def all_match_keys(
    repositories: Repositories, case: ApplicationRound, dossier: Dossier
) -> tuple[MatchKey, ...]:
    """What the form, the files and the papers tell that others can be compared with."""
    form = dossier.application
    rules = policy_for(repositories, form).reading
    papers = sort_papers(dossier, rules)
    return (
        *application_match_keys(form, load_arrival(repositories, case.round_id)),
        *certificate_match_keys(papers, rules),
        *household_match_keys(papers, rules),
        *picture_match_keys(papers, repositories.archive.get_bytes),
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
