"""The rules in force for one place and day, with the source and the line of each."""

import datetime as dt
from collections.abc import Iterator
from typing import Any, Final

from models.intake.application import Product
from models.policy.policy import Policy
from models.record import Record
from storage.policy.policies import KeyOrigins, PolicyRepository
from tasks.policy.wording import GROUPS_ZH, group_zh, key_zh, value_zh

_HEAD: Final = ("source", "effective_from", "effective_until")
_NO_RULE: Final = frozenset({*_HEAD, "sources"})


class RuleLine(Record):
    """One key of a group.

    Attributes:
        key: Dotted, inside its group.
        zh: The key in Chinese.
        value: As the file says it.
        value_zh: The same in Chinese.
        place: `file:line` of the file that says it.
        source: What that file rests on, which need not be the source of the whole group: a
            province's file may alter one key of it.
        cited: The publications behind this value, as identifiers of `sources.csv`, or "design";
            empty where the file names none.
    """

    key: str
    zh: str
    value: Any
    value_zh: str
    place: str
    source: str
    cited: str


class GroupView(Record):
    """Rules that share one source and one term."""

    group: str
    zh: str
    source: str
    effective_from: dt.date
    effective_until: dt.date | None
    place: str
    rules: tuple[RuleLine, ...]


class PolicyView(Record):
    """Everything that holds in one place on one day.

    Attributes:
        files: The place's own file first, then what it inherits from.
    """

    version: str
    region: str
    on: dt.date
    product: Product | None
    files: tuple[str, ...]
    groups: tuple[GroupView, ...]


def view_policy(
    shelf: PolicyRepository, region: str, on: dt.date, product: Product | None = None
) -> PolicyView:
    """The merged rules in force, each with where it comes from.

    Args:
        shelf: The policy files.
        region: GB/T 2260 code of the place.
        on: The day.
        product: Only what holds for this product; None shows what holds for all, and beside it
            what one product has otherwise.

    Raises:
        SettingError: No policy is in force there and then.
    """
    policy = shelf.for_case(region, on, product)
    origins = shelf.origins(region, on, product)
    return PolicyView(
        version=policy.version,
        region=region,
        on=on,
        product=product,
        files=origins.files,
        groups=(
            *_groups(policy, product, origins),
            *(() if product else _own_groups(shelf, region, on, policy)),
        ),
    )


def _own_groups(
    shelf: PolicyRepository, region: str, on: dt.date, general: Policy
) -> Iterator[GroupView]:
    """What one product has otherwise than the others, key by key."""
    usual = _sorted(general.model_dump())
    for product in Product:
        body = _sorted(shelf.for_case(region, on, product).model_dump())
        origins = shelf.origins(region, on, product)
        for name in GROUPS_ZH:
            if name == "products" or body[name] == usual[name]:
                continue
            zh = f"{group_zh(name)}·{key_zh(product.value)}"
            view = _group(name, zh, body[name], origins)
            same = dict(_leaves(usual[name]))
            yield view.model_copy(
                update={
                    "group": f"by_product.{product.value}.{name}",
                    "rules": tuple(r for r in view.rules if same.get(r.key) != r.value),
                }
            )


def _groups(policy: Policy, product: Product | None, origins: KeyOrigins) -> Iterator[GroupView]:
    body = _sorted(policy.model_dump())
    for name in GROUPS_ZH:
        if name != "products":
            yield _group(name, group_zh(name), body[name], origins)
            continue
        for offered, rules in body[name].items():
            if product in {None, Product(offered)}:
                key = f"{name}.{offered}"
                yield _group(key, f"{group_zh(name)}·{key_zh(offered)}", rules, origins)


def _group(key: str, zh: str, body: dict[str, Any], origins: KeyOrigins) -> GroupView:
    rules = {k: v for k, v in body.items() if k not in _NO_RULE}
    return GroupView(
        group=key,
        zh=zh,
        **{name: body[name] for name in _HEAD},
        place=_place(f"{key}.source", origins),
        rules=tuple(
            RuleLine(
                key=leaf,
                zh=key_zh(leaf),
                value=value,
                value_zh=value_zh(value),
                place=(place := _place(f"{key}.{leaf}", origins)),
                source=origins.sources.get((place.partition(":")[0], key), body["source"]),
                cited=_cited(body, leaf),
            )
            for leaf, value in _leaves(rules)
        ),
    )


def _cited(body: dict[str, Any], leaf: str) -> str:
    """What a group, or the term inside it, names as the publications behind a value."""
    said, _, rest = leaf.partition(".")
    inner = body.get(said)
    if isinstance(inner, list) and rest:
        number, _, last = rest.partition(".")
        term = inner[int(number)] if number.isdigit() else None
        if isinstance(term, dict) and "sources" in term:
            return _cited(term, last)
    named: dict[str, str] = body.get("sources", {})
    return named.get(said, named.get("*", ""))


def _place(key: str, origins: KeyOrigins) -> str:
    """Where a key is written; a default that no file writes has the place of what is around it."""
    while key and key not in origins.places:
        key = key.rpartition(".")[0]
    return origins.places.get(key, "")


def _leaves(body: Any, before: str = "") -> Iterator[tuple[str, Any]]:  # noqa: ANN401
    """Every value with its dotted key; empty conditions say nothing and are left out."""
    inner: dict[str, Any] = {}
    if isinstance(body, dict):
        inner = {str(k): v for k, v in body.items()}
    elif isinstance(body, list) and body and isinstance(body[0], dict):
        inner = {str(i): v for i, v in enumerate(body)}
    if not inner:
        if body not in ([], {}):
            yield before, body
        return
    for key, value in inner.items():
        if key == "sources":
            continue
        yield from _leaves(value, f"{before}.{key}" if before else key)


def _sorted(value: Any) -> Any:  # noqa: ANN401 - anything that a policy holds
    """Plain values; sets in a fixed order, so that two views can be compared."""
    if isinstance(value, dict):
        return {str(k): _sorted(v) for k, v in value.items()}
    if isinstance(value, frozenset):
        return sorted(str(v) for v in value)
    if isinstance(value, list | tuple):
        return [_sorted(v) for v in value]
    return value
