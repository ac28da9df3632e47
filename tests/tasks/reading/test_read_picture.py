"""Several papers in one picture, through the real engines; and that one paper stays one."""

from functools import partial

import cv2
import numpy as np
import pytest

from models.reading.document import DocumentKind as K
from models.reading.document import FieldReading, Quality
from specimens.applications.any_paper import any_paper
from specimens.applications.draw_paper import draw_paper, paper_scale, take_picture
from specimens.dice import Dice
from specimens.papers.copied_sheet import SheetLayout, copy_to_sheet
from specimens.papers.hukou.member_page import draw_hukou_member
from specimens.papers.together import arrange
from specimens.people.families import invent_family
from specimens.people.households import invent_household
from specimens.photography.shot import Shot
from specimens.printing.paper import Bench
from tasks.reading.classify_page import KindGuess
from tasks.reading.read_file import read_file
from tasks.reading.read_page import PageReading
from tasks.reading.read_picture import are_separate_papers

pytestmark = pytest.mark.engine
P, E, C, M = K.ID_CARD_PORTRAIT, K.ID_CARD_EMBLEM, K.HUKOU_COVER, K.HUKOU_MEMBER
LEVEL = "hard"  # drawn at a small scale, taken by an even hand


def picture(kinds, how, seed):
    """Some papers photographed together."""
    dice = Dice(seed, how, *kinds)
    scale = min(paper_scale(kind, LEVEL) for kind in kinds)
    papers = tuple(
        any_paper(kind, Bench(dice.fork(f"{i}"), "tuning", scale)) for i, kind in enumerate(kinds)
    )
    shot = Shot(long_side=2000, fill=0.95, noise=1.5)
    return take_picture(arrange(papers, dice, how), LEVEL, dice.fork("picture"), shot=shot)


@pytest.mark.parametrize(
    ("kinds", "how"),
    [
        pytest.param((P, E), "sheet", id="both sides on a sheet"),
        pytest.param((E, P), "scattered", id="cards at angles"),
        pytest.param((C, M), "book", id="cover over page"),
        pytest.param((M, M), "beside", id="two pages side by side"),
    ],
)
def test_every_paper_of_a_picture_is_read_where_it_lies(kinds, how):
    drawn = picture(kinds, how, 6)
    readings = [paper.reading for paper in read_file("a.jpg", drawn.data)]
    assert [r.part for r in readings] == [1, 2]
    assert sorted(r.kind for r in readings) == sorted(kinds)
    right = total = 0
    for part in drawn.parts:
        mine = max(readings, key=partial(agreement, part=part))
        for name, value in part.fields.items():
            total += 1
            right += mine.value(name) == value
            assert mine.value(name) == value or mine.confidence(name) < 0.95
            quad = mine.fields[name].quad if mine.value(name) == value and value else None
            if quad and name in part.quads:
                off = np.mean(quad, axis=0) - part.quads[name].mean(axis=0)
                assert np.hypot(*off) < 0.05 * max(drawn.image.shape)
    assert right >= 0.85 * total


def test_no_value_of_a_sheet_of_four_pages_is_taken_from_another():
    dice = Dice(7, "sheet")
    family = invent_family(dice, child_ages=[9])
    keys = ("father", "mother", "child1", "grandmother")
    house = invent_household(family, "father", keys[1:], dice.fork("house"))
    bench = Bench(dice, "tuning", 8.0)
    pages = tuple(draw_hukou_member(family.people[key], house, bench.fork(key)) for key in keys)
    sheet = copy_to_sheet(pages, SheetLayout(2, 2, 0.66, turns=(0, 0, 180)), dice)
    shot = Shot(long_side=round(sheet.width * 8), fill=1.0, tilt=0, noise=1.0, flat=True)
    drawn = take_picture(sheet, "scan", dice.fork("scan"), shot=shot)
    readings = [paper.reading for paper in read_file("a.jpg", drawn.data)]
    assert len(readings) == 4
    for page in drawn.parts:
        mine = max(readings, key=partial(agreement, part=page))
        assert agreement(mine, page) >= 8
        for name in ("name", "id_number", "birth_date", "sex", "relation_to_householder"):
            assert mine.value(name) == page.fields[name] or mine.confidence(name) < 0.95


def test_a_card_that_is_a_tenth_of_a_photograph_is_read_at_full_size():
    paper = any_paper(P, Bench(Dice(4, "far"), "tuning", 8.0))
    shot = Shot(long_side=4000, fill=0.11, noise=1.0)
    drawn = take_picture(paper, LEVEL, Dice(4, "far picture"), shot=shot)
    (read,) = read_file("a.jpg", drawn.data)
    assert read.reading.value("id_number") == drawn.fields["id_number"]


def test_a_card_too_small_to_read_is_no_selfie_and_is_told():
    paper = any_paper(P, Bench(Dice(4, "far"), "tuning", 8.0))
    shot = Shot(long_side=1300, fill=0.12, noise=1.0)
    drawn = take_picture(paper, LEVEL, Dice(4, "far picture"), shot=shot)
    (read,) = read_file("a.jpg", drawn.data)
    assert read.reading.kind is not K.SELFIE
    assert "Q06" in {finding.code.value for finding in read.reading.findings}


def agreement(reading, part):
    if reading.kind is not part.kind:
        return -1
    return sum(reading.value(name) == value for name, value in part.fields.items())


@pytest.mark.parametrize("kind", [P, E, C, M, K.BIRTH_CERTIFICATE])
def test_one_paper_is_never_parted(kind):
    (paper,) = read_file("a.jpg", draw_paper(kind, 2008, LEVEL).data)
    assert paper.reading.part == 1


def test_the_corners_that_a_cut_takes_away_are_not_counted():
    whole = draw_paper(M, 2001, LEVEL, shot=Shot(long_side=1300, fill=0.8, noise=1.0))
    (paper,) = read_file("a.jpg", whole.data)
    assert paper.reading.quality.corners_visible == 4
    right = round(whole.outline[:, 0].max() - 0.2 * np.ptp(whole.outline[:, 0]))
    data = cv2.imencode(".jpg", whole.image[:, :right])[1].tobytes()
    (cut,) = read_file("a.jpg", data)
    assert cut.reading.quality.corners_visible == 2


def part(kind, **values):
    """What was read in one part of a picture."""
    fields = {name: FieldReading(value=value, confidence=0.9) for name, value in values.items()}
    quality = Quality(blur=0, glare=0, glyph_height_px=30, corners_visible=4)
    return PageReading(KindGuess(kind, 0.9), fields, quality, (), "0" * 16, None, None)


@pytest.mark.parametrize(
    ("first", "second", "separate"),
    [
        pytest.param(
            part(M, name="张三"), part(M, name="李四"), True, id="two cards, a name on each"
        ),
        pytest.param(part(M, name="张三"), part(M, sex="男"), False, id="two columns of one card"),
        pytest.param(
            part(M, name="张三"), part(M, name=None, sex="男"), False, id="a label without a value"
        ),
        pytest.param(part(C, address="民族路12号"), part(M, name="李四"), True, id="two kinds"),
    ],
)
def test_parts_of_one_kind_are_separate_papers_only_when_they_share_a_field(
    first, second, separate
):
    assert are_separate_papers((first, second)) is separate
