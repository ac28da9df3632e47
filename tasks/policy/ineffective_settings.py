"""Settings that change nothing: an author who writes one believes in something that is not so."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from models.checks.reason import Reason, Severity
from models.checks.reason_catalogue import REASONS
from models.decision.decision import Outcome
from models.faces.face_thresholds import BandRule
from models.identity.division import Divisions
from models.intake.application import Product
from models.policy.policy import NATIONAL, Rules
from models.policy.policy_fault import FaultLevel, PolicyFault
from models.policy.proof_rules import ProofSet, TieBar
from models.policy.review_rules import DECISIONS
from models.policy.rule_group import AgeGroup
from models.reading.document import FIELDS
from storage.policy.policies import PolicyRepository
from storage.policy.policy_files import BY_PRODUCT, PolicyFile


class _Idle(NamedTuple):
    """A key that does nothing, and why."""

    where: tuple[str, ...]
    zh: str
    en: str


def ineffective_settings(
    shelf: PolicyRepository, checked: Sequence[PolicyFile], divisions: Divisions
) -> list[PolicyFault]:
    """Every key of some files that does nothing, or not what it seems to do.

    Args:
        shelf: These files and all others beside them; each of these must resolve.
        checked: The files that are asked about.
        divisions: The table of divisions; an empty one knows no place.
    """
    faults: list[PolicyFault] = []
    for file in checked:
        day = file.body["effective_from"]
        for product in (None, *Product):
            own = file.at(day, product)
            idle = _idle(own, shelf.resolve(file, day, product))
            faults += [_fault(own, one) for one in idle if own.line(one.where)]
        faults += [_fault(file, one) for one in _of_file(shelf, file, divisions)]
    return list(dict.fromkeys(faults))


def _idle(file: PolicyFile, rules: Rules) -> Iterator[_Idle]:
    """What a file itself writes and what the rules in force make of it."""
    for group, judge in _JUDGES.items():
        if group in file.body:
            yield from judge(file, rules)


def _codes(file: PolicyFile, rules: Rules) -> Iterator[_Idle]:
    written = file.body["codes"]
    changes = written.get("changes") if isinstance(written, dict) else None
    for leads_to in ("rejected", "returned", "reviewed", "noted"):
        for code in sorted(getattr(rules.codes, leads_to)):
            moved = isinstance(changes, dict) and code.value in changes
            if not moved and leads_to not in written:
                continue
            where = ("codes", "changes", code.value) if moved else ("codes", leads_to)
            if words := _code_words(code, leads_to):
                yield _Idle(where, *words)


def _code_words(code: Reason, leads_to: str) -> tuple[str, str] | None:
    """Why a list does nothing for a code: what is only a warning always goes to a person."""
    entry = REASONS[code]
    if entry.severity is Severity.INFO and leads_to != "noted":
        return (
            f"{code.value} 只是提示，列入 {leads_to} 不起作用；请移回 noted。",
            f"{code.value} is a note; it does nothing in {leads_to}, move it to noted.",
        )
    if entry.severity is not Severity.INFO and leads_to == "noted":
        return (
            f"{code.value} 不是提示，列入 noted 仍会转人工；请移到 reviewed。",
            f"{code.value} is no note, a person still looks; move it to reviewed.",
        )
    if entry.severity is Severity.WARNING and leads_to in {"rejected", "returned"}:
        return (
            f"{code.value} 是疑点，总由人工判断，列入 {leads_to} 不起作用；请移回 reviewed。",
            f"{code.value} is a doubt that a person always decides; it does nothing in"
            f" {leads_to}, move it to reviewed.",
        )
    if leads_to == "returned" and not entry.repairable:
        return (
            f"{code.value} 申请人无法补正，退回无济于事；请移到 reviewed。",
            f"{code.value} cannot be mended by an applicant; move it to reviewed.",
        )
    return None


def _evidence(_file: PolicyFile, rules: Rules) -> Iterator[_Idle]:
    yield from _proof_sets(rules.evidence.sets)
    yield from _ties(rules)


def _products(_file: PolicyFile, rules: Rules) -> Iterator[_Idle]:
    for product, offer in rules.products.items():
        if offer.filing_pattern and not offer.filing_needed:
            yield _Idle(
                ("products", product.value, "filing_pattern"),
                "没有要求备案（filing_needed），此项不起作用，请一并设置。",
                "does nothing without filing_needed; set both.",
            )


def _face(file: PolicyFile, rules: Rules) -> Iterator[_Idle]:
    yield from _bands(rules.face.bands)
    if rules.face.remote_authorization == "person" and "remote_record" in file.body["face"]:
        yield _Idle(
            ("face", "remote_record"),
            "remote_authorization 为 person 时不看记录，请删去或改为 accepted。",
            "is not looked at while remote_authorization is person; remove one.",
        )


def _proof_sets(sets: Sequence[ProofSet]) -> Iterator[_Idle]:
    if lacking := [group for group in AgeGroup if all(s.age_group is not group for s in sets)]:
        listed = "、".join(lacking)
        yield _Idle(
            ("evidence", "sets"),
            f"没有适用于 {listed} 的材料组，其申请全部转人工；请补上。",
            f"no set is for {', '.join(lacking)}, every such case goes to a person; add one.",
        )
    for number, said in enumerate(sets, 1):
        if not said.all_of and not said.one_set_of:
            yield _Idle(
                ("evidence", "sets", str(number - 1)),
                f"第{number}组没有要求任何材料；请写明 all_of 或 one_set_of。",
                f"set {number} asks for no paper; state all_of or one_set_of.",
            )
    for one, other in combinations(range(len(sets)), 2):
        if _covers_set(sets[one], sets[other]):
            yield _Idle(
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


def _ties(rules: Rules) -> Iterator[_Idle]:
    by_ties, bars = rules.evidence.unnumbered_pages == "ties", rules.evidence.tie_bars
    if bars and not by_ties:
        yield _Idle(
            ("evidence", "tie_bars"),
            "unnumbered_pages 不是 ties，此项不起作用；请一并设置。",
            "does nothing unless unnumbered_pages is ties; set both.",
        )
    if by_ties and not bars:
        yield _Idle(
            ("evidence", "unnumbered_pages"),
            "没有 tie_bars，全部转人工；请写明标准。",
            "without tie_bars every case goes to a person; state the bars.",
        )
    for one, other in combinations(range(len(bars)), 2):
        if _covers_bar(bars[one], bars[other]):
            yield _Idle(
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


def _bands(bands: Sequence[BandRule]) -> Iterator[_Idle]:
    for one, other in combinations(range(len(bands)), 2):
        if _covers_band(bands[one], bands[other]):
            yield _Idle(
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


def _shares(_file: PolicyFile, rules: Rules) -> Iterator[_Idle]:
    usual = rules.review.sample_share
    for sort, share in rules.review.sample_shares.items():
        if share <= usual:
            yield _Idle(
                ("review", "sample_shares", sort.value),
                f"不高于 sample_share（{usual}），不起作用；请调高或删去。",
                f"is not above sample_share ({usual}) and does nothing; raise or remove it.",
            )


def _review(file: PolicyFile, rules: Rules) -> Iterator[_Idle]:
    yield from _shares(file, rules)
    finals = rules.review.final_codes
    if notes := sorted(c for c in finals if REASONS[c].severity is Severity.INFO):
        listed = " ".join(notes)
        yield _Idle(
            ("review", "final_codes"),
            f"{listed} 只是提示，不能作为拒绝的理由；请删去。",
            f"{listed}: a note, nobody rejects for it; take it out.",
        )
    if mended := sorted(rules.review.final_codes & rules.codes.returned):
        listed = " ".join(mended)
        yield _Idle(
            ("review", "final_codes"),
            f"{listed} 属退回补件，不能作为拒绝的理由；请从其中一处删去。",
            f"{listed}: returned by codes, so nobody rejects for it; remove it from one of them.",
        )
    if rules.review.overruled_by_one and Outcome.APPROVED in rules.review.four_eyes_outcomes:
        yield _Idle(
            ("review", "overruled_by_one"),
            "four_eyes_outcomes 含 approved，任何通过都须两人，此项不起作用；请从其中一处删去。",
            "four_eyes_outcomes names approved, so every approval needs two; remove one of them.",
        )
    if rules.review.four_eyes_from_reasons > len(Reason):
        yield _Idle(
            ("review", "four_eyes_from_reasons"),
            f"原因共 {len(Reason)} 种，永远达不到；请调低。",
            f"there are {len(Reason)} reasons, so it is never reached; lower it.",
        )
    given = frozenset().union(*rules.review.role_outcomes.values())
    if nobody := sorted(DECISIONS - given):
        yield _Idle(
            ("review", "role_outcomes"),
            f"没有角色可以作出：{'、'.join(one.zh for one in nobody)}；请至少授予一个角色。",
            f"no role may decide: {', '.join(nobody)}; give it to one.",
        )


def _needed(_file: PolicyFile, rules: Rules) -> Iterator[_Idle]:
    for kind, names in rules.reading.needed.items():
        if unknown := [name for name in names if name not in FIELDS.get(kind, ())]:
            yield _Idle(
                ("reading", "needed", kind.value),
                f"这种材料没有 {'、'.join(unknown)}，永远读不到；请改正。",
                f"such a paper has no {', '.join(unknown)}, it is never read; correct it.",
            )


_JUDGES: Final[Mapping[str, Callable[[PolicyFile, Rules], Iterator[_Idle]]]] = MappingProxyType(
    {
        "codes": _codes,
        "evidence": _evidence,
        "products": _products,
        "face": _face,
        "review": _review,
        "reading": _needed,
    }
)


def _of_file(shelf: PolicyRepository, file: PolicyFile, divisions: Divisions) -> Iterator[_Idle]:
    region = file.body["region"]
    if region != NATIONAL and divisions.eras and not _is_place(region, divisions):
        zh = f"区划表中没有 {region}，本文件不会用到；请核对代码。"
        en = f"no place has the code {region}, the file is never used; correct it."
        yield _Idle(("region",), zh, en)
    serves = shelf.resolve(file, file.body["effective_from"], None).jurisdiction.serves
    written = "jurisdiction" in file.body and divisions.eras
    if written and (nowhere := sorted(c for c in serves if not _is_place(c, divisions))):
        listed = " ".join(nowhere)
        zh = f"区划表中没有 {listed}；请核对代码。"
        yield _Idle(("jurisdiction", "serves"), zh, f"no place has the code {listed}; correct it.")
    name = file.body["name"]
    if any(f.body["name"] == name and f.body["region"] != region for f in shelf.files):
        zh = "另一地区的文件也用这个名称，extends 无法区分；请改名。"
        en = "another place's file bears this name, extends cannot tell them apart; rename it."
        yield _Idle(("name",), zh, en)
    if not file.groups() and not file.body.get("products"):
        zh = "只有文件头，没有任何规则；请补上规则或删去文件。"
        en = "holds a head and no rule; add one, or remove the file."
        yield _Idle(("name",), zh, en)
    offered = shelf.resolve(file, file.body["effective_from"], None).products
    products: dict[str, Any] = file.body.get(BY_PRODUCT) or {}
    for product in sorted(products.keys() - {one.value for one in offered}):
        zh, en = "本地没有开办这项业务，此处不起作用。", "this place does not offer it; remove one."
        yield _Idle((BY_PRODUCT, product), zh, en)


def _is_place(region: str, divisions: Divisions) -> bool:
    return any(code.startswith(region) for code in divisions.eras)


def _fault(file: PolicyFile, idle: _Idle) -> PolicyFault:
    return PolicyFault(
        file=file.path.name,
        line=file.line(idle.where),
        key=".".join(idle.where),
        level=FaultLevel.WEAK,
        zh=idle.zh,
        en=idle.en,
    )
