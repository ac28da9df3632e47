"""Whole files through the real engines: what is read, where it stands, what never breaks it."""

import io

import cv2
import numpy as np
import pytest
from PIL import Image

from models.checks.reason import Reason, Severity
from models.errors import MissingPartError
from models.reading.document import FIELDS
from models.reading.document import DocumentKind as K
from specimens.applications.draw_paper import draw_paper
from tasks.reading.engines import readers as readers_module
from tasks.reading.engines.readers import Readers, this_process_readers
from tasks.reading.engines.tesseract_reader import TesseractReader
from tasks.reading.read_file import read_file

pytestmark = pytest.mark.engine


@pytest.fixture(scope="session")
def card():
    return draw_paper(K.ID_CARD_PORTRAIT, 3, "scan")


def png(image):
    return cv2.imencode(".png", image)[1].tobytes()


def read(content, **options):
    (paper,) = read_file("01.jpg", content, **options)
    return paper.reading


@pytest.mark.parametrize("kind", tuple(FIELDS))
def test_a_clean_paper_is_told_and_read(kind):
    paper = draw_paper(kind, 12, "scan")
    reading = read(paper.data)
    assert reading.kind is kind
    assert reading.kind_confidence > 0.8
    right = [reading.value(name) == value for name, value in paper.fields.items()]
    assert sum(right) >= len(right) - 1
    assert reading.seconds > 0
    assert reading.perceptual_hash
    assert "rapidocr" in reading.engine


@pytest.mark.parametrize("turns", [0, 1, 2, 3])
def test_quads_land_on_the_uploaded_picture_however_it_is_turned(card, turns):
    turned = np.ascontiguousarray(np.rot90(card.image, -turns))
    reading = read(png(turned))
    assert reading.quality is not None
    assert reading.quality.rotation == (360 - 90 * turns) % 360
    assert reading.value("id_number") == card.fields["id_number"]
    height, width = card.image.shape[:2]
    for name in ("name", "id_number"):
        x, y = np.mean(card.quads[name], axis=0)
        expected = {
            0: (x, y),
            1: (height - y, x),
            2: (width - x, height - y),
            3: (y, width - x),
        }[turns]
        quad = reading.fields[name].quad
        assert quad is not None
        found = np.mean(quad, axis=0)
        assert np.hypot(*(found - expected)) < 0.03 * max(width, height)


def test_a_wrong_hint_is_found_and_not_believed(card):
    reading = read(card.data, hint=K.HUKOU_MEMBER)
    assert reading.kind is K.ID_CARD_PORTRAIT
    (found,) = (f for f in reading.findings if f.code is Reason.DOCUMENT_UNUSABLE)
    assert found.severity is Severity.ERROR
    assert not [
        f
        for f in read(card.data, hint=K.ID_CARD_PORTRAIT).findings
        if f.code is Reason.DOCUMENT_UNUSABLE
    ]


def test_an_undecodable_file_is_another_kind_with_a_finding():
    reading = read(b"not a picture")
    assert reading.kind is K.OTHER
    assert [f.code for f in reading.findings] == [Reason.DOCUMENT_UNUSABLE]


@pytest.mark.parametrize(
    "image",
    [
        pytest.param(np.zeros((300, 400, 3), np.uint8), id="black"),
        pytest.param(np.full((300, 400, 3), 255, np.uint8), id="white"),
        pytest.param(
            np.random.default_rng(5).integers(0, 255, (480, 640, 3), dtype=np.uint8), id="noise"
        ),
        pytest.param(np.full((1200, 64, 3), 200, np.uint8), id="strip"),
        pytest.param(np.full((16, 16, 3), 90, np.uint8), id="tiny"),
    ],
)
def test_a_picture_of_nothing_is_no_paper(image):
    reading = read(png(image))
    assert reading.kind is K.OTHER
    assert not reading.fields


def test_each_page_of_a_tiff_is_read(card):
    page = Image.fromarray(cv2.cvtColor(card.image, cv2.COLOR_BGR2RGB))
    blank = Image.new("RGB", page.size, "white")
    stream = io.BytesIO()
    page.save(stream, "TIFF", save_all=True, append_images=[blank])
    first, second = (paper.reading for paper in read_file("a.tif", stream.getvalue()))
    assert (first.page, first.kind) == (1, K.ID_CARD_PORTRAIT)
    assert (second.page, second.kind) == (2, K.OTHER)


def test_without_the_main_reader_tesseract_reads_with_less_trust(card, monkeypatch):
    def missing():
        raise MissingPartError("gone")

    monkeypatch.setattr(readers_module, "RapidOcrReader", missing)
    this_process_readers.cache_clear()
    try:
        fallback = this_process_readers()
        assert isinstance(fallback.text, TesseractReader)
        reading = read(card.data, readers=fallback)
    finally:
        this_process_readers.cache_clear()
    assert "tesseract" in reading.engine
    assert "rapidocr" not in reading.engine
    assert all(field.confidence <= 0.6 for field in reading.fields.values())


def test_no_second_reader_is_named_as_a_lack(card):
    alone = Readers(this_process_readers().text, None)
    assert "no second reader" in read(card.data, readers=alone).engine
