"""Scenes of drawn pictures, with the places that the drawing knows instead of a reader's."""

from functools import lru_cache

import pytest

from models.reading.document import DocumentKind, FieldReading
from specimens.flaws.catalogue import FLAWS
from specimens.flaws.draw import draw_flawed
from tasks.reading.image.pixels import reduced
from tasks.reading.signals.scene import PictureScene


def way_called(flaw, name):
    (found,) = (w for f in FLAWS if f.name == flaw for w in f.ways if w.name == name)
    return found


@lru_cache(maxsize=32)
def drawn_scene(kind, seed, flaw=None, name=None):
    drawn = draw_flawed(DocumentKind(kind), seed, way_called(flaw, name) if flaw else None)
    fields = {
        field: FieldReading(
            value=drawn.fields[field],
            confidence=0.5,
            quad=tuple((float(x), float(y)) for x, y in quad),
        )
        for field, quad in drawn.quads.items()
        if drawn.fields.get(field)
    }
    quads = tuple(field.quad for field in fields.values() if field.quad)
    return PictureScene(drawn.image, reduced(drawn.image, 768), quads, drawn.kind, fields)


@pytest.fixture
def scene_of():
    return drawn_scene
