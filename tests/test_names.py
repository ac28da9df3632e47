"""One word for one thing: public classes, and the glossary."""

import re
from collections import defaultdict
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PRODUCT = ("console", "flows", "kinbind", "models", "storage", "tasks", "specimens")
GLOSSARY = (ROOT / "docs" / "glossary.md").read_text()

_GENERAL = """
agreement ambiguity applications archive assumption at authorization bands bar batch bearer bench
bindings booklets box calibration call catalogue cell certificate channel check claims class client
cohort coloured column composed consent content context count counts county crop cut decision
declared dice divisions documents dossier draft eligibility end ends engine entry era error event
exhibit explanation face facts failure family fault field files filter filters flaw flip folder
form format giver glyph group guess hand head headers history hit identity in inbox incapacity ink
input insured interval involvement job keyring kind label labelled labels language layout left level
limit limits line lineage lines list log marks marriage measures message middleware moment month
name names node notarial note objection observation offer on only opened order origins outline pace
page pages pair part parts patch pen people permit person photo photos place plan plausibility
portion ports press problem process proof proofs prose publication queries query range rate readers
readings reason recheck recognised record redirect refusal register registration replay report
repository request reservation resubmission result right role row rule rules scene scope score seal
search sender sentence sentences session set settings severity share sheet shot signal signer signs
similarity situation sort source span spec split stage stages state statement step store style
subject supervisor tab table tag tally template term text thresholds tie tier timeline tint trait
tree type typeface unbinding unevenness upload uploads use value values variant version view weight
withdrawal witness witnesses wording words world written
"""
GENERAL_NOUNS = frozenset(_GENERAL.split())
"""Words that need no entry in the glossary; a new noun of the field gets one there instead."""


_CLASS = re.compile(r"^ *class ([A-Z]\w*)[(:\[]", re.MULTILINE)
"""Found as text: to parse a thousand modules takes forty times as long."""


def public_classes(*packages):
    """Name of each public class to the files that define it."""
    classes = defaultdict(list)
    for package in packages:
        for path in sorted((ROOT / package).rglob("*.py")):
            for name in _CLASS.findall(path.read_text()):
                classes[name].append(str(path.relative_to(ROOT)))
    return classes


def terms():
    """The terms of the glossary, each by itself."""
    rows = [line.split("|")[1] for line in GLOSSARY.splitlines() if line.startswith("| ")]
    return [term.strip() for row in rows[1:] for term in row.split(",")]


def words_of(name):
    """`ApiKeyRow` is api, key, row."""
    parts = re.findall(r"[A-Z]+(?=[A-Z][a-z])|[A-Z][a-z0-9]*|[A-Z]+", name)
    return [part.lower() for part in parts]


def test_no_two_public_classes_have_one_name():
    twice = {
        name: files
        for name, files in public_classes(*PRODUCT, "benchmarks").items()
        if len(files) > 1
    }
    assert twice == {}


def test_the_noun_of_every_public_class_is_in_the_glossary_or_a_general_one():
    known = {word for term in terms() for word in term.lower().split()} | GENERAL_NOUNS
    unknown = {
        name: files
        for name, files in public_classes(*PRODUCT).items()
        if not {words_of(name)[-1], words_of(name)[-1].removesuffix("s")} & known
    }
    assert unknown == {}, "give the noun a row in docs/glossary.md, or choose one that has it"


@pytest.fixture(scope="module")
def everything_written():
    """Code and documents but the glossary, in lower case, words apart."""
    files = [path for package in PRODUCT for path in (ROOT / package).rglob("*.py")]
    files += [path for path in (ROOT / "docs").rglob("*.md") if path.name != "glossary.md"]
    text = " ".join(path.read_text() for path in files)
    return re.sub(r"[_\s-]+", " ", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text)).lower()


def test_every_term_of_the_glossary_is_used(everything_written):
    unused = [
        term
        for term in terms()
        if not re.search(rf"\b{re.escape(term.lower().replace('-', ' '))}", everything_written)
    ]
    assert unused == []
