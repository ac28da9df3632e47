"""The emblem side of an identity card from lines written by hand."""

import pytest

from models.reading.document import DocumentKind as K


@pytest.mark.parametrize(
    ("term", "until", "long_term"),
    [("2010.05.12-2030.05.12", "2030-05-12", False), ("2010.05.12-长期", None, True)],
)
def test_the_emblem_side_gives_authority_and_term(fields_of, term, until, long_term):
    fields = fields_of(
        K.ID_CARD_EMBLEM,
        (300, 80, "中华人民共和国"), (300, 180, "居民身份证"),
        (200, 450, "签发机关"), (400, 450, "杭州市公安局西湖分局"),
        (200, 530, "有效期限"), (400, 530, term),
    )  # fmt: skip
    assert fields["issuing_authority"].value == "杭州市公安局西湖分局"
    assert fields["valid_from"].value == "2010-05-12"
    assert fields["valid_until"].value == until
    assert fields["valid_until"].long_term is long_term
    assert fields["valid_until"].confidence > 0.9
