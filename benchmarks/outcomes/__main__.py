"""Draw applications, run the main job over them, hold outcomes and fields against the truth.

    .venv/bin/python -m benchmarks.outcomes --count 60 --seed 90001 --level phone

Seeds from 90000 on are held out: measure with them, never tune to them.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.outcomes.offices import verify_in_offices
from models.checks.reason import Severity
from models.checks.reason_catalogue import REASONS
from models.reading.document import DocumentReading
from specimens.applications.write_specimens import write_specimens
from storage.bootstrap import open_repositories
from storage.settings import Settings
from tasks.rounds.round_results import load_readings

SURE = 0.95
NOTES = {code.value for code, said in REASONS.items() if said.severity is Severity.INFO}


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--level", default="phone")
    parser.add_argument("--style-set", default="tuning")
    parser.add_argument(
        "--unnumbered", action="store_true", help="members' pages print no household number"
    )
    parser.add_argument(
        "--offices",
        action="store_true",
        help="each application in an office of its own, without the orchestrator",
    )
    parser.add_argument("--keep", type=Path, help="a folder to keep everything in")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = chosen.keep or Path(scratch)
        inbox, home = folder / "inbox", folder / "home"
        write_specimens(
            inbox,
            count=chosen.count,
            seed=chosen.seed,
            level=chosen.level,
            style_set=chosen.style_set,
            numbered=not chosen.unnumbered,
        )
        truths = {
            path.name.removesuffix(".truth.json"): json.loads(path.read_text())
            for path in inbox.glob("*.truth.json")
        }
        if chosen.offices:
            results, homes, seconds = _in_offices(inbox, truths, folder)
        else:
            results, homes = {}, [home]
            seconds = _run(inbox, home, folder / "results.jsonl")
            lines = (json.loads(line) for line in (folder / "results.jsonl").open())
            results = {line["application_id"]: line for line in lines}
        _print_outcomes(truths, results)
        _print_fields(truths, homes)
        print(
            f"\nCPU {seconds:.0f} s, {seconds / max(1, len(results)):.2f} s an application, all in"
        )


def _in_offices(
    inbox: Path, truths: dict[str, Any], folder: Path
) -> tuple[dict[str, Any], list[Path], float]:
    """Outcomes, homes, and CPU seconds of all the workers."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    results, homes = verify_in_offices(inbox, truths, folder)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return results, homes, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _run(inbox: Path, home: Path, results: Path) -> float:
    """Run the main job; CPU seconds of it and all its children."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    kinbind = Path(sys.executable).with_name("kinbind")
    subprocess.run(  # noqa: S603  (our own command)
        [kinbind, "run", inbox, "--results", results],
        env=os.environ | {"KINBIND_HOME": str(home)},
        stdout=subprocess.DEVNULL,
        check=False,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _print_outcomes(truths: dict[str, Any], results: dict[str, Any]) -> None:
    counts: Counter[tuple[str, str]] = Counter()
    misses: list[str] = []
    codes_met = hostile = 0
    for application_id, truth in sorted(truths.items()):
        line = results.get(application_id)
        outcome = line["outcome"] if line else "none"
        group = _group(truth)
        counts[group, outcome] += 1
        findings = line["findings"] if line else []
        weighty = {f["code"] for f in findings if f["severity"] != "info"}
        # Some are notes by nature: P06 says why a person decides.
        told = weighty | {f["code"] for f in findings if f["code"] in NOTES}
        if group == "faulty or hostile":
            hostile += 1
            any_of = set(truth["expected_any_code"])
            met = set(truth["expected_codes"]) <= told and (not any_of or bool(any_of & told))
            codes_met += met
            if not met:
                misses.append(
                    f"  {application_id} {truth['situation']}: without"
                    f" {sorted(truth['expected_codes'])} {sorted(any_of)}, got {sorted(told)}"
                )
        if outcome not in {truth["expected_outcome"], *truth["acceptable_outcomes"]}:
            misses.append(
                f"  {application_id} {truth['situation']}: {truth['expected_outcome']}"
                f" {truth['expected_codes']}, got {outcome} {sorted(weighty)}"
            )
    for group in ("deserves approval", "faulty or hostile"):
        row = {outcome: n for (g, outcome), n in sorted(counts.items()) if g == group}
        total = sum(row.values())
        approved = row.get("approved", 0)
        print(f"{group}: {total}, approved {approved} ({approved / max(1, total):.1%}), {row}")
    print(f"faulty or hostile with every expected code: {codes_met} of {hostile}")
    print(f"other than deserved, or for other reasons: {len(misses)}")
    print("\n".join(misses))


def _group(truth: dict[str, Any]) -> str:
    return "deserves approval" if truth["expected_outcome"] == "approved" else "faulty or hostile"


class _Fields(NamedTuple):
    """How one kind of paper was read."""

    right: Counter[str]
    all: Counter[str]
    sure_and_wrong: Counter[str]
    kinds: Counter[bool]


def _print_fields(truths: dict[str, Any], homes: Sequence[Path]) -> None:
    """Fields right over every paper whose kind and truth are known."""
    tally = _Fields(Counter(), Counter(), Counter(), Counter())
    for home in homes:
        _count_fields(truths, home, tally)
    print(f"\npapers {tally.kinds.total()}, kind wrong {tally.kinds[False]}")
    for kind in sorted(tally.all):
        right, total = tally.right[kind], tally.all[kind]
        print(f"  {kind:20} {right} of {total} fields right ({right / total:.1%})")
    right, total = tally.right.total(), max(1, tally.all.total())
    print(f"  {'all':20} {right} of {total} fields right ({right / total:.2%})")
    print(f"  wrong at confidence >= 0.95: {tally.sure_and_wrong.total()}")


def _count_fields(truths: dict[str, Any], home: Path, tally: "_Fields") -> None:
    repositories = open_repositories(Settings(home=home))
    for case in repositories.cases.rounds():
        if case.application_id in truths and case.region is not None:
            readings = load_readings(repositories, case.round_id)
            found = {(paper.file, paper.page, paper.part): paper for paper in readings.papers}
            for place, told in _papers(truths[case.application_id]):
                if told["fields"]:
                    _count(tally, found.get(place), told)
    repositories.close()


def _count(tally: _Fields, paper: DocumentReading | None, told: dict[str, Any]) -> None:
    """Count one paper; one that was not found has nothing right and nothing surely wrong."""
    kind = told["kind"]
    tally.kinds[paper is not None and paper.kind == kind] += 1
    for name, value in told["fields"].items():
        right = paper is not None and paper.kind == kind and paper.value(name) == value
        sure = paper is not None and paper.confidence(name) >= SURE
        tally.all[kind] += 1
        tally.right[kind] += right
        tally.sure_and_wrong[kind] += sure and not right
        if sure and not right and paper is not None:
            print(f"  surely wrong: {kind} {name}: {paper.value(name)!r}, printed {value!r}")


def _papers(truth: dict[str, Any]) -> list[tuple[tuple[str, int, int], dict[str, Any]]]:
    """Every paper that was drawn, with its file, page and part."""
    return [
        ((file, told["page"], told["part"]), told)
        for file, parts in truth["files"].items()
        for told in parts
    ]


if __name__ == "__main__":
    main()
