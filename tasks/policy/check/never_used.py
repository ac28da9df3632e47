"""Entries of ordered lists that are never reached, since an earlier one fits all their cases."""

from collections.abc import Iterator, Sequence
from itertools import combinations

from models.faces.face_thresholds import BandRule
from models.policy.policy import Rules
from models.policy.proof_rules import ProofSet, TieBar
from models.policy.rule_group import AgeGroup
from tasks.policy.check.weak_rule import WeakRule


def sets_never_used(sets: Sequence[ProofSet]) -> Iterator[WeakRule]:
    """Age groups without a set of papers, sets that ask for none, and sets never reached."""
    if lacking := [group for group in AgeGroup if all(s.age_group is not group for s in sets)]:
        listed = "、".join(lacking)
        yield WeakRule(
            ("evidence", "sets"),
            f"没有适用于 {listed} 的材料组，其申请全部转人工；请补上。",
            f"no set is for {', '.join(lacking)}, every such case goes to a person; add one.",
        )
    for number, said in enumerate(sets, 1):
        if not said.all_of and not said.one_set_of:
            yield WeakRule(
                ("evidence", "sets", str(number - 1)),
                f"第{number}组没有要求任何材料；请写明 all_of 或 one_set_of。",
                f"set {number} asks for no paper; state all_of or one_set_of.",
            )
    for one, other in combinations(range(len(sets)), 2):
        if _covers_set(sets[one], sets[other]):
            yield WeakRule(
                ("evidence", "sets", str(other)),
                f"第{other + 1}组永远用不到：第{one + 1}组已包含它的全部情形；请调整顺序或条件。",
                f"set {other + 1} is never used: set {one + 1} fits all its cases; reorder them.",
            )


def _covers_set(one: ProofSet, other: ProofSet) -> bool:
    return one.age_group is other.age_group and all(
        not mine or (theirs and mine >= theirs)
        for mine, theirs in (
            (one.products, other.products),
            (one.binding_methods, other.binding_methods),
            (one.routes, other.routes),
            (one.channels, other.channels),
        )
    )


def tie_bars_never_used(rules: Rules) -> Iterator[WeakRule]:
    """Bars without the rule that asks for them, the rule without bars, and bars never reached."""
    by_ties, bars = rules.evidence.unnumbered_pages == "ties", rules.evidence.tie_bars
    if bars and not by_ties:
        yield WeakRule(
            ("evidence", "tie_bars"),
            "unnumbered_pages 不是 ties，此项不起作用；请一并设置。",
            "does nothing unless unnumbered_pages is ties; set both.",
        )
    if by_ties and not bars:
        yield WeakRule(
            ("evidence", "unnumbered_pages"),
            "没有 tie_bars，全部转人工；请写明标准。",
            "without tie_bars every case goes to a person; state the bars.",
        )
    for one, other in combinations(range(len(bars)), 2):
        if _covers_bar(bars[one], bars[other]):
            yield WeakRule(
                ("evidence", "tie_bars", str(other)),
                f"第{other + 1}条永远用不到：第{one + 1}条已包含它；请调整顺序。",
                f"bar {other + 1} is never used: bar {one + 1} fits all its cases; reorder them.",
            )


def _covers_bar(one: TieBar, other: TieBar) -> bool:
    return (
        (not one.products or bool(other.products and one.products >= other.products))
        and one.age_group in {None, other.age_group}
        and one.agreement in {None, other.agreement}
    )


def bands_never_used(bands: Sequence[BandRule]) -> Iterator[WeakRule]:
    """Bands of faces that are never reached."""
    for one, other in combinations(range(len(bands)), 2):
        if _covers_band(bands[one], bands[other]):
            yield WeakRule(
                ("face", "bands", str(other)),
                f"规则 {bands[other].rule} 永远用不到：{bands[one].rule} 已包含它；请调整顺序。",
                f"{bands[other].rule} is never used: {bands[one].rule} fits all its cases;"
                " reorder them.",
            )


def _covers_band(one: BandRule, other: BandRule) -> bool:
    relations = not one.relationships or bool(
        other.relationships and one.relationships >= other.relationships
    )
    age = one.max_member_age is None or (
        other.max_member_age is not None and other.max_member_age <= one.max_member_age
    )
    years = one.min_portrait_years is None or (
        other.min_portrait_years is not None and other.min_portrait_years >= one.min_portrait_years
    )
    return relations and age and years and one.sexes in {"any", other.sexes}
