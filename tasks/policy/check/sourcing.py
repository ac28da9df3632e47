"""Whether every value says where it comes from, and whether that binds already on its first day."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from models.policy.policy_fault import FaultLevel, PolicyFault
from models.policy.publication import DESIGN, Publication
from storage.policy.policy_files import PolicyFile
from storage.policy.publications import SOURCES_FILE
from storage.policy.refusal_words import near_miss

_NO_VALUE: Final = frozenset({"source", "sources", "effective_from", "effective_until"})
_REST: Final = "*"
_ZH: Final = {"address": "网址", "date": "日期", "number": "文号"}


def sourcing_faults(
    checked: Sequence[PolicyFile], known: Mapping[str, Publication]
) -> list[PolicyFault]:
    """What an auditor would ask about the sources of some files.

    Args:
        checked: The files.
        known: The publications of the table beside them.
    """
    faults: list[PolicyFault] = []
    cited: set[str] = set()
    for file in checked:
        for path, said in (*file.groups(), *_offers(file)):
            faults += _of_group(file, path, said, known)
            cited |= {one for value in _cited(said).values() for one in value}
    return [*faults, *_incomplete(cited, known)]


def _offers(file: PolicyFile) -> Iterator[tuple[tuple[str, ...], dict[str, Any]]]:
    """The products and their terms of eligibility, which have sources of their own."""
    products = file.body.get("products")
    for name, offer in (products if isinstance(products, dict) else {}).items():
        if isinstance(offer, dict) and isinstance(offer.get("effective_from"), dt.date):
            yield ("products", name), {k: v for k, v in offer.items() if k != "eligible"}
            for number, term in enumerate(offer.get("eligible") or ()):
                if isinstance(term, dict) and isinstance(term.get("effective_from"), dt.date):
                    yield ("products", name, "eligible", str(number)), term


def _cited(said: Mapping[str, Any]) -> dict[str, list[str]]:
    sources = said.get("sources")
    pairs = sources.items() if isinstance(sources, dict) else ()
    return {str(key): str(value).split() for key, value in pairs}


def _of_group(
    file: PolicyFile,
    path: tuple[str, ...],
    said: Mapping[str, Any],
    known: Mapping[str, Publication],
) -> Iterator[PolicyFault]:
    cited, keys = _cited(said), [key for key in said if key not in _NO_VALUE]
    bare = [key for key in keys if key not in cited and _REST not in cited]
    if bare:
        zh = (
            f"{'、'.join(bare)} 没有注明出处；"
            f"请在本组 sources 中写明 {SOURCES_FILE} 的编号或 design。"
        )
        en = (
            f"{', '.join(bare)}: no source of their own; name an id of {SOURCES_FILE}, or design,"
            " under sources."
        )
        yield _fault(file, path, FaultLevel.WEAK, zh, en)
    for key, ids in cited.items():
        where = (*path, "sources", key)
        if key != _REST and key not in said and keys:
            zh, en = "本组没有这一项，请删去。", "the group has no such key; take it out."
            yield _fault(file, where, FaultLevel.WEAK, zh, en)
        for one in ids:
            if one != DESIGN and one not in known:
                near = near_miss(one, {*known, DESIGN})
                zh = f"{SOURCES_FILE} 中没有 {one}" + (
                    f"；是否应为 {near}？" if near else "，请补上。"
                )
                en = f"{SOURCES_FILE} has no {one}" + (
                    f"; did you mean {near}?" if near else "; add it."
                )
                yield _fault(file, where, FaultLevel.WRONG, zh, en)
    yield from _too_early(file, path, said, known)


def _too_early(
    file: PolicyFile,
    path: tuple[str, ...],
    said: Mapping[str, Any],
    known: Mapping[str, Publication],
) -> Iterator[PolicyFault]:
    """Rules that are said to bind before the publication does on which they rest."""
    first = said["effective_from"]
    text = str(said.get("source", ""))
    ids = {one for value in _cited(said).values() for one in value}
    for one in known.values():
        named = one.source_id in ids or (len(one.title) >= 5 and one.title in text)
        if named and one.in_force is not None and one.in_force > first:
            zh = (
                f"自 {first} 起的规则引用了 {one.in_force} 才施行的《{one.title}》；"
                f"请把 {one.in_force} 起的部分另写一段，之前注明 design 或当时的依据。"
            )
            en = (
                f"binds from {first} on, and rests on {one.source_id}, in force from"
                f" {one.in_force} on; give it a term of its own from that day."
            )
            yield _fault(file, (*path, "effective_from"), FaultLevel.WEAK, zh, en)


def _incomplete(cited: set[str], known: Mapping[str, Publication]) -> Iterator[PolicyFault]:
    """Publications whose address, date or number is not stated, or that nobody has verified."""
    for one in known.values():
        if one.source_id not in cited:
            continue
        if one.lacks and one.verified:
            what = "、".join(_ZH[name] for name in one.lacks)
            zh = f"标为已核实，但缺少{what}；请补上，或把 verified 改为 no。"
            en = f"is marked verified and lacks {', '.join(one.lacks)}; add it, or say no."
            yield _listed(one, FaultLevel.WEAK, zh, en)
        elif not one.verified:
            lacks = "、".join(_ZH[name] for name in one.lacks)
            zh = f"尚未对照发布机关原文核实{f'，且缺少{lacks}' if lacks else ''}。"
            en = f"not yet held against the issuer's own text{_lacking(one)}."
            yield _listed(one, FaultLevel.NOTE, zh, en)


def _lacking(one: Publication) -> str:
    return f"; lacks {', '.join(one.lacks)}" if one.lacks else ""


def _listed(one: Publication, level: FaultLevel, zh: str, en: str) -> PolicyFault:
    return PolicyFault(
        file=SOURCES_FILE, line=one.line, key=one.source_id, level=level, zh=zh, en=en
    )


def _fault(
    file: PolicyFile, where: tuple[str, ...], level: FaultLevel, zh: str, en: str
) -> PolicyFault:
    line, key = file.line(where), ".".join(where)
    return PolicyFault(file=file.path.name, line=line, key=key, level=level, zh=zh, en=en)
