"""CPU seconds of an application by stage: the stages called plainly, then the whole command.

    .venv/bin/python -m benchmarks.scale.cpu_by_stage --count 20 --seed 50 --level phone

The whole command runs twice, over half of the applications and over all of them, in one worker.
What the second half adds is the cost of an application; beyond its stages that is orchestration.
What both runs share is the start: server and its first database, imports, engines.
"""

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OMP_THREAD_LIMIT", "1")

from specimens.applications.write_specimens import write_specimens
from storage.bootstrap import Repositories, open_repositories
from storage.settings import Settings
from tasks.intake.take_in import take_in_inbox
from tasks.verification.compare_faces import compare_faces
from tasks.verification.compare_stated_values import compare_stated_values
from tasks.verification.cross_check import cross_check
from tasks.verification.decide_round import decide_round
from tasks.verification.read_documents import read_documents


def run_steps(repositories: Repositories, round_id: str) -> Iterator[str]:
    """Pass a round through its steps, called plainly; gives each one's name once it is done."""
    readings = read_documents(repositories, round_id)
    yield "reading"
    stated = compare_stated_values(repositories, round_id, readings)
    yield "stated values"
    faces = compare_faces(repositories, round_id, readings)
    yield "faces"
    report = cross_check(repositories, round_id, readings, faces, stated)
    yield "checks"
    decide_round(repositories, round_id, readings, faces, report)
    yield "decision"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=20)
    parser.add_argument("--seed", type=int, default=50)
    parser.add_argument("--level", default="phone")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        write_specimens(folder / "inbox", count=chosen.count, seed=chosen.seed, level=chosen.level)
        count = sum(1 for place in (folder / "inbox").iterdir() if place.is_dir())
        half = count // 2
        spent = _plain(folder, half)
        (folder / "half").mkdir()
        for place in sorted(p for p in (folder / "inbox").iterdir() if p.is_dir())[:half]:
            shutil.copytree(place, folder / "half" / place.name)
        first = _command(folder / "inbox", folder / "home-whole")
        second = _command(folder / "half", folder / "home-half")
    _print(spent, count, half, whole=first, partly=second)


def _plain(folder: Path, half: int) -> dict[str, float]:
    """CPU seconds of each stage over the second half, engines loaded beforehand."""
    from tasks.faces.sface import sface_engine
    from tasks.reading.engines.readers import this_process_readers

    this_process_readers()
    sface_engine()
    repositories = open_repositories(Settings(home=folder / "home-plain"))
    spent: dict[str, float] = defaultdict(float)
    before = _cpu()
    round_ids = take_in_inbox(repositories, str(folder / "inbox"), shard=200).round_ids
    spent["intake"] = (_cpu() - before) * (len(round_ids) - half) / len(round_ids)
    for round_id in round_ids[half:]:
        before = _cpu()
        for name in run_steps(repositories, round_id):
            spent[name] += _cpu() - before
            before = _cpu()
    repositories.close()
    return spent


def _command(inbox: Path, home: Path) -> float:
    """CPU seconds of `kinbind run` and all its children."""
    before = _cpu(resource.RUSAGE_CHILDREN)
    kinbind = Path(sys.executable).with_name("kinbind")
    subprocess.run(  # noqa: S603  (our own command)
        [kinbind, "run", inbox, "--workers", "1"],
        env=os.environ | {"KINBIND_HOME": str(home)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,
    )
    return _cpu(resource.RUSAGE_CHILDREN) - before


def _cpu(who: int | None = None) -> float:
    people = [who] if who is not None else [resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN]
    used = [resource.getrusage(each) for each in people]
    return sum(u.ru_utime + u.ru_stime for u in used)


def _print(spent: dict[str, float], count: int, half: int, *, whole: float, partly: float) -> None:
    each = (whole - partly) / (count - half)
    parts = {name: seconds / (count - half) for name, seconds in spent.items()}
    parts["orchestration"] = each - sum(parts.values())
    print(f"{count} applications; start {whole - each * count:.1f} CPU s, once")
    for name, seconds in parts.items():
        print(f"  {name:14} {seconds:7.3f} s an application {seconds / each:7.1%}")
    print(f"  {'all':14} {each:7.3f} s an application; whole command {whole:.1f} s")


if __name__ == "__main__":
    main()
