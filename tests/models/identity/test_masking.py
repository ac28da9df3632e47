import pytest

from models.identity.masking import mask_field


@pytest.mark.parametrize(
    ("field", "value", "shown"),
    [
        ("id_number", "11010519491231002X", "110105********002X"),
        ("mother_id_number", "11010519491231002X", "110105********002X"),
        ("member.id_number", "11010519491231002X", "110105********002X"),
        ("name", "张小三", "张*三"),
        ("name", "张三", "张*"),
        ("name", "张", "*"),
        ("newborn_name", "欧阳小三", "欧**三"),
        ("applicant.name", "买买提·艾力", "买*****"),
        ("certificate_number", "T330012345", "T33*****45"),
        ("household_number", "330102001234", "330*******34"),
        ("member.identity_document.number", "E12345678", "E12****78"),
        ("change", "姓名变更为张小三", None),
        ("address", "浙江省杭州市上城区解放路1号", "浙江省杭州市上城区****"),
        ("birth_date", "1990-03-07", "1990-**-**"),
        ("birth_time", "2019-01-17T03:31", "2019-**-**"),
        ("relation_to_householder", "长女", "长女"),
        ("valid_until", "2030-05-12", "2030-05-12"),
    ],
)
def test_a_value_is_masked_by_its_field(field, value, shown):
    assert mask_field(field, value) == shown


def test_nothing_stays_nothing():
    assert mask_field("name", None) is None


@pytest.mark.parametrize("number", ["1", "123", "12345", "330102880312101", "1" * 40])
def test_a_number_of_any_length_loses_its_middle(number):
    assert number not in (mask_field("id_number", number) or "")
