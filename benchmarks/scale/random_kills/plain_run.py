"""The main job's work in one process and without an orchestrator: same intake, steps and locks."""

import datetime as dt
import json
from pathlib import Path

from storage.bootstrap import Repositories, using_repositories
from storage.settings import load_settings
from tasks.intake.take_in import take_in_inbox
from tasks.intake.take_up import left_over_batches
from tasks.reports.outcome_line import outcome_line
from tasks.rounds.round_results import load_decision
from tasks.verification.batches import batch_lock, close_batch, open_batch, undecided_rounds
from tasks.verification.compare_faces import compare_faces
from tasks.verification.compare_stated_values import compare_stated_values
from tasks.verification.cross_check import cross_check
from tasks.verification.decide_round import decide_round
from tasks.verification.read_documents import read_documents


def run_plainly(inbox: Path, results: Path) -> None:
    """Take the inbox in, bring everything to an outcome, write the outcomes."""
    with using_repositories(load_settings()) as repositories:
        now = dt.datetime.now(dt.UTC)
        taken = take_in_inbox(repositories, str(inbox), shard=200)
        others = left_over_batches(repositories, now, shard=200)
        for batch_id in dict.fromkeys((*taken.batch_ids, *others)):
            verify_plainly(repositories, batch_id, f"{now:%H%M%S%f}")
        decided = filter(None, (load_decision(repositories, one) for one in taken.round_ids))
        lines = [json.dumps(outcome_line(decision)) for decision in decided]
    results.write_text("".join(f"{line}\n" for line in lines), "utf-8")


def verify_plainly(repositories: Repositories, batch_id: str, run_id: str) -> None:
    """Pass what is undecided of a batch through all steps, holding its lock."""
    with batch_lock(repositories, batch_id):
        open_batch(repositories, batch_id, run_id)
        for round_ in undecided_rounds(repositories, batch_id):
            readings = read_documents(repositories, round_.round_id)
            stated = compare_stated_values(repositories, round_.round_id, readings)
            faces = compare_faces(repositories, round_.round_id, readings)
            report = cross_check(repositories, round_.round_id, readings, faces, stated)
            decide_round(repositories, round_.round_id, readings, faces, report)
        close_batch(repositories, batch_id)
