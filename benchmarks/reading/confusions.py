"""Which characters the recogniser takes for others, and how that shows in its output.

    .venv/bin/python -m benchmarks.reading.confusions find
    .venv/bin/python -m benchmarks.reading.confusions odds --count 150 --seed 1

`find` draws every Chinese character of the recogniser's alphabet once, between two that it reads
well, in the size and sharpness of a good photograph's smallest print, and keeps what was surely
read as another one in `tasks/reading/likelihood/confusions.yaml` (170 CPU seconds). `odds` draws
both characters of some of these pairs in four typefaces: how likely, beside the one that was read,
is the other one, when it was misread and when it was not?
"""

import argparse
import math
from collections.abc import Iterator
from typing import Final, NamedTuple

import cv2
import numpy as np
import yaml
from PIL import Image, ImageDraw

from specimens.dice import Dice
from specimens.printing.typefaces import Typeface, holds, installed, load
from tasks.reading.engines.rapidocr_reader import LINE_HEIGHT, RECOGNISER, RapidOcrReader
from tasks.reading.files.picture import Pixels
from tasks.reading.likelihood.confusions import FILE, known_confusions
from tasks.reading.likelihood.emissions import LineEmissions

SURE: Final = 0.8
"""Confidence from which a misreading is kept: less is doubted anyhow."""
_VERY_SURE: Final = 0.9
_SIZE: Final = 18
_BLUR: Final = 0.7
_GRAIN: Final = 4.0
_BEFORE, _BEHIND = "张", "文"
_FLOOR: Final = 1e-7
_FACES: Final = ("NotoSansCJK-Regular", "wqy-zenhei", "gbsn00lp", "ukai")


class CharacterPair(NamedTuple):
    """A character and the one that it was read as."""

    printed: str
    read: str


def main() -> None:
    """Read the command line, draw, read, write or print."""
    parser = argparse.ArgumentParser(description="Measure the recogniser's confusions.")
    parser.add_argument("step", choices=["find", "odds"])
    parser.add_argument("--count", type=int, default=150, help="pairs whose odds are measured")
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    cv2.setNumThreads(1)
    reader = RapidOcrReader()
    if chosen.step == "find":
        _write(sorted(set(_found(reader))))
    else:
        _print_odds(reader, _some_pairs(chosen.count, Dice(chosen.seed, "confusions")))


def _found(reader: RapidOcrReader) -> Iterator[CharacterPair]:
    face = installed("song", "tuning")[0]
    for character in _han(reader):
        if not holds(face, character):
            continue
        seen = _look(reader, character, face, _SIZE)
        read = _middle(seen)
        if read is None or read == character or not _is_han(read):
            continue
        if _probability(seen, read) >= SURE:
            yield CharacterPair(character, read)


def _han(reader: RapidOcrReader) -> tuple[str, ...]:
    crop = _drawn(_BEFORE, installed("song", "tuning")[0], _SIZE)
    alphabet = reader.emissions(crop).alphabet
    return tuple(c for c in alphabet.characters if _is_han(c))


def _is_han(character: str) -> bool:
    return len(character) == 1 and "\u4e00" <= character <= "\u9fff"


def _some_pairs(count: int, dice: Dice) -> list[CharacterPair]:
    confusions = known_confusions()
    pairs = [CharacterPair(c, read) for read, printed in confusions.items() for c in printed]
    return dice.some(pairs, count)


def _print_odds(reader: RapidOcrReader, pairs: list[CharacterPair]) -> None:
    faces = [f for role in ("song", "hei", "kai") for f in installed(role, "tuning")]
    faces = [face for face in dict.fromkeys(faces) if face.stem in _FACES]
    misread, proper = [], []
    for pair in pairs:
        for face in faces:
            misread += _odds_of(reader, pair.printed, pair, face)
            proper += _odds_of(reader, pair.read, pair, face)
    for least in range(-3, -10, -1):
        counts = (sum(odds >= least for odds in found) for found in (misread, proper))
        print(f"odds of e^{least} and more:", *counts, "of", len(misread), len(proper))


def _odds_of(
    reader: RapidOcrReader, printed: str, pair: CharacterPair, face: Typeface
) -> list[float]:
    """The odds where a drawing of one of the two was read as the second, very surely."""
    if not holds(face, printed):
        return []
    seen = _look(reader, printed, face, _SIZE)
    sure = _middle(seen) == pair.read and _probability(seen, pair.read) >= _VERY_SURE
    return [_odds(seen, pair)] if sure else []


def _write(pairs: list[CharacterPair]) -> None:
    confusions: dict[str, str] = {}
    for printed, read in pairs:
        confusions[read] = confusions.get(read, "") + printed
    data = {
        "made_by": "benchmarks.reading.confusions find",
        "recogniser": RECOGNISER,
        "read_for": dict(sorted(confusions.items())),
    }
    FILE.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")
    print(f"{len(pairs)} pairs")


def _look(reader: RapidOcrReader, character: str, face: Typeface, size: int) -> LineEmissions:
    return reader.emissions(_drawn(_BEFORE + character + _BEHIND, face, size))


def _middle(seen: LineEmissions) -> str | None:
    text = seen.text
    return text[1] if len(text) == 3 and text[0] == _BEFORE and text[2] == _BEHIND else None


def _probability(seen: LineEmissions, character: str) -> float:
    column = seen.alphabet.column(character)
    return float(seen.probabilities[:, column].max()) if column else 0.0


def _odds(seen: LineEmissions, pair: CharacterPair) -> float:
    """How likely the printed one is beside the read one, in the frame where that begins."""
    read, printed = seen.alphabet.column(pair.read), seen.alphabet.column(pair.printed)
    starts = [f for f in range(len(seen.probabilities)) if seen.probabilities[f].argmax() == read]
    frame = seen.probabilities[starts[0]]
    return math.log(max(float(frame[printed]), _FLOOR) / float(frame[read]))


def _drawn(text: str, face: Typeface, size: int) -> Pixels:
    """A line of text as a good photograph shows it, at the recogniser's height."""
    room = size // 4
    sheet = Image.new("L", (size * len(text) + 2 * room, round(size * 1.35)), 235)
    pen = ImageDraw.Draw(sheet)
    pen.text((room, sheet.size[1] / 2), text, font=load(face, size), fill=40, anchor="lm")
    dice = np.random.default_rng(ord(text[len(text) // 2]) * 100 + size)
    grey = np.asarray(cv2.GaussianBlur(np.asarray(sheet, np.float32), (0, 0), _BLUR))
    grey = grey + dice.normal(0, _GRAIN, grey.shape)
    levels = np.clip(grey, 0, 255).astype(np.uint8)
    width = round(levels.shape[1] * LINE_HEIGHT / levels.shape[0])
    line = cv2.resize(levels, (width, LINE_HEIGHT), interpolation=cv2.INTER_CUBIC)
    return np.asarray(cv2.cvtColor(line, cv2.COLOR_GRAY2BGR), np.uint8)


if __name__ == "__main__":
    main()
