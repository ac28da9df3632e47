"""A character that is known to be read for a rarer one is not sure where that one is near."""

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter

from specimens.printing.typefaces import installed, load
from tasks.reading.engines.readers import this_process_readers
from tasks.reading.likelihood.confusions import CONFUSED, known_confusions


def _read(character):
    """The middle one of three small characters, as the recogniser gives it."""
    sheet = Image.new("RGB", (66, 24), (235, 235, 235))
    font = load(installed("song", "tuning")[0], 18)
    text = f"张{character}文"
    ImageDraw.Draw(sheet).text((5, 12), text, font=font, fill=(40, 40, 40), anchor="lm")
    blurred = np.asarray(sheet.filter(ImageFilter.GaussianBlur(0.7)), np.uint8)
    (read,) = this_process_readers().text.recognise((blurred,))
    return read.glyphs[1]


def test_no_character_is_its_own_rival():
    assert "曈" in known_confusions()["瞳"]
    assert not [read for read, printed in known_confusions().items() if read in printed]


def test_a_rare_character_read_as_its_common_neighbour_is_not_sure():
    glyph = _read("嫒")
    assert (glyph.text, glyph.confidence <= CONFUSED) == ("媛", True)


@pytest.mark.parametrize("character", ["赞", "春", "李"])
def test_a_character_that_is_read_for_others_is_sure_where_it_stands(character):
    glyph = _read(character)
    assert (glyph.text, glyph.confidence > CONFUSED) == (character, True)
