"""Verify drawn applications in small offices of their own, without the orchestrator.

The specimens' people share some forty faces. In one office a face that two families wear is, and
should be, noticed as one person under two names; a set of a hundred applications would measure
that and little else. So each application is verified in an office of its own, together with the
application that it copies from, where there is one.
"""

import json
import shutil
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from multiprocessing.util import Finalize
from pathlib import Path
from typing import Any, Final

from specimens.situations.catalogue import SITUATIONS
from storage.bootstrap import using_repositories
from storage.settings import Settings
from tasks.intake.take_in import take_in_inbox
from tasks.reading.process.contained_reader import contained_reader
from tasks.reports.outcome_line import outcome_line
from tasks.rounds.round_results import load_decision
from tasks.verification.compare_faces import compare_faces
from tasks.verification.compare_stated_values import compare_stated_values
from tasks.verification.cross_check import cross_check
from tasks.verification.decide_round import decide_round
from tasks.verification.read_documents import read_documents

WORKERS: Final = 2


def verify_in_offices(
    inbox: Path, truths: Mapping[str, Any], folder: Path
) -> tuple[dict[str, Any], list[Path]]:
    """The outcome of every application by its identifier, and the homes of the offices.

    Args:
        inbox: A folder of application folders.
        truths: What was drawn, by application.
        folder: Where the offices may be made.
    """
    offices = []
    for number, names in enumerate(_groups(truths)):
        office = folder / f"office-{number:03}"
        for name in names:
            shutil.copytree(inbox / name, office / "inbox" / name)
        offices.append(office)
    results: dict[str, Any] = {}
    with ProcessPoolExecutor(
        WORKERS, mp_context=get_context("spawn"), initializer=_end_reader_with_worker
    ) as pool:
        for lines in pool.map(_verify, offices):
            results |= {line["application_id"]: line for line in lines}
    return results, [office / "home" for office in offices]


def _end_reader_with_worker() -> None:
    """Wait for the reading process at a worker's end, so that its CPU seconds count as ours."""
    Finalize(None, contained_reader().close, exitpriority=0)


def _groups(truths: Mapping[str, Any]) -> Iterator[list[str]]:
    """Applications in their order, each with those that rest on it."""
    group: list[str] = []
    for name in sorted(truths):
        if group and not SITUATIONS[truths[name]["situation"]].companion:
            yield group
            group = []
        group.append(name)
    if group:
        yield group


def _verify(office: Path) -> list[dict[str, Any]]:
    with using_repositories(Settings(home=office / "home")) as repositories:
        taken = take_in_inbox(repositories, str(office / "inbox"), shard=200)
        lines = []
        for round_id in taken.round_ids:
            readings = read_documents(repositories, round_id)
            faces = compare_faces(repositories, round_id, readings)
            stated = compare_stated_values(repositories, round_id, readings)
            report = cross_check(repositories, round_id, readings, faces, stated)
            decide_round(repositories, round_id, readings, faces, report)
            if decision := load_decision(repositories, round_id):
                lines.append(json.loads(json.dumps(outcome_line(decision))))
        return lines
