"""Put what people decided into effect."""

import datetime as dt

from prefect import flow, get_run_logger

from flows.steps import settle_review
from storage.bootstrap import current_repositories
from tasks.reviewing.settle_review import due_reviews


@flow(name="settle-reviews")
def settle_reviews() -> int:
    """Write the outcome, and the binding where there is one, of every decided review.

    A person's waiting never holds a run open: a decision is a row, and this flow picks decided
    rows up, on a schedule or when woken, once they can be taken back no longer. Settling twice
    changes nothing.

    Returns:
        How many reviews were settled.
    """
    decided = due_reviews(current_repositories(), dt.datetime.now(dt.UTC))
    for review in decided:
        settle_review(review.review_id)
    get_run_logger().info("%d reviews settled", len(decided))
    return len(decided)
