"""The drawing of a reading: what was read stands on it, where it was read."""

import cv2
import numpy as np

from models.checks.finding import finding
from models.checks.reason import Reason
from models.reading.document import DocumentKind, DocumentReading, FieldReading, Quality
from tasks.reading.draw_reading import draw_reading
from tasks.reading.files.picture import ScaledPage

QUAD = ((100.0, 100.0), (300.0, 100.0), (300.0, 140.0), (100.0, 140.0))
PAGE = ScaledPage(np.full((400, 600, 3), 200, np.uint8), (600, 400))


def paper(confidence, *, part=1, findings=()):
    return DocumentReading(
        file="a.jpg",
        part=part,
        digest="0" * 64,
        kind=DocumentKind.ID_CARD_PORTRAIT,
        kind_confidence=0.9,
        fields={"name": FieldReading(value="王芳", raw="王 芳", confidence=confidence, quad=QUAD)},
        quality=Quality(blur=0, glare=0, glyph_height_px=30, corners_visible=4),
        findings=findings,
    )


def drawn(*papers, page=PAGE):
    data = np.frombuffer(draw_reading(page, papers), np.uint8)
    return cv2.imdecode(data, cv2.IMREAD_COLOR)


def test_the_frame_stands_around_the_field_and_tells_how_sure_it_is():
    sure, unsure = drawn(paper(0.99)), drawn(paper(0.3))
    x, y = 16 + 200, 16 + 140  # the middle of the frame's lower side
    _blue, green, red = sure[y, x].astype(int)
    assert green > red + 40
    _blue, green, red = unsure[y, x].astype(int)
    assert red > green + 40


def test_a_picture_decoded_smaller_than_the_upload_has_its_frames_in_place():
    half = ScaledPage(np.full((200, 300, 3), 200, np.uint8), (600, 400))
    _blue, green, red = drawn(paper(0.99), page=half)[16 + 140, 16 + 200].astype(int)
    assert green > red + 40


def test_every_paper_and_every_finding_takes_its_room():
    many = tuple(
        paper(0.9, part=n, findings=(finding(Reason.GLARE_OR_DARK),) * 3) for n in range(1, 5)
    )
    assert drawn(*many).shape[0] > drawn(many[0]).shape[0]
