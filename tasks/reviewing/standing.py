"""How a case stands now, as the rules of a decision ask for it."""

from models.errors import SettingError
from models.reviews.decision_rules import Standing
from models.reviews.review_work import ClaimedReview
from storage.bootstrap import Repositories
from tasks.reviewing.corrections.recheck import Recheck, recheck_case
from tasks.rounds.round_context import RoundContext
from tasks.rounds.round_results import load_decision


def standing_of(repositories: Repositories, case: ClaimedReview) -> Standing:
    """Check a case again with everything that is known by now."""
    try:
        checked = recheck_case(repositories, case)
    except SettingError:  # no policy is in force there: a person decides without checks
        return _unchecked(repositories, case, has_form=True)
    if checked is None:
        return _unchecked(repositories, case, has_form=False)
    return standing_after(case, checked)


def standing_after(case: ClaimedReview, checked: Recheck) -> Standing:
    """The same where the checks were asked already."""
    form = checked.dossier.application
    return Standing(
        rules=checked.policy.review,
        queued=case.review.codes,
        findings=checked.decision.findings,
        kinship=checked.decision.relationship,
        product=form.product,
        submitted_at=form.submitted_at,
        returned=checked.policy.codes.returned,
        last_round=checked.decision.round >= checked.policy.rounds.max_rounds,
        about_binding=case.is_about_binding,
        sure_reading_corrected=_sure_reading_corrected(checked),
    )


def _sure_reading_corrected(checked: Recheck) -> bool:
    """Whether somebody says that another value stands where one had been read surely."""
    rules = checked.policy.reading
    return any(
        rules.trusts(name, field) and corrected.value(name) != field.value
        for read, corrected in zip(checked.read, checked.dossier.readings, strict=True)
        for name, field in read.fields.items()
    )


def _unchecked(repositories: Repositories, case: ClaimedReview, *, has_form: bool) -> Standing:
    context = RoundContext.load(repositories, case.review.round_id)
    policy = context.policy_or_none
    machine = load_decision(repositories, case.review.round_id)
    return Standing(
        rules=policy.review if policy else None,
        queued=case.review.codes,
        findings=machine.findings if machine else (),
        has_form=has_form,
        returned=policy.codes.returned if policy else frozenset(),
        about_binding=case.is_about_binding,
    )
