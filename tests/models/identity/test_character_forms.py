"""Traditional and simplified forms of one character."""

import pytest

from models.identity.character_forms import _SIMPLIFIED, simplified


def in_common_use(character):
    """Whether it is one of GB 2312's, which holds the simplified forms and not the others."""
    try:
        return bool(character.encode("gb2312"))
    except UnicodeEncodeError:
        return False


def test_every_pair_leads_from_a_form_outside_common_use_to_one_within():
    assert len(_SIMPLIFIED) > 300
    assert [t for t in _SIMPLIFIED if in_common_use(t)] == []
    assert [s for s in _SIMPLIFIED.values() if not in_common_use(s)] == []


@pytest.mark.parametrize("text", ["范后钟叶云宁范", "龑喆赟", "ABC·12", ""])
def test_what_has_no_other_form_stays(text):
    assert simplified(text) == text


def test_names_of_either_form_come_out_alike():
    assert simplified("陳麗華") == simplified("陈丽华") == "陈丽华"
