"""Steps of a review as tests take them to bring a case into a state."""

import datetime as dt

from models.reviews.decision_rules import OpinionDraft
from models.reviews.review_work import ReviewNote
from tasks.reviewing.give_opinion import record_opinion

NOTHING_SAID = ReviewNote()


def opine(
    repositories, review_id, staff, outcome, codes=(), words=NOTHING_SAID, *, four_eyes=False,
    at=None,
):  # fmt: skip
    """Give the opinion of somebody who holds the case."""
    draft = OpinionDraft(outcome=outcome, codes=tuple(codes), words=words)
    return record_opinion(repositories, review_id, staff, draft, four_eyes=four_eyes, now=at)


def later():
    """When nothing that is decided now can be taken back any more."""
    return dt.datetime.now(dt.UTC) + dt.timedelta(hours=1)


def tags(repositories, application_id):
    """What happened to an application, in order."""
    return [event.tag for event in repositories.audit.events(application_id)]
