"""Notices of outcomes and bindings, sent to their destinations."""

from prefect import flow, get_run_logger

from models.errors import KinbindError
from storage.bootstrap import current_repositories
from tasks.notices.deliver_notices import deliver_notices as send_waiting


class NoticesGivenUpError(KinbindError):
    """A receiver was away for days; what it missed waits for `kinbind outbox resend`."""


@flow(name="deliver-notices")
def deliver_notices() -> int:
    """Send every notice that is due; a run in which one had to be given up fails.

    Returns:
        How many arrived.

    Raises:
        NoticesGivenUpError: Days of trying were in vain.
    """
    done = send_waiting(current_repositories(), seconds=240)
    get_run_logger().info("%d notices arrived, %d did not", done.delivered, done.failed)
    if done.given_up:
        msg = f"{done.given_up} notices given up; see: kinbind outbox list --state given_up"
        raise NoticesGivenUpError(msg)
    return done.delivered
