"""The marriage certificate (结婚证): its own data, and both people under the same labels.

Nothing on it says who is the first: the spouses are numbered as they stand, from above or left.
"""

import re
import unicodedata
from collections.abc import Iterable
from types import MappingProxyType
from typing import Final

from models.reading.document import DocumentKind
from tasks.reading.engines.text_lines import TextSpan
from tasks.reading.image.geometry import Box
from tasks.reading.kinds.spec import KindSpec, RequiredLabels
from tasks.reading.layout import normalise_values as values
from tasks.reading.layout.find_labels import label_words
from tasks.reading.layout.normalise_values import Normaliser
from tasks.reading.layout.pair_values import LabelledValue, LabelledValues, pair_values
from tasks.reading.layout.read_field import Fields, read_field
from tasks.reading.layout.split_labels import split_labels

LABELS: Final = label_words(
    holder_name="持证人",
    registration_date="登记日期 结婚登记日期 发证日期 登记时间",
    certificate_number="结婚证字号 结婚证号 证件字号 结婚证编号 字号",
    note="备注",
    name="姓名",
    sex="性别",
    nationality="国籍",
    birth_date="出生日期 出生年月日 出生年月",
    id_number="身份证件号码 身份证件号 身份证号码 身份证号 公民身份号码 证件号码",
    office="登记机关 发证机关 婚姻登记机关",
    registrar="婚姻登记员 登记员",
    title="结婚证 中华人民共和国",
    seal="婚姻登记专用章 结婚登记专用章 登记专用章",
)
"""The labels with their wordings; a key that is no field only separates."""
CUES: Final = MappingProxyType(
    {
        "结婚证": 3.0, "结婚证字号": 3.0, "持证人": 2.0, "结婚登记": 2.0, "登记日期": 0.5,
        "自愿结婚": 2.5, "结婚申请": 2.5, "婚姻登记员": 1.5, "婚姻登记": 1.0, "国籍": 0.3,
        "身份证件号": 1.0, "发给此证": 0.7,
    }
)  # fmt: skip
"""How much each word speaks for this kind."""
SPOUSES: Final = ("spouse1", "spouse2")
_PERSONAL: Final[tuple[tuple[str, Normaliser], ...]] = (
    ("name", values.name),
    ("sex", values.sex),
    ("birth_date", values.date),
    ("id_number", values.id_number),
)
_OWN: Final = frozenset({"holder_name", "certificate_number"})
"""Labels that no other paper bears. The foot of a hukou page prints 登记日期 too: with one spouse's
block below it that would make a certificate of its own."""
_OF_EACH: Final = frozenset({"name", "sex", "nationality", "birth_date", "id_number"})
"""Labels that stand there for each of the two."""
_WHOLE: Final = re.compile(r"[A-Z]{0,2}\d{6}-\d{4}-\d{6}")
_DASHES: Final = re.compile(r"[-‐‑–—―一_~]+")


def read_fields(spans: tuple[TextSpan, ...]) -> Fields:
    """Holder, date and number of the certificate, then what is said of each spouse."""
    form = pair_values(split_labels(spans, LABELS), frozenset())
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
    entries = form.all(key)
    heads = sorted(form.all("name"), key=lambda e: (e.label.box.middle, e.label.box.left))[:2]
    feet = form.all("id_number")[:2]
    if len(heads) == 2:
        return _shared(entries, heads[0].label.box, heads[1].label.box, from_head=True)
    if len(feet) == 2:  # a name is cut off or covered, and the other is nobody else's
        return _shared(entries, feet[0].label.box, feet[1].label.box, from_head=False)
    both = (*entries[:2], None, None)
    return both[0], both[1]


def _shared(
    entries: Iterable[LabelledValue], one: Box, other: Box, *, from_head: bool
) -> tuple[LabelledValue | None, LabelledValue | None]:
    """The entries of a label for each of two people, whose parts these boxes begin or end."""
    abreast = abs(one.middle - other.middle) < 1.5 * max(one.height, other.height)
    first, second = (one, other) if not abreast or one.left < other.left else (other, one)
    owned: list[list[LabelledValue]] = [[], []]
    for entry in entries:
        box = entry.label.box
        if abreast:
            late = box.left > (first.right + second.left) / 2
        elif from_head:
            late = box.middle > second.middle - 0.8 * box.height
        else:
            late = box.middle > first.middle + 0.8 * box.height
        owned[int(late)].append(entry)
    return _best(owned[0]), _best(owned[1])


def _best(entries: list[LabelledValue]) -> LabelledValue | None:
    """The one that carries a value, where there are several."""
    return next((e for e in entries if e.spans), entries[0] if entries else None)


SPEC: Final = KindSpec(
    kind=DocumentKind.MARRIAGE_CERTIFICATE,
    cues=CUES,
    exact_cues=frozenset({"结婚证字号", "结婚登记", "自愿结婚", "结婚申请", "婚姻登记"}),
    must_show=re.compile("结婚"),
    labels=LABELS,
    read_page=read_fields,
    repeated_labels=_OF_EACH,
    whole_paper=RequiredLabels(
        _OWN,
        _OWN
        | {"registration_date", "name", "nationality", "birth_date", "id_number"}
        | {"office", "registrar"},
        3,
        of_each_of_two=_OF_EACH,
    ),
    original_only=True,
    pictures_among_text=True,
)
