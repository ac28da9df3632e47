"""Tables with headings above their values, and forms that look a little like them."""

from tasks.reading.layout.pair_values import pair_values
from tasks.reading.layout.split_labels import SplitText
from tests.tasks.reading.layout.pieces import label, value

HEADINGS = (("name", "参保人姓名", 90), ("id_number", "证件号码", 400), ("region", "参保地", 700))
PRINTED = ("郭芃", "411381198506041474", "河南省邓州市")


def table(rise):
    """Two rows of three columns on a sheet whose right side rises by `rise` heights a column."""
    labels, values = [], []
    for i, ((key, words, left), text) in enumerate(zip(HEADINGS, PRINTED, strict=True)):
        middle = 500 - i * rise * 30
        labels.append(label(key, words, left, middle, 30.0))
        values.append(value(text, left - 4, middle + 40, 30.0, width=140))
    return SplitText(tuple(labels), tuple(values))


def texts(split):
    return {e.label.key: e.text for e in pair_values(split, frozenset()).entries}


def test_each_column_keeps_its_value_on_a_level_and_on_a_rising_sheet():
    """On a rising one the last value lies as high as the first heading, and was taken for its."""
    for rise in (-0.6, -0.3, 0.0, 0.3, 0.6):
        assert texts(table(rise)) == dict(zip((h[0] for h in HEADINGS), PRINTED, strict=True)), rise


def test_a_column_without_a_value_leaves_the_others_theirs():
    split = table(0.3)
    found = texts(SplitText(split.labels, split.values[::2]))
    assert found == {"name": "郭芃", "id_number": "", "region": "河南省邓州市"}


def test_a_form_with_values_beside_its_labels_is_no_table():
    """The second line of an address begins under its label; nothing else does."""
    labels = (label("name", "姓名", 100, 500), label("sex", "性别", 600, 500))
    values = (value("郭芃", 260, 500), value("男", 760, 500), value("之一", 105, 575))
    split = SplitText((*labels, label("address", "住址", 100, 650)), values)
    assert texts(split) == {"name": "郭芃", "sex": "男", "address": ""}
