"""The portrait side of an identity card from lines written by hand: labels decide."""

import pytest

from models.reading.document import DocumentKind as K

CARD = [
    (80, 60, "姓名"), (200, 60, "张小三"),
    (80, 140, "性别女民族汉"),
    (80, 220, "出生1991年3月7日"),
    (80, 300, "住址"), (200, 300, "浙江省杭州市西湖区民"), (200, 345, "族路12号"),
    (80, 500, "公民身份号码110105199103072086"),
]  # fmt: skip


def test_a_card_is_read_with_labels_and_values_on_one_line_and_an_address_on_two(values_of):
    assert values_of(K.ID_CARD_PORTRAIT, *CARD) == {
        "name": "张小三",
        "sex": "女",
        "ethnicity": "汉",
        "birth_date": "1991-03-07",
        "address": "浙江省杭州市西湖区民族路12号",
        "id_number": "110105199103072086",
    }


def test_a_number_is_found_by_its_form_when_its_label_is_covered(fields_of):
    lines = [*CARD[:-1], (300, 500, "110105199103072086")]
    field = fields_of(K.ID_CARD_PORTRAIT, *lines)["id_number"]
    assert field.value == "110105199103072086"
    assert field.confidence <= 0.9


def test_a_card_tilted_by_five_degrees_reads_the_same(values_of, text_line):
    import math

    from tasks.reading.engines.text_lines import TextLine, to_span
    from tasks.reading.image.geometry import level_matrix
    from tasks.reading.read_text import read_fields

    c, s = math.cos(math.radians(5)), math.sin(math.radians(5))
    turned = []
    for line in CARD:
        straight = text_line(*line)
        a, b, d, e = ((c * x - s * y, s * x + c * y) for x, y in straight.quad)
        turned.append(TextLine((a, b, d, e), straight.recognised))
    matrix = level_matrix(tuple(line.quad for line in turned), (1400, 1000))
    spans = tuple(to_span(line, matrix, i) for i, line in enumerate(turned))
    read = {k: v.value for k, v in read_fields(K.ID_CARD_PORTRAIT, spans).items()}
    assert read == values_of(K.ID_CARD_PORTRAIT, *CARD)


def test_the_sex_and_the_next_label_on_one_line_are_told_apart(values_of):
    lines = [line for line in CARD if not line[2].startswith("性别")]
    values = values_of(K.ID_CARD_PORTRAIT, *lines, (80, 140, "性别"), (200, 140, "女民族汉"))
    assert (values["sex"], values["ethnicity"]) == ("女", "汉")


@pytest.mark.parametrize(
    ("label", "field"),
    [
        ("姓名", "name"),
        ("性别", "sex"),
        ("民族", "ethnicity"),
        ("出生", "birth_date"),
        ("住址", "address"),
    ],
)
def test_a_finger_on_a_label_alone_hides_no_value(values_of, label, field):
    card = [
        *[(80, 60, "姓名"), (200, 60, "张小三"), (80, 140, "性别"), (200, 140, "女")],
        *[(330, 140, "民族"), (450, 140, "汉"), (80, 220, "出生"), (200, 220, "1991年3月7日")],
        *CARD[4:],
    ]
    whole = values_of(K.ID_CARD_PORTRAIT, *card)
    hidden = values_of(K.ID_CARD_PORTRAIT, *(line for line in card if line[2] != label))
    assert hidden[field] == whole[field] is not None
