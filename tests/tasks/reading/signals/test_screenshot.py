"""Screenshots are told from photographs and scans by the bars of the screen."""

import numpy as np
import pytest

from models.reading.document import DocumentKind
from specimens.applications.draw_paper import encode
from specimens.dice import Dice
from specimens.photography.capture import Photo
from specimens.photography.screenshot import take_screenshot
from specimens.photography.shot import Shot
from specimens.printing.paper import PrintedPaper
from tasks.reading.signals.screenshot import is_screenshot

PAPER = PrintedPaper(DocumentKind.OTHER, np.zeros((1, 1, 3), np.uint8), {}, {}, 100.0)


def photograph(height, width, seed):
    noise = np.random.default_rng(seed)
    image = noise.normal(150, 40, (height // 8, width // 8, 3)).repeat(8, 0).repeat(8, 1)
    return np.clip(image + noise.normal(0, 3, image.shape), 0, 255).astype(np.uint8)


def as_sent(image, quality=85):
    photo = Photo(image, {}, np.zeros((4, 2)), 0.0)
    return encode(PAPER, photo, Shot(quality=quality), "phone").image


@pytest.mark.parametrize("seed", range(6))
def test_a_screenshot_is_known_by_its_bars(seed):
    shown = take_screenshot(
        Photo(photograph(960, 1280, seed), {}, np.zeros((4, 2)), 0.0), Dice(seed)
    )
    assert is_screenshot(as_sent(shown.image))


def on_a_ground(level, noise):
    image = photograph(1920, 1080, 9)
    ground = np.random.default_rng(1).normal(level, noise, image.shape)
    image[:400] = np.clip(ground[:400], 0, 255)
    image[-400:] = np.clip(ground[-400:], 0, 255)
    return image


@pytest.mark.parametrize(
    "made",
    [
        pytest.param(lambda: photograph(1920, 1080, 3), id="full"),
        pytest.param(lambda: on_a_ground(250, 0), id="white margins without signs"),
        pytest.param(lambda: on_a_ground(20, 3), id="a dark table"),
        pytest.param(lambda: on_a_ground(128, 0), id="a grey ground"),
        pytest.param(lambda: photograph(1080, 1920, 4), id="lying"),
    ],
)
def test_a_photograph_or_a_scan_is_none(made):
    assert not is_screenshot(as_sent(made()))
