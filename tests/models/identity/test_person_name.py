import pytest

from models.identity.person_name import is_name, normalise_name


@pytest.mark.parametrize("dot", "・•‧·∙⋅．･.。｡-‐—˙")
def test_every_middle_dot_becomes_one(dot):
    assert normalise_name(f"买买提{dot}艾力") == "买买提·艾力"


def test_spaces_and_full_width_forms_are_folded():
    assert normalise_name(" 张　小 三\n") == "张小三"


@pytest.mark.parametrize("name", ["张三", "欧阳小三", "买买提·艾力", "沈䶮", "𬱖宇"])
def test_a_name_is_two_characters_or_more_of_han(name):
    assert is_name(normalise_name(name))


@pytest.mark.parametrize("name", ["", "张", "张1", "Zhang San", "张三!", "张" * 51])
def test_anything_else_is_no_name(name):
    assert not is_name(normalise_name(name))
