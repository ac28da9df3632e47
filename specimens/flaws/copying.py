"""Papers that were copied or printed before they were photographed."""

from typing import Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray

from specimens.dice import Dice
from specimens.flaws.places import to_bytes
from specimens.photography.capture import Photo
from specimens.photography.spoil import photocopy
from specimens.printing.paper import Bench, PrintedPaper
from specimens.printing.print_sheet import Pixels

Floats = NDArray[np.float32]
_ANGLES: Final = (15.0, 75.0, 0.0, 45.0)  # of the screens of cyan, magenta, yellow and black


def copied(paper: PrintedPaper, bench: Bench) -> PrintedPaper:
    """A black-and-white copy on plain paper."""
    return photocopy(paper, bench.dice)


def copied_on_a_sheet(paper: PrintedPaper, bench: Bench) -> PrintedPaper:
    """A grey copy in the middle of a larger white sheet."""
    return _on_sheet(photocopy(paper, bench.dice), bench.dice)


def soft_copy(paper: PrintedPaper, bench: Bench) -> PrintedPaper:
    """A grey scan that keeps its half-tones, printed a little yellowed."""
    grey = cv2.cvtColor(paper.image, cv2.COLOR_BGR2GRAY).astype(np.float32)
    grey = 30 + grey * bench.dice.real(0.75, 0.85)
    tint = np.array([bench.dice.real(0.9, 1.0), 0.99, 1.0], np.float32)
    image = np.clip(grey[:, :, None] * tint, 0, 255).astype(np.uint8)
    return paper._replace(image=image, marks={**paper.marks, "defect": "soft_copy"})


def grey_picture(photo: Photo, dice: Dice) -> Photo:
    """The phone's black-and-white filter."""
    grey = cv2.cvtColor(photo.image, cv2.COLOR_BGR2GRAY)
    if dice.chance(0.5):
        grey = cv2.createCLAHE(dice.real(1.5, 3), (8, 8)).apply(grey)
    return photo._replace(image=cv2.cvtColor(grey, cv2.COLOR_GRAY2BGR).astype(np.uint8))


def laser_print(paper: PrintedPaper, bench: Bench) -> PrintedPaper:
    """A colour laser print of a scan: four screens of dots, at 106 to 150 lines an inch."""
    dice = bench.dice
    lines = dice.real(106, 150) / 25.4
    image, scale = _enlarged(_as_scanned(paper, dice), bench.scale, wanted=22.0)
    return _on_sheet(_printed(paper, _screened(image, scale / lines, dice)), dice)


def coarse_print(paper: PrintedPaper, bench: Bench) -> PrintedPaper:
    """A cheap colour copier: screens of 75 to 100 lines an inch."""
    dice = bench.dice
    image, scale = _enlarged(_as_scanned(paper, dice), bench.scale, wanted=20.0)
    pitch = scale / (dice.real(75, 100) / 25.4)
    return _on_sheet(_printed(paper, _screened(image, pitch, dice)), dice)


def inkjet_print(paper: PrintedPaper, bench: Bench) -> PrintedPaper:
    """An ink-jet print on plain paper: scattered droplets, feathered edges, dull colours."""
    dice = bench.dice
    image, scale = _enlarged(_as_scanned(paper, dice), bench.scale, wanted=14.0)
    dots = dice.rng.uniform(0, 1, image.shape).astype(np.float32)
    share = image.astype(np.float32) / 255
    inked = 1 - 1 / (1 + np.exp((share - dots) * 5))
    mixed = 0.35 * inked + 0.65 * share
    feathered = cv2.GaussianBlur(mixed, (0, 0), scale * 0.06)
    return _on_sheet(_printed(paper, _dull(feathered * 255, dice)), dice)


