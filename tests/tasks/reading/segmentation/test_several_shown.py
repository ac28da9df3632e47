"""What was read of a picture, held against what one paper says."""

from typing import cast

import cv2
import numpy as np
import pytest

from models.reading.document import DocumentKind as K
from specimens.applications.draw_paper import draw_paper
from tasks.reading.engines.page_lines import PageLines
from tasks.reading.engines.text_lines import TextReader
from tasks.reading.segmentation.several_shown import (
    holds_another,
    leaves_lines_unread,
    shows_a_face,
    shows_several,
    stands_apart,
)

NO_READER = cast("TextReader", None)  # every line is read already
PORTRAIT = (
    *("姓名李四", "性别女民族汉", "出生1990年1月2日", "住址北京市东城区", "公民身份号码"),
    "110101199001020022",
)
EMBLEM = ("中华人民共和国", "居民身份证", "签发机关东城分局", "有效期限2015.01.02-2035.01.02")
MARRIAGE = (
    *("持证人李四", "登记日期2016年6月12日", "结婚证字号J110101-2016-000123"),
    *("姓名张三", "国籍中国", "出生日期1989年11月1日", "身份证件号110101198911010013"),
    *("姓名李四", "国籍中国", "出生日期1990年1月2日", "身份证件号110101199001020022"),
)
INSURED = ("医疗保险参保证明", "兹证明王五参加居民医保", "公民身份号码110101198911010013")


@pytest.fixture
def page(text_line):
    """A picture of these texts, one below another, the last ones read badly."""

    def made(texts, unread=0, below=0):
        sure = len(texts) - unread
        lines = [
            text_line(100, 50 + 50 * row, text, 0.5 if row >= sure else 0.99)
            for row, text in enumerate(texts)
        ]
        if below:
            lines.append(text_line(300, 50 * len(texts) + below, "704696X", 0.99))
        known = {i: line.recognised for i, line in enumerate(lines)}
        image = np.full((1600, 1200, 3), 255, np.uint8)
        return PageLines(image, tuple(line.quad for line in lines), NO_READER, known=known)

    return made


@pytest.mark.parametrize(
    ("texts", "kind", "several"),
    [
        pytest.param(PORTRAIT, K.ID_CARD_PORTRAIT, False, id="a card"),
        pytest.param((*PORTRAIT, *EMBLEM), K.ID_CARD_EMBLEM, True, id="both sides of one"),
        pytest.param(MARRIAGE, K.MARRIAGE_CERTIFICATE, False, id="two spouses of one certificate"),
        pytest.param((*MARRIAGE, *EMBLEM), K.MARRIAGE_CERTIFICATE, True, id="a side below it"),
        pytest.param(
            (*INSURED, "号码110101199001020022"),
            K.INSURANCE_CERTIFICATE,
            True,
            id="a second person's number on a paper of one",
        ),
    ],
)
def test_two_whole_papers_or_two_people_are_several(page, texts, kind, several):
    assert shows_several(page(texts), kind) is several


@pytest.mark.parametrize(("unread", "left"), [(1, False), (2, True)])
def test_several_lines_that_read_badly_are_another_paper_perhaps(page, unread, left):
    assert leaves_lines_unread(page(PORTRAIT, unread)) is left


@pytest.mark.parametrize(
    ("unread", "below", "another"),
    [
        pytest.param(0, 0, False, id="all read"),
        pytest.param(3, 0, False, id="a few subtitles of one paper"),
        pytest.param(4, 0, True, id="a card upside down"),
        pytest.param(0, 500, True, id="a line far below"),
    ],
)
def test_a_sheet_in_the_shape_of_one_paper_may_bear_a_card_as_well(page, unread, below, another):
    texts = (*MARRIAGE, *("料件凭印复",) * unread)
    picture = page(texts, unread, below=below)
    assert holds_another(picture, K.MARRIAGE_CERTIFICATE) is another


@pytest.mark.parametrize(("below", "apart"), [(60, False), (500, True)])
def test_text_far_below_without_a_label_is_another_paper_perhaps(page, below, apart):
    assert stands_apart(page(INSURED, below=below), K.INSURANCE_CERTIFICATE) is apart


@pytest.mark.engine
def test_a_card_s_face_is_seen_where_papers_of_a_kind_show_none():
    drawn = draw_paper(K.ID_CARD_PORTRAIT, 31, "scan").data
    card = np.asarray(cv2.imdecode(np.frombuffer(drawn, np.uint8), cv2.IMREAD_COLOR))
    height, width = 240 * card.shape[0] // card.shape[1], 240
    bare = np.full((1600, 1200, 3), 235, np.uint8)
    beside = bare.copy()
    beside[1200 : 1200 + height, 300 : 300 + width] = cv2.resize(card, (width, height))
    with_card, alone = (PageLines(image, (), NO_READER) for image in (beside, bare))
    assert shows_a_face(with_card, K.INSURANCE_CERTIFICATE)
    assert not shows_a_face(alone, K.INSURANCE_CERTIFICATE)
    assert not shows_a_face(with_card, K.ID_CARD_PORTRAIT)
    assert not shows_a_face(with_card, K.MARRIAGE_CERTIFICATE)
