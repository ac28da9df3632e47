"""A photograph of a person is told from a drawn figure."""

import cv2
import numpy as np
import pytest

from models.reading.document import DocumentKind
from specimens.applications.draw_paper import draw_paper
from tasks.faces.crop import crop_face
from tasks.reading.engines.page_lines import open_page_lines
from tasks.reading.engines.readers import this_process_readers
from tasks.reading.marks.selfie import LEAST_COLOURS, colours, find_selfie


def drawn_figure():
    """A head as programs draw it for somebody without a picture."""
    image = np.full((800, 640, 3), (235, 225, 210), np.uint8)
    cv2.ellipse(image, (320, 760), (250, 220), 0, 0, 360, (150, 90, 50), -1)
    cv2.ellipse(image, (320, 360), (150, 190), 0, 0, 360, (170, 200, 240), -1)
    cv2.ellipse(image, (320, 260), (160, 120), 0, 180, 360, (40, 40, 45), -1)
    for x in (260, 380):
        cv2.ellipse(image, (x, 350), (26, 14), 0, 0, 360, (255, 255, 255), -1)
        cv2.circle(image, (x, 350), 11, (40, 40, 50), -1)
        cv2.ellipse(image, (x, 318), (34, 8), 0, 180, 360, (40, 40, 45), 5)
    cv2.line(image, (320, 360), (310, 420), (130, 160, 210), 6)
    cv2.line(image, (310, 420), (330, 425), (130, 160, 210), 6)
    cv2.ellipse(image, (320, 470), (50, 20), 0, 0, 180, (80, 80, 190), -1)
    return cv2.imdecode(cv2.imencode(".jpg", image)[1], cv2.IMREAD_COLOR)


@pytest.mark.engine
def test_a_drawn_figure_with_a_face_is_no_selfie():
    image = drawn_figure()
    assert crop_face(image, kind=DocumentKind.SELFIE) is not None
    assert find_selfie(open_page_lines(image, this_process_readers().text)).portrait is None


def test_a_photograph_has_many_more_colours():
    photo = draw_paper(DocumentKind.SELFIE, 3000, "phone").image
    assert colours(photo) > LEAST_COLOURS > colours(drawn_figure())
