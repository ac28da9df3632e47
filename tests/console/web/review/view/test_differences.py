"""What of two texts differs, character by character."""

import pytest

from console.web.review.view.differences import mark_differences


@pytest.mark.parametrize(
    ("text", "against", "marked"),
    [
        ("贾曈宁", "贾瞳宁", "贾[曈]宁"),
        ("110105199001010011", "110105199001070011", "1101051990010[1]0011"),
        ("欧阳小满", "欧阳满", "欧阳[小]满"),
        ("欧阳满", "欧阳小满", "欧阳满"),
        ("李四", "王五", "[李四]"),
        ("李四", "李四", "李四"),
        ("李四", "", "李四"),
        ("", "李四", ""),
    ],
)
def test_what_the_other_text_has_not_is_marked(text, against, marked):
    parts = mark_differences(text, against)
    assert "".join(f"[{p.text}]" if p.differs else p.text for p in parts) == marked
