"""A template says each pair of words in one language, whatever stands in them."""

import pytest
from jinja2 import DictLoader

from console.web import page_templates


@pytest.mark.parametrize(
    ("source", "zh", "en"),
    [
        pytest.param("{{ say('通过', 'A & B') }}", "通过", "A &amp; B", id="words"),
        pytest.param("{{ say('第 %d 份' % n, 'no. %d' % n) }}", "第 3 份", "no. 3", id="a number"),
        pytest.param("{{ say(words, '<b>') }}", "&lt;i&gt;", "&lt;b&gt;", id="from outside"),
        pytest.param("{{ say('甲' ~ say('乙', 'y'), say('丙', 'z')) }}", "甲乙", "z", id="nested"),
        pytest.param("{{ say(*pair) }}", "甲/a", "甲/a", id="known when drawn"),
    ],
)
def test_one_of_two_is_said(monkeypatch, source, zh, en):
    given = DictLoader({"page": source})
    monkeypatch.setattr(
        "jinja2.FileSystemLoader.get_source",
        lambda _, environment, name: given.get_source(environment, name),
    )
    for language, said in (("zh", zh), ("en", en)):
        pages = page_templates.templates_in.__wrapped__(language)
        drawn = pages.get_template("page").render(
            say=lambda *both: "/".join(both), n=3, words="<i>", pair=("甲", "a")
        )
        assert drawn == said
