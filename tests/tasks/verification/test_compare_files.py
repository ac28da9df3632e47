import numpy as np
import pytest

from specimens.faces.gallery import FOLDER, strangers
from tasks.reading.process.contained_reader import (
    ContainedReader,
    ProcessEnd,
    ReadingEndedError,
)
from tasks.verification.compare_files import compare_images
from tests.tasks.faces.conftest import png

pytestmark = pytest.mark.engine


def picture(person, shot):
    return (FOLDER / f"{person}_{shot}.jpg").read_bytes()


def test_two_pictures_of_one_person_match():
    comparison = compare_images(picture("d3", "selfie"), picture("d3", "portrait"))
    assert comparison["band"] == "match"
    assert comparison["faces"] == [1, 1]


def test_two_strangers_do_not_match():
    other = strangers("w3")[0].id
    comparison = compare_images(picture(other, "selfie"), picture("w3", "portrait"))
    assert comparison["band"] == "mismatch"


@pytest.mark.parametrize(
    ("first", "second", "named"),
    [
        pytest.param(b"no picture", picture("d3", "portrait"), "A", id="A is no picture"),
        pytest.param(
            picture("d3", "portrait"), png(np.full((90, 90, 3), 200)), "B", id="B is a wall"
        ),
    ],
)
def test_the_picture_without_a_face_is_named(first, second, named):
    comparison = compare_images(first, second)
    assert comparison["compared"] is False
    assert comparison["reason"] == f"no usable face in picture {named}"


def test_a_file_that_ends_the_process_that_opens_it_has_no_face(monkeypatch):
    def ended(self, content, page):
        raise ReadingEndedError(ProcessEnd.MEMORY)

    monkeypatch.setattr(ContainedReader, "show", ended)
    assert compare_images(b"a bomb", b"another")["reason"] == "no usable face in picture A"
