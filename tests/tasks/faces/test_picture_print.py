"""The same picture is known again; another picture of the same face is not."""

from pathlib import Path

import cv2
import numpy as np
import pytest

from tasks.faces.picture_print import picture_print

GALLERY = Path(__file__).parents[3] / "specimens" / "faces" / "gallery"


def shared(one, other):
    return len(set(one) & set(other))


@pytest.fixture(scope="module")
def pictures():
    paths = sorted(GALLERY.glob("*.jpg"))[:60]
    return {path.stem: path.read_bytes() for path in paths}


def resaved(content):
    image = cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_COLOR)
    assert image is not None
    small = cv2.resize(image, None, fx=0.6, fy=0.6, interpolation=cv2.INTER_AREA)
    return cv2.imencode(".jpg", small, [cv2.IMWRITE_JPEG_QUALITY, 50])[1].tobytes()


def test_a_picture_that_was_made_smaller_and_saved_again_is_the_same_one(pictures):
    known = [
        shared(picture_print(content), picture_print(resaved(content))) >= 2
        for content in pictures.values()
    ]
    assert sum(known) >= 0.97 * len(known)


def test_no_two_pictures_of_the_gallery_are_the_same_one(pictures):
    prints = {name: picture_print(content) for name, content in pictures.items()}
    names = sorted(prints)
    twins = [
        (one, other)
        for number, one in enumerate(names)
        for other in names[number + 1 :]
        if shared(prints[one], prints[other]) >= 2
    ]
    assert twins == []


def test_what_is_no_picture_or_shows_nothing_has_no_print():
    grey = cv2.imencode(".png", np.full((100, 80, 3), 128, np.uint8))[1].tobytes()
    assert [picture_print(content) for content in (b"", b"no picture", grey)] == [()] * 3
