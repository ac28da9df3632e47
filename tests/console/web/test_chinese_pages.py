"""A Chinese page says everything in Chinese."""

import re
from html.parser import HTMLParser

import pytest

from console.web.auth.rights import RIGHTS, may
from tests.console.conftest import STAFF

_ATTRIBUTES = ("title", "aria-label", "placeholder", "alt")
_AS_IT_IS = ("code", "kbd", "script", "style")
"""Digests, identifiers of runs and keys stand in `code` and `kbd`, and have no translation."""
_KNOWN = re.compile(
    r"kinbind|English|[A-Z]\d\d|A-[A-Z0-9-]+|Alt|Ctrl|Shift|Enter|PDF|JSON|CSV|[\w.-]+\.jpg"
)
_LATIN = re.compile(r"[A-Za-z][\w.-]*")


class VisibleText(HTMLParser):
    """What somebody sees, or is read aloud, of a page."""

    def __init__(self):
        super().__init__()
        self.words, self.inside = [], []

    def handle_starttag(self, tag, attrs):
        if tag in _AS_IT_IS or ("lang", "en") in attrs:
            tag, attrs = "code", ()
        if tag not in {"input", "meta", "link", "br", "img", "meter", "rect", "path", "image"}:
            self.inside.append(tag)
        self.words += [value for name, value in attrs if name in _ATTRIBUTES and value]

    def handle_endtag(self, tag):
        while self.inside and self.inside.pop() != tag:
            pass

    def handle_data(self, data):
        if not any(tag in _AS_IT_IS for tag in self.inside):
            self.words.append(data)


def latin_words(page, known):
    """The words of a page that are not Chinese and not in the list."""
    reader = VisibleText()
    reader.feed(page)
    found = {word.strip(".-") for text in reader.words for word in _LATIN.findall(text)}
    return sorted(w for w in found if w and w not in known and not _KNOWN.fullmatch(w))


@pytest.fixture
def pages_of(browser_of, review_of, repositories):
    """Every page that a person of a role may open, of a case that lies on lin's desk."""

    def opened(name):
        review_id = review_of("A-UNPROVEN")
        lin = browser_of("lin")
        lin.post(f"/cases/{review_id}/claim")
        lin.post(f"/cases/{review_id}/corrections", {"paper": 1, "field": "sex", "value": "男"})
        browser = browser_of(name)
        values = {
            "review_id": review_id,
            "application_id": "A-UNPROVEN",
            "name": "lin",
            "ref": "0" * 64,
            "number": "0",
            "round_id": repositories.cases.find("A-APPROVED")[0].round_id,
        }
        for right in RIGHTS:
            if right.method == "GET" and may(STAFF[name], "GET", right.path):
                path = right.path.format(**values)
                answer = browser.get(path)
                if answer.headers.get("content-type", "").startswith("text/html"):
                    yield path, answer.text

    return opened


@pytest.mark.parametrize("name", ["lin", "su", "he", "ops", "chen"])
def test_no_page_in_chinese_has_a_word_that_is_none(pages_of, repositories, name):
    policies = {r.policy_version for r in repositories.cases.find("A-UNPROVEN")}
    known = {*STAFF, *policies}
    found = {path: words for path, page in pages_of(name) if (words := latin_words(page, known))}
    assert found == {}
