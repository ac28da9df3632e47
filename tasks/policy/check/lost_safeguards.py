"""Settings that take a safeguard away: they hold, and an author should mean them.

Each is told on its line, to be confirmed or mended; none is refused, since a place may know better.
"""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from models.intake.application import ConsentKind, Relationship
from models.policy.policy import Rules
from models.policy.policy_fault import PolicyFault
from models.policy.proof_rules import Agreement
from models.policy.rule_group import AgeGroup
from storage.policy.policies import PolicyRepository
from storage.policy.policy_files import PolicyFile
from tasks.policy.check.weak_rule import Judge, WeakRule, judge_groups


def lost_safeguards(policies: PolicyRepository, checked: Sequence[PolicyFile]) -> list[PolicyFault]:
    """Every key that some files write and by which a safeguard is gone.

    Args:
        policies: These files and all others beside them; each of these must resolve.
        checked: The files that are asked about.
    """
    return list(dict.fromkeys(judge_groups(policies, checked, _JUDGES)))


def _products(_file: PolicyFile, rules: Rules) -> Iterator[WeakRule]:
    for product, offer in rules.products.items():
        where = ("products", product.value)
        if not offer.channels:
            yield WeakRule(
                (*where, "channels"),
                "没有开通任何渠道，申请都会因 A05 办不成；请写明渠道，或写明停办日期。",
                "no channel is open, every application fails with A05; name some, or end it.",
            )
        if any(offer.filing_fits(text) for text in ("", "无", "待定")):
            yield WeakRule(
                (*where, "filing_pattern"),
                "空白或「无」也符合这个格式，等于不查备案号；请写明位数和字符。",
                "an empty text or 无 fits it, so no number is asked; state length and signs.",
            )
        for number, term in enumerate(offer.eligible):
            if Relationship.OTHER in term.relationships:
                yield WeakRule(
                    (*where, "eligible", str(number), "relationships"),
                    "other 是不能绑定的关系，写在这里不起作用；请删去。",
                    "other is no relation that can be bound and does nothing here; take it out.",
                )


_CHILD_S_AGE: Final = 14
"""Below it a guardian's consent is law (个人信息保护法 31)."""


def _consents(_file: PolicyFile, rules: Rules) -> Iterator[WeakRule]:
    consents = rules.consents
    for key, asked in (("notice", consents.notice), ("commitment", consents.commitment)):
        if not asked:
            yield WeakRule(
                ("consents", key),
                "不要求同意，办理前没有告知或承诺；请核对依据，或改为 true。",
                "nobody has to agree; name the rule that allows it, or make it true.",
            )
    if missing := sorted({*ConsentKind} - {text.kind for text in consents.versions}):
        listed = " ".join(missing)
        yield WeakRule(
            ("consents", "versions"),
            f"没有列出 {listed} 的版本，任何版本的同意都会算数；请补上。",
            f"no version of {listed} is listed, so any counts; add them.",
        )
    if consents.guardian_below_age < _CHILD_S_AGE:
        yield WeakRule(
            ("consents", "guardian_below_age"),
            "不满14周岁的须有监护人同意（个人信息保护法第31条）；请改为14以上。",
            "below 14 a guardian's consent is law (PIPL 31); make it 14 or more.",
        )
    if others := sorted(consents.guardian_implied_by - {Relationship.CHILD}):
        listed = " ".join(others)
        yield WeakRule(
            ("consents", "guardian_implied_by"),
            f"申请人不因 {listed} 就是监护人（民法典第27条），未成年人将无人同意；请删去。",
            f"nobody is a guardian by {listed} alone (Civil Code 27); take it out.",
        )


def _face(_file: PolicyFile, rules: Rules) -> Iterator[WeakRule]:
    if not rules.face.required_for:
        yield WeakRule(
            ("face", "required_for"),
            "成年家人既不刷脸，也没有其他核验，本人意愿无从确认；请写明 adult。",
            "no face and nothing else shows an adult's own will; name adult.",
        )


_LEAST_EVIDENCE: Final = 4.6
"""The logarithm of 100: with less, one stranger's page in a hundred may pass (docs/ties.md)."""


def _evidence(_file: PolicyFile, rules: Rules) -> Iterator[WeakRule]:
    if rules.evidence.unnumbered_pages != "ties":
        return
    for number, bar in enumerate(rules.evidence.tie_bars):
        if bar.decides == "person":
            continue
        adult_in_person = bar.age_group is AgeGroup.ADULT and bar.agreement is Agreement.IN_PERSON
        where = ("evidence", "tie_bars", str(number))
        if bar.min_evidence is None and not adult_in_person:
            yield WeakRule(
                where,
                "没有写明 min_evidence，未成年人或没有本人同意的，两页毫无关联也会通过；请写明。",
                "without min_evidence pages of strangers pass although nobody agreed; state it.",
            )
        elif bar.min_evidence is not None and bar.min_evidence < _LEAST_EVIDENCE:
            yield WeakRule(
                where,
                f"低于 {_LEAST_EVIDENCE}（可能性不到100倍），陌生人的户口页会通过；请调高。",
                f"below {_LEAST_EVIDENCE} (100 times) strangers' pages pass; raise it.",
            )


_SURE: Final = 0.8
"""A confidence is the share of such readings that are right (docs/reading.md)."""
_MOST_DAYS: Final = 30
"""Six times the longest term that a place publishes: a slip of the pen, or no term at all."""
_LEAST_PARENT: Final = 12
"""Parents this young are not met: with less, the check of ages could find nobody."""
_LEAST_MARRIED: Final = 18
"""The least age of marriage in any law since 1950 (婚姻法 1950, art. 4: women at 18)."""


def _reading(_file: PolicyFile, rules: Rules) -> Iterator[WeakRule]:
    confidence = rules.reading.confidence
    for key in ("name", "number", "date", "relation_word", "other"):
        if getattr(confidence, key) < _SURE:
            yield WeakRule(
                ("reading", "confidence", key),
                f"低于 {_SURE} 的识读五次会错一次以上，不足以作决定；请调高。",
                f"readings below {_SURE} are wrong more than once in five; raise it.",
            )


def _plausibility(_file: PolicyFile, rules: Rules) -> Iterator[WeakRule]:
    said = rules.plausibility
    least = {
        "parent_min_years": _LEAST_PARENT,
        "marriage_min_age_man": _LEAST_MARRIED,
        "marriage_min_age_woman": _LEAST_MARRIED,
    }
    for key, years in least.items():
        if getattr(said, key) < years:
            yield WeakRule(
                ("plausibility", key),
                f"低于 {years} 岁，等于不查；请调高。",
                f"below {years} years nothing is ever found; raise it.",
            )


def _review(_file: PolicyFile, rules: Rules) -> Iterator[WeakRule]:
    if rules.review.sla_working_days > _MOST_DAYS:
        yield WeakRule(
            ("review", "sla_working_days"),
            f"超过 {_MOST_DAYS} 个工作日，公布的期限最长为5个工作日；请核对。",
            f"more than {_MOST_DAYS} working days; published terms are 5 at most; correct it.",
        )


_JUDGES: Final[Mapping[str, Judge]] = MappingProxyType(
    {
        "products": _products,
        "consents": _consents,
        "face": _face,
        "evidence": _evidence,
        "reading": _reading,
        "plausibility": _plausibility,
        "review": _review,
    }
)