def line_screen_print(paper: PrintedPaper, bench: Bench) -> PrintedPaper:
    """A copier with a screen of lines, one angle for all inks."""
    dice = bench.dice
    image, scale = _enlarged(_as_scanned(paper, dice), bench.scale, wanted=22.0)
    pitch, angle = scale / (dice.real(120, 170) / 25.4), dice.real(20, 70)
    wave = _wave(image.shape[:2], pitch, angle)[:, :, None] * 0.5 + 0.5
    share = image.astype(np.float32) / 255
    inked = 1 / (1 + np.exp(-(share - wave) * dice.real(4, 8)))
    return _on_sheet(_printed(paper, _dull((0.5 * inked + 0.5 * share) * 255, dice)), dice)


def _as_scanned(paper: PrintedPaper, dice: Dice) -> Pixels:
    """What was printed is a picture itself: a little soft and noisy."""
    soft = cv2.GaussianBlur(paper.image, (0, 0), dice.real(0.8, 1.6)).astype(np.float32)
    soft += dice.rng.normal(0, 2.5, soft.shape)
    return np.clip(soft, 0, 255).astype(np.uint8)


def _enlarged(image: Pixels, scale: float, *, wanted: float) -> tuple[Pixels, float]:
    if scale >= wanted:
        return image, scale
    factor = wanted / scale
    larger = cv2.resize(image, None, fx=factor, fy=factor, interpolation=cv2.INTER_LINEAR)
    return np.asarray(larger, np.uint8), wanted


def _screened(image: Pixels, pitch: float, dice: Dice) -> Pixels:
    """The picture in four inks, each as dots of its own angle, `pitch` pixels apart."""
    share = 1 - image.astype(np.float32) / 255
    black = share.min(axis=2) * dice.real(0.5, 0.9)
    hard = dice.real(4, 9)
    inks = [share[:, :, 2] - black, share[:, :, 1] - black, share[:, :, 0] - black, black]
    light = np.ones_like(share)
    for number, (ink, angle) in enumerate(zip(inks, _ANGLES, strict=True)):
        dots = _wave(ink.shape, pitch, angle) * _wave(ink.shape, pitch, angle + 90)
        cover = 1 / (1 + np.exp(-(np.clip(ink, 0, 1) - (dots * 0.5 + 0.5)) * hard))
        cover = np.where(ink < 0.015, ink, cover * 0.75 + ink * 0.25)
        channels = (
            (2,) if number == 0 else (1,) if number == 1 else (0,) if number == 2 else (0, 1, 2)
        )
        for channel in channels:
            light[:, :, channel] *= 1 - cover * 0.93
    return _dull(light * 255, dice)


def _wave(shape: tuple[int, ...], pitch: float, angle: float) -> Floats:
    x = np.arange(shape[1], dtype=np.float32)[None, :]
    y = np.arange(shape[0], dtype=np.float32)[:, None]
    turn = np.radians(angle)
    return np.asarray(np.cos(2 * np.pi * (x * np.cos(turn) + y * np.sin(turn)) / pitch), np.float32)


def _dull(image: NDArray[Any], dice: Dice) -> Pixels:
    """Ink on plain paper: fewer colours, no deep black."""
    grey = image.mean(axis=2, keepdims=True)
    keep = dice.real(0.55, 0.85)
    dull = 18 + 0.9 * (grey + (image - grey) * keep)
    return to_bytes(dull)


def _printed(paper: PrintedPaper, image: Pixels) -> PrintedPaper:
    ratio = image.shape[1] / paper.image.shape[1]
    quads = {name: quad * ratio for name, quad in paper.quads.items()}
    return paper._replace(image=image, quads=quads, marks={**paper.marks, "defect": "printed"})


def _on_sheet(paper: PrintedPaper, dice: Dice) -> PrintedPaper:
    """With white paper around it, or cut out along its edge."""
    if dice.chance(0.4):
        return paper
    height, width = paper.image.shape[:2]
    left, top = round(width * dice.real(0.04, 0.25)), round(height * dice.real(0.05, 0.3))
    white = dice.whole(238, 250)
    page = np.full((height + 2 * top, width + 2 * left, 3), white, np.uint8)
    page[top : top + height, left : left + width] = paper.image
    shift = np.array([left, top], np.float64)
    quads = {name: quad + shift for name, quad in paper.quads.items()}
    return paper._replace(image=page, quads=quads, width=paper.width * page.shape[1] / width)
