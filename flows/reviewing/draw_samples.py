"""Blind samples of what the machine approved, and second looks at what people decided."""

import datetime as dt

from prefect import flow, get_run_logger

from flows.steps import in_this_run
from storage.bootstrap import current_repositories
from tasks.reviewing.samples.draw_samples import draw_samples as draw_from_decided


@flow(name="draw-samples")
def draw_samples() -> dict[str, int]:
    """Put a share of what was decided since the last run before (other) people.

    Returns:
        How many approvals of the machine and decisions of people were drawn.
    """
    with in_this_run():
        drawn = draw_from_decided(current_repositories(), dt.datetime.now(dt.UTC))
    get_run_logger().info("drawn: %s", drawn._asdict())
    return drawn._asdict()
