"""Faces as the comparison gets them: cut out of pictures of people who do not exist."""

from functools import cache

import cv2
import numpy as np
import pytest

from models.reading.document import DocumentKind
from specimens.faces.gallery import photo
from tasks.faces.crop import crop_face


def png(image):
    return cv2.imencode(".png", image)[1].tobytes()


def jpeg(image, quality=75):
    return cv2.imdecode(cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, quality])[1], 1)


def on_card(image, height=150):
    """The portrait as a telephone sees it on a card: small, soft, noisy."""
    scale = height / image.shape[0]
    small = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    noise = np.random.default_rng(1).normal(0, 4, small.shape)
    return jpeg(
        np.clip(cv2.GaussianBlur(small, (0, 0), 0.6) * 0.95 + noise, 0, 255).astype("uint8")
    )


def photographed_again(image, seed=3):
    """A photograph of a printed picture: skewed, tinted, softer, noisy."""
    rng = np.random.default_rng(seed)
    large = cv2.resize(image, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC)
    height, width = large.shape[:2]
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    shifted = corners + rng.uniform(-0.06, 0.06, (4, 2)) * width + 0.1 * np.array([width, height])
    skew = cv2.getPerspectiveTransform(corners, shifted.astype(np.float32))
    size = (round(width * 1.2), round(height * 1.2))
    seen = cv2.warpPerspective(large, skew, size, borderValue=(120, 130, 140)) * rng.uniform(
        0.85, 1.05, 3
    )
    soft = cv2.GaussianBlur(seen * np.linspace(0.8, 1.1, size[0])[None, :, None], (0, 0), 1.5)
    return jpeg(np.clip(soft + rng.normal(0, 5, soft.shape), 0, 255).astype("uint8"))


def cut(image, kind=DocumentKind.SELFIE):
    return png(crop_face(image, kind=kind).image)


@cache
def selfie(person, shot="selfie"):
    return cut(photo(person, shot))


@cache
def portrait(person):
    return cut(on_card(photo(person)), DocumentKind.ID_CARD_PORTRAIT)


@pytest.fixture(name="selfie")
def selfie_of():
    return selfie


@pytest.fixture(name="portrait")
def portrait_of():
    return portrait


@pytest.fixture(name="copy")
def copy_of():
    return lambda person: cut(photographed_again(photo(person)))
