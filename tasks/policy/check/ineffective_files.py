"""Files, or what they say of places and products, that never come to be used."""

from collections.abc import Iterator
from typing import Any

from models.identity.division import Divisions
from models.policy.policy import NATIONAL
from storage.policy.policies import PolicyRepository
from storage.policy.policy_files import BY_PRODUCT, PolicyFile
from tasks.policy.check.weak_rule import WeakRule


def ineffective_file(
    policies: PolicyRepository, file: PolicyFile, divisions: Divisions
) -> Iterator[WeakRule]:
    """Why a file, or a part of it, is never used.

    Args:
        policies: This file and all others beside it; it must resolve.
        file: The file.
        divisions: The table of divisions; an empty one knows no place.
    """
    region = file.body["region"]
    if region != NATIONAL and divisions.eras and not _is_place(region, divisions):
        zh = f"区划表中没有 {region}，本文件不会用到；请核对代码。"
        en = f"no place has the code {region}, the file is never used; correct it."
        yield WeakRule(("region",), zh, en)
    serves = policies.resolve(file, file.body["effective_from"], None).jurisdiction.serves
    written = "jurisdiction" in file.body and divisions.eras
    if written and (nowhere := sorted(c for c in serves if not _is_place(c, divisions))):
        listed = " ".join(nowhere)
        zh = f"区划表中没有 {listed}；请核对代码。"
        yield WeakRule(
            ("jurisdiction", "serves"), zh, f"no place has the code {listed}; correct it."
        )
    name = file.body["name"]
    if any(f.body["name"] == name and f.body["region"] != region for f in policies.files):
        zh = "另一地区的文件也用这个名称，extends 无法区分；请改名。"
        en = "another place's file bears this name, extends cannot tell them apart; rename it."
        yield WeakRule(("name",), zh, en)
    if not file.groups() and not file.body.get("products"):
        zh = "只有文件头，没有任何规则；请补上规则或删去文件。"
        en = "holds a head and no rule; add one, or remove the file."
        yield WeakRule(("name",), zh, en)
    offered = policies.resolve(file, file.body["effective_from"], None).products
    products: dict[str, Any] = file.body.get(BY_PRODUCT) or {}
    for product in sorted(products.keys() - {one.value for one in offered}):
        zh, en = "本地没有开办这项业务，此处不起作用。", "this place does not offer it; remove one."
        yield WeakRule((BY_PRODUCT, product), zh, en)


def _is_place(region: str, divisions: Divisions) -> bool:
    return any(code.startswith(region) for code in divisions.eras)
