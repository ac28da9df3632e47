"""Whether exactly one rule holds for every day: nothing twice, no day without one."""

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise
from typing import Any, Final

from models.errors import SettingError
from models.intake.application import Product
from models.policy.policy import NATIONAL, Rules
from models.policy.policy_fault import FaultLevel, PolicyFault, PolicyFileError
from storage.policy.policies import PolicyRepository
from storage.policy.policy_files import PolicyFile

_DAY: Final = dt.timedelta(days=1)
_ASKED: Final = (None, *Product)


def succession_faults(shelf: PolicyRepository, checked: Sequence[PolicyFile]) -> list[PolicyFault]:
    """Overlaps and gaps that concern some files.

    Args:
        shelf: These files and all others that lie beside them.
        checked: The files that are asked about.
    """
    faults = [
        *_same_first_day(shelf, checked),
        *_doubled_terms(checked),
        *_overlapping_terms(checked),
    ]
    for file in checked:
        faults += _after_the_end(shelf, file)
        for day in change_days(shelf, file):
            faults += _on_a_day(shelf, file, day)
    return list(dict.fromkeys(faults))


def change_days(shelf: PolicyRepository, file: PolicyFile) -> list[dt.date]:
    """The days within a file's term on which something may begin to hold or have ended."""
    days: set[dt.date] = {file.body["effective_from"]}
    for one in shelf.files:
        days |= _days_in(one.body)
    return sorted(day for day in days if file.in_force(day))


def _days_in(said: Any) -> set[dt.date]:  # noqa: ANN401 - anything that a file holds
    """Every first day in something, and the day after every last one."""
    if isinstance(said, list):
        return set().union(*(_days_in(one) for one in said))
    if not isinstance(said, dict):
        return set()
    days = set().union(*(_days_in(one) for one in said.values()))
    for key in ("effective_from", "first_day"):
        days |= {said[key]} if isinstance(said.get(key), dt.date) else set()
    for key in ("effective_until", "last_day"):
        days |= {said[key] + _DAY} if isinstance(said.get(key), dt.date) else set()
    return days


def _same_first_day(
    shelf: PolicyRepository, checked: Sequence[PolicyFile]
) -> Iterator[PolicyFault]:
    for one, other in combinations(shelf.files, 2):
        same_place = one.body["region"] == other.body["region"]
        same_name = one.body["name"] == other.body["name"]
        same_day = one.body["effective_from"] == other.body["effective_from"]
        if not (same_day and (same_place or same_name)) or not {one.path, other.path} & {
            f.path for f in checked
        }:
            continue
        key = "region" if same_place else "name"
        there = f"{one.path.name}:{one.line((key,))}"
        zh = (
            f"与 {there} 的{'地区' if same_place else '名称'}和起始日相同，无法分辨以哪份为准；"
            "请改其中一份的 effective_from，或合并为一份。"
        )
        en = (
            f"has the same {key} and first day as {there}: which one holds is not said;"
            " change effective_from of one, or make one file of both."
        )
        yield _fault(other, (key,), zh, en)


def _overlapping_terms(checked: Sequence[PolicyFile]) -> Iterator[PolicyFault]:
    """Terms whose last day lies behind the first day of the next one, which holds from there."""
    for file in checked:
        terms: dict[tuple[str, ...], list[tuple[tuple[str, ...], dict[str, Any]]]] = {}
        for path, said in file.groups():
            if path[-1].isdigit():
                terms.setdefault(path[:-1], []).append((path, said))
        for written in terms.values():
            ordered = sorted(written, key=lambda term: term[1]["effective_from"])
            for (path, one), (_, other) in pairwise(ordered):
                until, begins = one.get("effective_until"), other["effective_from"]
                if until is None or until < begins or one["effective_from"] == begins:
                    continue
                zh = f"截止日 {until} 晚于下一段的起始日 {begins}，两段重叠；请改其中一个日子。"
                en = f"ends on {until}, after the next term began on {begins}; correct one day."
                yield _fault(file, (*path, "effective_until"), zh, en, FaultLevel.WEAK)


def _doubled_terms(checked: Sequence[PolicyFile]) -> Iterator[PolicyFault]:
    for file in checked:
        seen: set[tuple[Any, ...]] = set()
        for path, said in file.groups():
            if not path[-1].isdigit():
                continue
            term = (*path[:-1], said["effective_from"])
            if term in seen:
                zh = "同一组有两段从同一天开始，请改正起始日。"
                en = "two terms of one group begin on the same day; correct one."
                yield _fault(file, (*path, "effective_from"), zh, en)
            seen.add(term)


