"""The specifications of kinds agree with the vocabulary and with themselves."""

import pytest

from models.reading.document import FIELDS, DocumentKind
from tasks.reading.kinds.registry import READ_KINDS, SPECS
from tasks.reading.kinds.spec import NOTHING, SkippedText


def test_every_kind_has_one_specification_and_every_read_kind_its_fields():
    assert set(SPECS) == set(DocumentKind)
    assert all(kind is spec.kind for kind, spec in SPECS.items())
    kinds = [spec.kind for spec in READ_KINDS]
    assert len(kinds) == len(set(kinds))
    assert set(kinds) == set(FIELDS)


@pytest.mark.parametrize("spec", READ_KINDS, ids=lambda spec: spec.kind.value)
def test_a_kind_that_is_read_has_cues_and_exactly_one_reader(spec):
    assert spec.cues
    assert spec.exact_cues <= set(spec.cues)
    assert (spec.read_form is None) != (spec.read_page is None)


@pytest.mark.parametrize(
    "spec", [s for s in READ_KINDS if s.read_form], ids=lambda spec: spec.kind.value
)
def test_what_a_form_s_specification_names_are_labels_that_it_prints(spec):
    skipped = spec.skipped or SkippedText(NOTHING)
    named = {
        *spec.several_lines,
        *spec.reread,
        *(*skipped.rows, *skipped.row_ends, *skipped.values),
        *(key for key in (skipped.lowest, skipped.foot) if key),
    }
    if spec.whole_paper:
        named |= spec.whole_paper.one_of | spec.whole_paper.others | spec.whole_paper.beside_another
    assert named <= set(spec.labels)
