import functools
import io

import cv2
import numpy as np
import pytest
from PIL import Image

from models.identity.id_number import IdNumber, parse_id_number
from models.reading.document import FIELDS, DocumentKind
from models.reading.written_date import parse_date
from specimens.applications.draw_paper import draw_paper
from specimens.dice import Dice
from specimens.papers.written import DATE_FORMS, write_date
from specimens.people.person import TODAY
from specimens.photography.capture import turn_points
from specimens.photography.shot import Shot, invent_shot
from specimens.printing.typefaces import face_for, holds, installed

READ_KINDS = tuple(FIELDS)
LONG_AND_DATED = (5, 21)
"""Seeds of a card without an end, and of one with."""


@functools.cache
def scan(kind, seed, style_set="tuning"):
    """A paper, drawn once for all tests that look at it."""
    return draw_paper(kind, seed, "scan", style_set=style_set)


@pytest.mark.parametrize("kind", READ_KINDS)
def test_a_paper_carries_the_fields_of_its_kind_where_the_quads_say(kind):
    drawn = scan(kind, 21)
    assert drawn.kind is kind
    assert tuple(drawn.fields) == FIELDS[kind]
    assert drawn.image.dtype == np.uint8
    assert drawn.image.shape[2] == 3
    grey = cv2.cvtColor(drawn.image, cv2.COLOR_BGR2GRAY).astype(float)
    for name, quad in drawn.quads.items():
        if drawn.fields.get(name) is None:
            continue
        (left, top), (right, bottom) = quad.min(0).astype(int), quad.max(0).astype(int)
        patch = grey[max(0, top) : bottom, max(0, left) : right]
        assert patch.size, name
        assert patch.max() - patch.min() > 40, name


@pytest.mark.parametrize("kind", READ_KINDS)
def test_the_same_seed_draws_the_same_bytes_and_another_seed_does_not(kind):
    first = draw_paper(kind, 7, "hard")
    assert draw_paper(kind, 7, "hard").data == first.data
    assert first.fields != scan(kind, 21).fields, "another level changes no field"


def test_one_seed_is_one_paper_at_every_level():
    assert (
        draw_paper(DocumentKind.HUKOU_MEMBER, 0, "hard").fields
        == scan(DocumentKind.HUKOU_MEMBER, 0).fields
    )


def test_numbers_and_dates_in_the_truth_are_normal():
    for seed in range(4):
        fields = scan(DocumentKind.HUKOU_MEMBER, seed).fields
        assert isinstance(parse_id_number(fields["id_number"] or "", today=TODAY), IdNumber)
        assert str(parse_date(fields["birth_date"] or "")) == fields["birth_date"]
        assert "族" not in (fields["ethnicity"] or "族")


def test_a_long_term_card_has_no_end():
    drawn = [scan(DocumentKind.ID_CARD_EMBLEM, seed) for seed in LONG_AND_DATED]
    assert [one.long_term for one in drawn] == [True, False]
    assert [one.fields["valid_until"] is None for one in drawn] == [True, False]


def test_quarter_turns_are_recorded_and_happen():
    upright = draw_paper("id_card_portrait", 4, "phone", shot=Shot(long_side=800))
    turned = draw_paper("id_card_portrait", 4, "phone", shot=Shot(long_side=800, turn=1))
    assert turned.conditions["rotation"] == 90
    assert upright.conditions["rotation"] == 0
    assert turned.image.shape[:2] == upright.image.shape[1::-1]
    first, second = upright.quads["name"], turned.quads["name"]
    height, width = upright.image.shape[:2]
    assert np.allclose(turn_points(first, width, height, 1), second, atol=1)


def test_an_exif_turn_is_told_in_the_file_and_undone_by_a_viewer():
    for turn, tag in ((1, 8), (2, 3), (3, 6)):
        shot = Shot(long_side=700, turn=turn, exif=True)
        drawn = draw_paper("id_card_emblem", 4, "phone", shot=shot)
        picture = Image.open(io.BytesIO(drawn.data))
        assert picture.getexif()[0x0112] == tag
        assert drawn.conditions["rotation"] == 0
        assert drawn.conditions["exif_rotation"] == turn * 90
        shown = np.asarray(cv2.imdecode(np.frombuffer(drawn.data, np.uint8), cv2.IMREAD_COLOR))
        assert shown.shape == drawn.image.shape
        assert np.abs(shown.astype(int) - drawn.image).max() <= 2


def test_the_held_out_style_shares_no_text_face_with_tuning():
    for role in ("song", "hei", "kai", "number"):
        tuning, held = installed(role, "tuning"), installed(role, "held_out")
        assert {f.stem for f in tuning}.isdisjoint(f.stem for f in held) or tuning == held


def test_held_out_layouts_are_not_drawn_for_tuning():
    layouts = {
        style: {
            scan(DocumentKind.HUKOU_MEMBER, seed, style).conditions["layout"] for seed in range(4)
        }
        for style in ("tuning", "held_out")
    }
    assert layouts["tuning"].isdisjoint(layouts["held_out"])


def test_rare_characters_are_never_drawn_as_boxes():
    for role in ("song", "hei", "kai", "fang"):
        for face in installed(role, "tuning"):
            text = "赟翀祎珺玥璟昝亓仝"
            assert all(holds(face_for(face, text), character) for character in text)


def test_every_written_date_is_read_back():
    for form in set(DATE_FORMS) | {"slash"}:
        assert parse_date(write_date(TODAY, form)) == TODAY


def test_an_unknown_level_is_refused():
    with pytest.raises(ValueError, match="no capture level"):
        invent_shot("perfect", 100, Dice(1, "x"))


def test_other_kinds_carry_no_fields():
    for kind in (DocumentKind.OTHER, DocumentKind.SELFIE):
        assert draw_paper(kind, 2, "scan").fields == {}