def _after_the_end(shelf: PolicyRepository, file: PolicyFile) -> Iterator[PolicyFault]:
    """A file that ends must have a successor; without one a place falls back to the country's."""
    until = file.body.get("effective_until")
    if until is None:
        return
    after = until + _DAY
    place = file.body["region"]
    if any(f.body["region"] == place and f.in_force(after) for f in shelf.files):
        return
    country = any(f.body["region"] == NATIONAL and f.in_force(after) for f in shelf.files)
    level = FaultLevel.WEAK if country and place != NATIONAL else FaultLevel.WRONG
    zh = f"自 {after} 起本地没有接续的文件" + (
        "，将按全国规则办理；如非本意，请补充文件。"
        if level is FaultLevel.WEAK
        else "，也没有全国规则；请补充文件或改 effective_until。"
    )
    en = f"from {after} on this place has no file" + (
        " and follows the country's rules; add one if that is not meant."
        if level is FaultLevel.WEAK
        else ", nor has the country; add one, or move effective_until."
    )
    yield _fault(file, ("effective_until",), zh, en, level)


def _on_a_day(shelf: PolicyRepository, file: PolicyFile, day: dt.date) -> Iterator[PolicyFault]:
    for product in _ASKED:
        try:
            rules = shelf.resolve(file, day, product)
        except PolicyFileError as error:
            yield from error.faults
        except SettingError as error:
            yield _fault(file, (), str(error), "")
        else:
            if product is None:
                yield from _offers_on(shelf, file, day, rules)
                yield from _texts_on(shelf, file, day, rules)


def _offers_on(
    shelf: PolicyRepository, file: PolicyFile, day: dt.date, rules: Rules
) -> Iterator[PolicyFault]:
    for product, offer in rules.products.items():
        where = ("products", product.value)
        if not offer.in_force(day):
            ended = offer.effective_until is not None and offer.effective_until < day
            zh = f"自 {day} 起不再开办 {product.value}，申请都会因 A01 退回；请续期或说明。"
            en = f"from {day} on {product.value} is not offered, all return with A01; prolong it."
            if not ended:
                zh = f"{day} 时 {product.value} 尚未开办，而文件已生效；请核对起始日。"
                en = f"on {day} {product.value} is not offered yet, the file holds; compare days."
            yield _placed(shelf, file, day, (*where, "effective_until"), zh, en, FaultLevel.WEAK)
        elif not any(term.in_force(day) for term in offer.eligible):
            zh = f"{day} 没有任何可绑定的亲属，申请都会因 R01 被拒；请给 eligible 续写一段。"
            en = f"on {day} nobody is eligible, all are rejected with R01; add a term to eligible."
            yield _placed(shelf, file, day, (*where, "eligible"), zh, en)


def _texts_on(
    shelf: PolicyRepository, file: PolicyFile, day: dt.date, rules: Rules
) -> Iterator[PolicyFault]:
    listed = {text.kind for text in rules.consents.versions}
    current = {text.kind for text in rules.consents.versions if text.in_force(day)}
    begun = {text.kind for text in rules.consents.versions if text.first_day <= day}
    for kind in sorted((listed & begun) - current):
        zh = f"{day} 起 {kind.value} 没有可用的文本版本，申请都会因 C01 等退回；请补充一个版本。"
        en = f"from {day} on no version of {kind.value} can be agreed to; add one."
        yield _placed(shelf, file, day, ("consents", "versions"), zh, en)


def _placed(
    shelf: PolicyRepository,
    file: PolicyFile,
    day: dt.date,
    where: tuple[str, ...],
    zh: str,
    en: str,
    level: FaultLevel = FaultLevel.WRONG,
) -> PolicyFault:
    name, line = shelf.place(file, day, where)
    return PolicyFault(file=name, line=line, key=".".join(where), level=level, zh=zh, en=en)


def _fault(
    file: PolicyFile,
    where: tuple[str, ...],
    zh: str,
    en: str,
    level: FaultLevel = FaultLevel.WRONG,
) -> PolicyFault:
    line = file.line(where)
    key = ".".join(where)
    return PolicyFault(file=file.path.name, line=line, key=key, level=level, zh=zh, en=en)
