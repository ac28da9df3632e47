"""Settings that change nothing: an author who writes one believes in something that is not so."""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from models.checks.reason import Reason, Severity
from models.checks.reason_catalogue import REASONS
from models.decision.decision import Outcome
from models.identity.division import Divisions
from models.policy.policy import Rules
from models.policy.policy_fault import PolicyFault
from models.policy.review_rules import DECISIONS
from models.reading.document import FIELDS
from storage.policy.policies import PolicyRepository
from storage.policy.policy_files import PolicyFile
from tasks.policy.check.ineffective_files import ineffective_file
from tasks.policy.check.never_used import bands_never_used, sets_never_used, tie_bars_never_used
from tasks.policy.check.weak_rule import Judge, WeakRule, judge_groups, weak_fault


def ineffective_settings(
    policies: PolicyRepository, checked: Sequence[PolicyFile], divisions: Divisions
) -> list[PolicyFault]:
    """Every key of some files that does nothing, or not what it seems to do.

    Args:
        policies: These files and all others beside them; each of these must resolve.
        checked: The files that are asked about.
        divisions: The table of divisions; an empty one knows no place.
    """
    faults: list[PolicyFault] = []
    for file in checked:
        faults += judge_groups(policies, (file,), _JUDGES)
        faults += [weak_fault(file, one) for one in ineffective_file(policies, file, divisions)]
    return list(dict.fromkeys(faults))


def _codes(file: PolicyFile, rules: Rules) -> Iterator[WeakRule]:
    written = file.body["codes"]
    changes = written.get("changes") if isinstance(written, dict) else None
    for leads_to in ("rejected", "returned", "reviewed", "noted"):
        for code in sorted(getattr(rules.codes, leads_to)):
            moved = isinstance(changes, dict) and code.value in changes
            if not moved and leads_to not in written:
                continue
            where = ("codes", "changes", code.value) if moved else ("codes", leads_to)
            if words := _code_words(code, leads_to):
                yield WeakRule(where, *words)


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


def _evidence(_file: PolicyFile, rules: Rules) -> Iterator[WeakRule]:
    yield from sets_never_used(rules.evidence.sets)
    yield from tie_bars_never_used(rules)


def _products(_file: PolicyFile, rules: Rules) -> Iterator[WeakRule]:
    for product, offer in rules.products.items():
        if offer.filing_pattern and not offer.filing_needed:
            yield WeakRule(
                ("products", product.value, "filing_pattern"),
                "没有要求备案（filing_needed），此项不起作用，请一并设置。",
                "does nothing without filing_needed; set both.",
            )


def _face(file: PolicyFile, rules: Rules) -> Iterator[WeakRule]:
    yield from bands_never_used(rules.face.bands)
    if rules.face.remote_authorization == "person" and "remote_record" in file.body["face"]:
        yield WeakRule(
            ("face", "remote_record"),
            "remote_authorization 为 person 时不看记录，请删去或改为 accepted。",
            "is not looked at while remote_authorization is person; remove one.",
        )


def _shares(_file: PolicyFile, rules: Rules) -> Iterator[WeakRule]:
    usual = rules.review.sample_share
    for sort, share in rules.review.sample_shares.items():
        if share <= usual:
            yield WeakRule(
                ("review", "sample_shares", sort.value),
                f"不高于 sample_share（{usual}），不起作用；请调高或删去。",
                f"is not above sample_share ({usual}) and does nothing; raise or remove it.",
            )


def _review(file: PolicyFile, rules: Rules) -> Iterator[WeakRule]:
    yield from _shares(file, rules)
    finals = rules.review.final_codes
    if notes := sorted(c for c in finals if REASONS[c].severity is Severity.INFO):
        listed = " ".join(notes)
        yield WeakRule(
            ("review", "final_codes"),
            f"{listed} 只是提示，不能作为拒绝的理由；请删去。",
            f"{listed}: a note, nobody rejects for it; take it out.",
        )
    if mended := sorted(rules.review.final_codes & rules.codes.returned):
        listed = " ".join(mended)
        yield WeakRule(
            ("review", "final_codes"),
            f"{listed} 属退回补件，不能作为拒绝的理由；请从其中一处删去。",
            f"{listed}: returned by codes, so nobody rejects for it; remove it from one of them.",
        )
    if rules.review.overruled_by_one and Outcome.APPROVED in rules.review.four_eyes_outcomes:
        yield WeakRule(
            ("review", "overruled_by_one"),
            "four_eyes_outcomes 含 approved，任何通过都须两人，此项不起作用；请从其中一处删去。",
            "four_eyes_outcomes names approved, so every approval needs two; remove one of them.",
        )
    if rules.review.four_eyes_from_reasons > len(Reason):
        yield WeakRule(
            ("review", "four_eyes_from_reasons"),
            f"原因共 {len(Reason)} 种，永远达不到；请调低。",
            f"there are {len(Reason)} reasons, so it is never reached; lower it.",
        )
    given = frozenset().union(*rules.review.role_outcomes.values())
    if nobody := sorted(DECISIONS - given):
        yield WeakRule(
            ("review", "role_outcomes"),
            f"没有角色可以作出：{'、'.join(one.zh for one in nobody)}；请至少授予一个角色。",
            f"no role may decide: {', '.join(nobody)}; give it to one.",
        )


def _needed(_file: PolicyFile, rules: Rules) -> Iterator[WeakRule]:
    for kind, names in rules.reading.needed.items():
        if unknown := [name for name in names if name not in FIELDS.get(kind, ())]:
            yield WeakRule(
                ("reading", "needed", kind.value),
                f"这种材料没有 {'、'.join(unknown)}，永远读不到；请改正。",
                f"such a paper has no {', '.join(unknown)}, it is never read; correct it.",
            )


_JUDGES: Final[Mapping[str, Judge]] = MappingProxyType(
    {
        "codes": _codes,
        "evidence": _evidence,
        "products": _products,
        "face": _face,
        "review": _review,
        "reading": _needed,
    }
)
