"""Words of stamps and watermarks are told from what a paper says."""

import pytest

from tasks.reading.engines.text_lines import Glyph, TextSpan
from tasks.reading.image.geometry import Box
from tasks.reading.layout import normalise_values as values
from tasks.reading.layout.overlay_words import HIDDEN, has_overlay, without_overlay
from tasks.reading.layout.read_field import read_spans


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("汉复印无效", "汉"),
        ("某某市公安局仅供办理护照使用", "某某市公安局"),
        ("禁止复印", ""),
        ("止复印", ""),
        ("某某街道禁止复印桃园村", f"某某街道{HIDDEN}桃园村"),
        ("浙江省杭州市西湖区文三路12号", "浙江省杭州市西湖区文三路12号"),
    ],
)
def test_what_a_layer_says_is_cut_off(text, own):
    assert without_overlay(text) == own


@pytest.mark.parametrize(
    "text", ["王一致", "供销社宿舍", "印江县", "水磨沟区", "仅仅路", "今日家园"]
)
def test_words_of_names_and_addresses_are_no_layer(text):
    assert not has_overlay(text)


@pytest.mark.parametrize(
    ("normalise", "pieces", "value"),
    [
        (values.name, ["严禁转借"], None),
        (values.name, ["毛辉杰严禁转借"], "毛辉杰"),
        (values.name, ["毛禁止杰"], None),
        (values.ethnicity, ["汉复印无效"], "汉"),
        (values.address, ["某某市某某街道", "禁止复印", "桃园村12号"], "某某市某某街道桃园村12号"),
        (values.address, ["某某市某某街禁止复印桃园村12号"], None),
        (values.date, ["2014年1月2禁止复印1日"], None),
        (values.date, ["1991年12月禁止"], None),
    ],
)
def test_a_value_beside_a_layer_is_never_sure(normalise, pieces, value):
    box = Box(0, 100, 10, 20)
    quad = ((0, 0), (100, 0), (100, 20), (0, 20))
    spans = [TextSpan(tuple(Glyph(c, 0.999, 0.5) for c in p), quad, box, 0) for p in pieces]
    reading = read_spans(spans, normalise)
    assert reading.value == value
    assert reading.confidence <= 0.6
    assert reading.raw == "".join(pieces)
