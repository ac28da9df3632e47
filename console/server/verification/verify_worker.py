"""A worker process of the main job: its libraries loaded once, one batch after another."""

import os
from collections.abc import Mapping

from console.server.orchestrator.find_orchestrator import ONE_THREAD, ROOT
from console.server.processes import end_with_parent


def start_worker(parent: int, places: Mapping[str, str]) -> None:
    """Prepare a fresh process; it ends with the one that started it.

    Args:
        parent: The process that started this one.
        places: Variables that name the places of its settings, whole.
    """
    end_with_parent(parent)
    os.environ.update(ONE_THREAD)
    os.environ.update(places)
    os.chdir(ROOT)  # the orchestrator's library reads settings of the folder it stands in


def verify_one_batch(batch_id: str) -> int:
    """Run the flow over one batch in this process.

    The heartbeat is for runs whose worker may vanish unseen; here the parent watches, and ending
    its thread would cost every flow run a second.
    """
    from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings

    from flows.verify_batch import verify_batch

    with temporary_settings({PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}):
        return verify_batch(batch_id)


def settle_decided() -> int:
    """Run the flow that puts decided reviews into effect, in this process."""
    from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings

    from flows.reviewing.settle_reviews import settle_reviews

    with temporary_settings({PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}):
        return settle_reviews()
