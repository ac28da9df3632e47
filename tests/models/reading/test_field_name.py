import pytest

from models.reading.document import FIELDS
from models.reading.field_name import field_zh


@pytest.mark.parametrize("name", sorted({name for names in FIELDS.values() for name in names}))
def test_every_field_that_is_read_has_a_chinese_name(name: str) -> None:
    assert not field_zh(name).isascii()


def test_a_spouses_field_carries_the_spouses_number() -> None:
    assert field_zh("spouse2_birth_date") == "出生日期（2）"


def test_an_unknown_name_is_left_as_it_is() -> None:
    assert field_zh("colour_of_cover") == "colour_of_cover"
