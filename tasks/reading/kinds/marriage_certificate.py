"""The marriage certificate (结婚证): its own data, and both people under the same labels.

Nothing on it says who is the first: the spouses are numbered as they stand, from above or left.
"""

import re
import unicodedata
from typing import Final

from tasks.reading.kinds.make_field import Fields, read_field
from tasks.reading.layout import normalise_values as values
from tasks.reading.layout.further_lexicons import MARRIAGE_CERTIFICATE
from tasks.reading.layout.labels import split_labels
from tasks.reading.layout.normalise_values import Normaliser
from tasks.reading.layout.pair_values import LabelledValue, LabelledValues, allot
from tasks.reading.layout.text_spans import TextSpan

SPOUSES: Final = ("spouse1", "spouse2")
_PERSONAL: Final[tuple[tuple[str, Normaliser], ...]] = (
    ("name", values.name),
    ("sex", values.sex),
    ("birth_date", values.date),
    ("id_number", values.id_number),
)
_WHOLE: Final = re.compile(r"[A-Z]{0,2}\d{6}-\d{4}-\d{6}")
_DASHES: Final = re.compile(r"[-‐‑–—―一_~]+")


def read_fields(strips: tuple[TextSpan, ...]) -> Fields:
    """Holder, date and number of the certificate, then what is said of each spouse."""
    form = allot(split_labels(strips, MARRIAGE_CERTIFICATE), frozenset())
    fields = {
        "holder_name": read_field(form.first("holder_name"), values.name),
        "registration_date": read_field(form.first("registration_date"), values.date),
        "certificate_number": read_field(form.first("certificate_number"), certificate_number),
    }
    owned = {key: _by_spouse(form, key) for key, _ in _PERSONAL}
    for number, spouse in enumerate(SPOUSES):
        for key, normalise in _PERSONAL:
            fields[f"{spouse}_{key}"] = read_field(owned[key][number], normalise)
    return fields


def certificate_number(text: str) -> str | None:
    """结婚证字号 as printed, with plain hyphens: J110101-2017-000123."""
    value = unicodedata.normalize("NFKC", values.squeeze(text)).upper()
    value = _DASHES.sub("-", re.sub(r"\s", "", value))
    whole = _WHOLE.match(value)  # a seal's words may stand behind it
    if whole:
        return whole[0]
    return value if sum(c.isdigit() for c in value) >= 4 else None


def _by_spouse(form: LabelledValues, key: str) -> tuple[LabelledValue | None, LabelledValue | None]:
    """The entries of a label, one for each spouse; None for one that was not found."""
    anchors = sorted(form.all("name"), key=lambda e: (e.label.box.middle, e.label.box.left))[:2]
    entries = form.all(key)
    if len(anchors) < 2:
        both = (*entries[:2], None, None)
        return both[0], both[1]
    one, other = anchors[0].label.box, anchors[1].label.box
    abreast = abs(one.middle - other.middle) < 1.5 * max(one.height, other.height)
    first, second = (one, other) if not abreast or one.left < other.left else (other, one)
    owned: list[list[LabelledValue]] = [[], []]
    for entry in entries:
        box = entry.label.box
        if abreast:
            late = box.left > (first.right + second.left) / 2
        else:
            late = box.middle > second.middle - 0.8 * box.height
        owned[int(late)].append(entry)
    return _best(owned[0]), _best(owned[1])


def _best(entries: list[LabelledValue]) -> LabelledValue | None:
    """The one that carries a value, where there are several."""
    return next((e for e in entries if e.strips), entries[0] if entries else None)
