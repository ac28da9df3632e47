"""Is a wrong ID number ever believed? Thousands of numbers through the number's own chain.

    .venv/bin/python -m benchmarks.reading.id_numbers --pages 220 --seed 7000

Sheets that carry two dozen numbers each, in every typeface, are photographed well and badly; each
number goes through reading, second looks, check digit and second reader, with neither birth date
nor sex beside it to lean on, and counts as accepted where the national policy would trust it.
"""

import argparse
import math
import os
from collections import Counter
from collections.abc import Iterator
from typing import Final, NamedTuple

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OMP_THREAD_LIMIT", "1")

import datetime as dt
from pathlib import Path

import cv2
import numpy as np

from benchmarks.intervals import MeasuredShare
from models.policy.measures import ReadingRules
from models.reading.document import DocumentKind, FieldReading
from specimens.dice import Dice
from specimens.people.counties import PLACES
from specimens.people.person import birth_date_at_age, invent_number
from specimens.photography.capture import photograph
from specimens.photography.shot import invent_shot
from specimens.printing.print_sheet import Corners, Pen, Pixels, PrintSheet
from specimens.printing.typefaces import pick_typeface
from storage.policy.policies import PolicyRepository
from tasks.reading.confidence.weigh_fields import weigh_fields
from tasks.reading.engines.number_reader import NUMBER_HEIGHT
from tasks.reading.engines.page_lines import PageLines, open_page_lines
from tasks.reading.engines.readers import Readers, this_process_readers
from tasks.reading.engines.text_lines import to_span
from tasks.reading.image.pixels import cut_line
from tasks.reading.layout import normalise_values as values
from tasks.reading.layout.read_field import read_spans
from tasks.reading.rereading.reread_numbers import reread_numbers

LEVELS: Final = ("scan", "phone", "hard", "small", "bad")
WIDTH: Final = 143.0
HEIGHT: Final = 105.0
ROWS: Final = 12
COLUMNS: Final = 2
ENOUGH: Final = 10  # digits on a line from which it is one of the numbers


class Photographed(NamedTuple):
    """A sheet with its numbers and where they stand."""

    image: Pixels
    numbers: dict[str, str]
    quads: dict[str, Corners]


def main() -> None:
    """Count what was read, what was accepted, and what of that was wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=20)
    parser.add_argument("--seed", type=int, default=7000)
    parser.add_argument("--levels", nargs="+", default=LEVELS, choices=LEVELS)
    chosen = parser.parse_args()
    cv2.setNumThreads(1)
    rules, readers = _rules(), this_process_readers()
    count: Counter[tuple[str, str]] = Counter()
    for page in range(chosen.pages):
        level = chosen.levels[page % len(chosen.levels)]
        sheet = draw_numbers(chosen.seed + page, level)
        read = list(read_numbers(sheet, readers))
        for number, field in read:
            count[level, _verdict(number, field, rules)] += 1
        count[level, "no line"] += len(set(sheet.numbers.values()) - {number for number, _ in read})
    print("| level | numbers | read right | accepted | accepted and wrong |\n|---|---|---|---|---|")
    for level in chosen.levels:
        _print_row(level, {verdict: n for (lv, verdict), n in count.items() if lv == level})
    total: Counter[str] = Counter()
    for (_, verdict), n in count.items():
        total[verdict] += n
    _print_row("all", dict(total))


def draw_numbers(seed: int, level: str) -> Photographed:
    """A photographed sheet of numbers; seeds from 90,000 on are for judging only."""
    dice = Dice(seed, "numbers")
    shot = invent_shot(level, WIDTH, dice.fork("shot"))._replace(turn=0)
    sheet = PrintSheet(WIDTH, HEIGHT, 9.5 if level in {"hard", "small"} else 12.5, (247, 246, 242))
    numbers = {}
    for row in range(ROWS):
        for column in range(COLUMNS):
            name = f"{row}.{column}"
            face = pick_typeface(("number", "song", "hei"), "tuning", dice)
            born = birth_date_at_age(dice.whole(0, 90), dice)
            numbers[name] = invent_number(
                dice.pick(PLACES), born, dice.pick(("男", "女")), dice.fork(name)
            )
            pen = Pen(face, dice.real(2.9, 4.2), (30, 30, 34))
            x = 8 + column * 68 + dice.real(0, 6)
            sheet.write(x, 9 + row * 8, numbers[name], pen, field=name)
    photo = photograph(np.ascontiguousarray(sheet.finish()), sheet.quads, shot, dice.fork("photo"))
    quality = [cv2.IMWRITE_JPEG_QUALITY, shot.quality]
    _, data = cv2.imencode(".jpg", photo.image, quality)
    image = np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR), dtype=np.uint8)
    return Photographed(image, numbers, photo.quads)


def read_numbers(sheet: Photographed, readers: Readers) -> Iterator[tuple[str, FieldReading]]:
    """Every printed number with what the chain made of its line."""
    page = open_page_lines(sheet.image, readers.text)
    today = dt.datetime.now(tz=dt.UTC).date()
    for index in range(len(page.quads)):
        line = page.line(index)
        if sum(c.isdigit() for c in line.text) < ENOUGH:
            continue
        span = to_span(line, page.matrix, index)
        field = read_spans((span,), values.id_number)
        fields = reread_numbers(page, {"id_number": field}, today=today)
        fields = weigh_fields(
            DocumentKind.HUKOU_MEMBER,
            fields,
            lambda quad: _second(page, quad, readers),
            today=today,
        )
        yield _nearest(line.quad, sheet), fields["id_number"]


def _second(page: PageLines, quad: tuple[tuple[float, float], ...], readers: Readers) -> str | None:
    if readers.numbers is None:
        return None
    return readers.numbers.read(cut_line(page.image, quad, NUMBER_HEIGHT)) or None  # type: ignore[arg-type]


def _nearest(quad: tuple[tuple[float, float], ...], sheet: Photographed) -> str:
    middle = np.mean(np.asarray(quad), axis=0)
    name = min(sheet.quads, key=lambda n: math.dist(sheet.quads[n].mean(axis=0), middle))
    return sheet.numbers[name]


def _verdict(number: str, field: FieldReading, rules: ReadingRules) -> str:
    right = field.value == number
    if rules.trusts("id_number", field):
        return "accepted" if right else "ACCEPTED AND WRONG"
    return "right" if right else "not read"


def _rules() -> ReadingRules:
    shelf = PolicyRepository.load(Path(__file__).parents[2] / "policies")
    return shelf.for_case("330100", dt.datetime.now(tz=dt.UTC).date(), None).reading


def _print_row(name: str, verdicts: dict[str, int]) -> None:
    total = sum(verdicts.values())
    accepted, wrong = verdicts.get("accepted", 0), verdicts.get("ACCEPTED AND WRONG", 0)
    right = MeasuredShare(accepted + verdicts.get("right", 0), total)
    print(f"| {name} | {total} | {right} | {MeasuredShare(accepted + wrong, total)} | {wrong} |")


if __name__ == "__main__":
    main()
