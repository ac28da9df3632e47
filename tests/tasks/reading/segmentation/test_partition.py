"""Lines written by hand, parted into papers."""

import pytest

from models.reading.document import DocumentKind as K
from tasks.reading.image.geometry import Box
from tasks.reading.segmentation.partition import part_lines
from tasks.reading.segmentation.survey import SurveyLine

MEMBER = (
    ("常住人口登记卡",), ("姓名", "李四", "户主或与户主关系", "妻"), ("曾用名", "", "性别", "女"),
    ("出生地", "北京市", "民族", "汉"), ("籍贯", "北京市", "出生日期", "1990年1月2日"),
    ("本市(县)其他住址",), ("公民身份号码", "110101199001020022", "身高", "血型"),
    ("文化程度", "初中", "婚姻状况", "已婚"), ("服务处所", "无", "职业", "无"),
    ("何时由何地迁来本市(县)",), ("何时由何地迁来本址",), ("承办人签章", "登记日期2020年1月2日"),
)  # fmt: skip
PORTRAIT = (
    ("姓名李四",), ("性别女", "民族汉"), ("出生1990年1月2日",), ("住址北京市东城区",),
    ("公民身份号码110101199001020022",),
)  # fmt: skip
EMBLEM = (
    ("中华人民共和国",),
    ("居民身份证",),
    ("签发机关东城分局",),
    ("有效期限2015.01.02-2035.01.02",),
)
SPOUSE = (
    ("姓名李四", "性别女"),
    ("国籍中国", "出生日期1990年1月2日"),
    ("身份证件号110101199001020022",),
)
MARRIAGE = (
    *SPOUSE,
    ("",),
    ("持证人李四",),
    ("登记日期2020年1月2日",),
    ("结婚证字号J110105-2019-000016",),
    *SPOUSE,
)
INSURANCE = (
    ("基本医疗保险参保凭证",),
    ("沙马·木果（身份证号：460106195806257668）在海口市参加居民医保",),
    ("，参保状态：正常参保。特此证明。",),
    ("经办机构（盖章）：海口市医疗保障局",),
    ("日期：2026-09-02",),
)
SENTENCES = (
    ("基本医疗保险参保凭证",),
    ("兹证明嘉措旺堆，男，自2010年08月起在雷州市参加城镇职工基本医疗保险。",),
    ("广东省雷州市医疗保障局",),
    ("开具日期：2026年10月6日",),
)
WIDELY_SET = (*SPOUSE, ("",), ("",), *MARRIAGE[3:])
BIRTH = (
    ("出生医学证明",), ("新生儿姓名唐婧秀", "性别女", "出生时间2009年1月31日"),
    ("出生孕周39周", "出生体重3995克"), ("出生地点河南省", "医疗机构名称金水区妇幼保健院"),
    ("母亲姓名付妍", "国籍中国"), ("住址河南省郑州市",), ("身份证件号码410105198405122525",),
    ("父亲姓名唐轩", "国籍中国"), ("身份证件号码410105198312260355",),
    ("签发机构金水区妇幼保健院",), ("签发日期2009年2月18日", "出生医学证明编号J411971365"),
)  # fmt: skip
CLUTTER = (("12:05", "80%"),)
WIDTH = 600  # of every paper here, pixels


def laid(*papers):
    """The lines of papers at (left, top), each with a turn, and the number of its paper."""
    lines, boxes, owners = [], [], []
    for number, (rows, left, top, turn) in enumerate(papers):
        for row, texts in enumerate(rows[::-1] if turn == 180 else rows):
            for column, text in enumerate(texts):
                if not text:
                    continue
                wide = 20 * max(1, len(text))
                start = left + column * WIDTH / len(texts)
                box = Box(start, start + wide, top + 32 * row, 20)
                low, high = box.middle - 10, box.middle + 10
                quad = ((start, low), (box.right, low), (box.right, high), (start, high))
                lines.append(SurveyLine(quad, turn, text, 0.95))
                boxes.append(box)
                owners.append(number)
    return lines, boxes, owners


@pytest.mark.parametrize(
    "papers",
    [
        pytest.param([(MEMBER, 0, 0, 0)], id="one page"),
        pytest.param([(MEMBER, 0, 0, 0), (MEMBER, 0, 400, 0)], id="one below the other"),
        pytest.param([(MEMBER, 0, 0, 0), (MEMBER, 680, 30, 0)], id="side by side"),
        pytest.param(
            [(MEMBER, x, y, 0) for y in (0, 420, 840) for x in (0, 680)], id="six on a sheet"
        ),
        pytest.param([(PORTRAIT, 0, 0, 0), (EMBLEM, 0, 240, 0)], id="both sides of a card"),
        pytest.param([(PORTRAIT, 0, 0, 0), (EMBLEM, 0, 240, 180)], id="one side turned"),
        pytest.param([(MEMBER, 0, 0, 0), (PORTRAIT, 0, 420, 0)], id="a card below a page"),
        pytest.param([(MEMBER, 0, 0, 0), (MARRIAGE, 0, 620, 0)], id="a marriage below a page"),
        pytest.param(
            [(INSURANCE, 1000, 0, 0), (PORTRAIT, 0, 168, 0)], id="a card beside, and lower"
        ),
        pytest.param(
            [(SENTENCES, 0, 0, 0), (WIDELY_SET, 0, 420, 0)],
            id="a marriage far below a certificate that prints no labels",
        ),
        pytest.param(
            [
                ((*MEMBER[:7], MEMBER[-1]), 0, 0, 0),
                (MARRIAGE, 1000, 0, 0),
                (PORTRAIT, 0, 1200, 0),
                (BIRTH, 1000, 1200, 0),
            ],
            id="four that together bear every label of one",
        ),
    ],
)
def test_every_paper_has_its_own_lines(papers):
    lines, boxes, owners = laid(*papers)
    groups = part_lines(lines, boxes)
    assert sorted(tuple(sorted({owners[i] for i in group.lines})) for group in groups) == [
        (number,) for number in range(len(papers))
    ]
    assert all(group.paper is not None and group.paper.complete for group in groups)


def test_bars_of_a_screen_do_not_tear_a_page():
    lines, boxes, owners = laid((CLUTTER, 0, -900, 0), (MEMBER, 0, 0, 0), (CLUTTER, 0, 1200, 0))
    (page,) = [g for g in part_lines(lines, boxes) if g.paper and g.paper.kind is K.HUKOU_MEMBER]
    assert {owners[i] for i in page.lines} == {1}
    assert len(page.lines) == owners.count(1)
