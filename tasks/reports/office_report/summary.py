"""The one sentence that a report begins with: what became of it all, and what is amiss."""

from collections.abc import Sequence

from models.audit.event import ChainReport
from models.checks.reason import Reason
from models.checks.reason_catalogue import REASONS
from models.decision.decision import Outcome
from models.reports.report_page import ReportSentence
from storage.reports.batch_counts import BatchCounts
from storage.reports.dashboard_counts import DashboardCounts
from storage.reports.period_counts import PeriodCounts
from tasks.reports.watch_drift import Drift


def period_summary(
    counted: DashboardCounts, days: PeriodCounts, drifts: Sequence[Drift], chain: ChainReport
) -> ReportSentence:
    """What became of the applications of a day or a month, and whether anything is amiss."""
    decided, approved = sum(days.decided_by_day.values()), counted.outcomes.get(Outcome.APPROVED, 0)
    if not decided:
        return _closed("没有办结的申请", "No application was decided", _amiss(days, drifts, chain))
    zh = f"办结 {decided} 件，通过 {approved} 件（{approved / decided:.0%}）"
    en = f"{decided} decided, {approved} of them approved ({approved / decided:.0%})"
    if counted.reasons:
        entry = REASONS[Reason(next(iter(counted.reasons)))]
        zh += f"，未通过的最常见原因是“{entry.zh}”"
        en += f", the others most often for: {entry.en}"
    return _closed(zh, en, _amiss(days, drifts, chain))


def batch_summary(counted: BatchCounts) -> ReportSentence:
    """What became of a batch."""
    found = [(one, counted.outcomes[one.value]) for one in Outcome if one.value in counted.outcomes]
    if not found:
        return ReportSentence("尚无一件有结果。", "None has an outcome yet.")
    zh = "、".join(f"{one.zh} {number} 件" for one, number in found)
    en = ", ".join(f"{number} {one.value}".replace("_", " ") for one, number in found)
    return ReportSentence(f"{counted.rounds} 件中{zh}。", f"Of {counted.rounds}: {en}.")


def _closed(zh: str, en: str, amiss: Sequence[ReportSentence]) -> ReportSentence:
    if not amiss:
        return ReportSentence(
            f"{zh}；期限、指标与审计链均正常。", f"{en}; terms, shares and audit log are in order."
        )
    return ReportSentence(
        f"{zh}；须留意：{'、'.join(one.zh for one in amiss)}。",
        f"{en}; to look into: {', '.join(one.en for one in amiss)}.",
    )


def _amiss(
    days: PeriodCounts, drifts: Sequence[Drift], chain: ChainReport
) -> tuple[ReportSentence, ...]:
    """What somebody has to look into, the gravest first."""
    late = days.reviews_decided - days.within_term
    sentences = (
        (not chain.intact, ReportSentence("审计链不完整", "the audit log is NOT intact")),
        (late > 0, ReportSentence(f"逾期 {late} 件", f"{late} decided after their term")),
        (
            bool(drifts),
            ReportSentence(f"指标超限 {len(drifts)} 次", f"shares out of limits: {len(drifts)}"),
        ),
    )
    return tuple(sentence for holds, sentence in sentences if holds)
