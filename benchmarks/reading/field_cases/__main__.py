"""How pictures are read that are unlike the ones reading was made for.

    .venv/bin/python -m benchmarks.reading.field_cases --rows A1 --each 5 --out after.jsonl
    .venv/bin/python -m benchmarks.reading.field_cases --table before.jsonl after.jsonl

Every row of `benchmarks/reading/field_cases/rows/` draws pictures of one situation with fresh
values. Seeds from 90,000 on are held out for judging and must not be used for tuning.
"""

import argparse
import os
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OMP_THREAD_LIMIT", "1")

import cv2

from benchmarks.reading.field_cases.case import CaseDice
from benchmarks.reading.field_cases.rows import ROWS
from benchmarks.reading.field_cases.score import CaseScore, load, save, score_case
from specimens.dice import Dice
from tasks.reading.read_file import read_file


def main() -> None:
    """Draw, read, report."""
    chosen = _arguments()
    cv2.setNumThreads(1)
    if chosen.table:
        print(_table({path.stem: load(path) for path in chosen.table}))
        return
    scores = []
    for row in chosen.rows or sorted(ROWS):
        for seed in range(chosen.seed, chosen.seed + chosen.each):
            case = ROWS[row](CaseDice(Dice(seed, "field case", row), chosen.style_set))
            if chosen.pictures:
                chosen.pictures.mkdir(parents=True, exist_ok=True)
                (chosen.pictures / f"{row}-{seed}.{_suffix(case.data)}").write_bytes(case.data)
            papers = read_file(f"{row}-{seed}.jpg", case.data)
            scores.append(score_case(row, case, tuple(paper.reading for paper in papers)))
            if chosen.misses:
                _print_misses(scores[-1], seed)
    if chosen.out:
        save(scores, chosen.out)
    print(_table({"now": scores}))


def _suffix(data: bytes) -> str:
    return "pdf" if data.startswith(b"%PDF") else "jpg"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", nargs="*", help=f"of {', '.join(sorted(ROWS))}; all by default")
    parser.add_argument("--each", type=int, default=5, help="pictures of each row")
    parser.add_argument("--seed", type=int, default=3000, help="below 10000 for tuning")
    parser.add_argument("--style-set", choices=["tuning", "held_out"], default="tuning")
    parser.add_argument("--misses", action="store_true", help="list every wrong value")
    parser.add_argument("--out", type=Path, help="JSON Lines of the scores")
    parser.add_argument("--pictures", type=Path, help="a folder to keep the pictures in")
    parser.add_argument("--table", type=Path, nargs="*", help="show kept scores side by side")
    return parser.parse_args()


def _print_misses(score: CaseScore, seed: int) -> None:
    print(
        f"{score.row}-{seed} {score.case}: {score.found} of {score.papers} papers,"
        f" {score.right} of {score.fields} fields",
        *score.missing,
        *(f"\n    {miss}" for miss in score.misses),
    )


def _table(states: dict[str, list[CaseScore]]) -> str:
    """One line for each row and state."""
    lines = [
        "| row | state | pictures | papers found | all found or said | extra | fields right |"
        " wrong | at 0.95 | of another paper | at 0.95 | findings amiss | CPU s a picture |",
        "|---|---|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    for row in sorted({score.row for scores in states.values() for score in scores}):
        for state, scores in states.items():
            mine = [score for score in scores if score.row == row]
            if mine:
                lines.append(_line(row, state, mine))
    for state, scores in states.items():
        if scores:
            lines.append(_line("all", state, scores))
    return "\n".join(lines)


def _line(row: str, state: str, mine: list[CaseScore]) -> str:
    def total(name: str) -> int:
        return sum(getattr(score, name) for score in mine)

    told = sum(score.found == score.papers or score.reported for score in mine)
    amiss = sum(len(score.missing) for score in mine)
    seconds = sum(score.seconds for score in mine) / len(mine)
    cells = (
        row, state, len(mine), f"{total('found')} of {total('papers')}",
        f"{told} of {len(mine)}", total("extra"), f"{total('right')} of {total('fields')}",
        total("wrong"), total("sure"), total("foreign"), total("foreign_sure"), amiss,
        f"{seconds:.2f}",
    )  # fmt: skip
    return "| " + " | ".join(map(str, cells)) + " |"


if __name__ == "__main__":
    main()
