"""The parts of a report, each made of counts alone."""

import datetime as dt
from collections.abc import Sequence
from typing import Final

from models.audit.event import ChainReport
from models.checks.reason import Reason, ReasonEntry
from models.checks.reason_catalogue import REASONS
from models.clock import CHINA
from models.decision.decision import Outcome
from models.decision.proof_class import ProofClass
from models.reports.control_limits import LEAST_BASE
from models.reports.report_page import (
    ReportBar,
    ReportPart,
    ReportSentence,
    ReportSpan,
    ReportTable,
)
from models.reports.wilson import wilson_interval
from storage.reports.dashboard_counts import DashboardCounts
from storage.reports.period_counts import PeriodCounts, SampleTally
from tasks.reports.watch_drift import Drift

_FEW: Final = 73
"""Samples below which even none refused leaves an upper end of 5 % or more: z² / (n + z²)."""


def outcomes_part(counted: DashboardCounts, days: PeriodCounts) -> ReportPart:
    """What came in, what became of it, and by whom."""
    decided = sum(days.decided_by_day.values())
    sentences = [
        ReportSentence(
            f"收件 {counted.received} 件，办结 {decided} 件，其中机器办结 {days.by_machine} 件、"
            f"人工办结 {decided - days.by_machine} 件。",
            f"Received {counted.received}, decided {decided}: {days.by_machine} by the machine,"
            f" {decided - days.by_machine} by people.",
        )
    ]
    if days.median_hours is not None:
        sentences.append(
            ReportSentence(
                f"收件到办结的中位时长为 {days.median_hours:.1f} 小时。",
                f"From receipt to outcome the median is {days.median_hours:.1f} hours.",
            )
        )
    return ReportPart(
        zh="办理结果",
        en="Outcomes",
        sentences=tuple(sentences),
        bars=tuple(
            ReportBar(one.zh, one.value.replace("_", " "), counted.outcomes.get(one.value, 0))
            for one in Outcome
        )
        if counted.outcomes
        else (),
        notes=(
            ReportSentence(
                "“人工审核”为机器已看、尚待人工决定的件。",
                "In review: the machine has looked, and a person is still to decide.",
            ),
        )
        if counted.outcomes
        else (),
    )


def days_part(days: PeriodCounts) -> ReportPart:
    """How many were decided on each day of a month that had any."""
    found = days.decided_by_day
    busiest = max(found, key=lambda day: found[day], default=None)
    sentence = (
        ReportSentence("没有办结的日子。", "Nothing was decided on any day.")
        if busiest is None
        else ReportSentence(
            f"{len(found)} 天有办结，平均每天 {sum(found.values()) / len(found):.0f} 件，"
            f"最多的是 {busiest:%m-%d}，{found[busiest]} 件。",
            f"Decisions on {len(found)} days, {sum(found.values()) / len(found):.0f} a day on"
            f" average; the most, {found[busiest]}, on {busiest:%m-%d}.",
        )
    )
    return ReportPart(
        zh="每日办结",
        en="Decided by day",
        sentences=(sentence,),
        bars=tuple(ReportBar(f"{day:%m-%d}", "", number) for day, number in found.items()),
    )


def terms_part(days: PeriodCounts) -> ReportPart:
    """Whether people decided in time."""
    if not days.reviews_decided:
        sentence = ReportSentence("没有人工决定的案件。", "No case was decided by people.")
    else:
        late = days.reviews_decided - days.within_term
        share = days.within_term / days.reviews_decided
        sentence = ReportSentence(
            f"人工决定 {days.reviews_decided} 件，期限内 {days.within_term} 件（{share:.1%}），"
            f"逾期 {late} 件。",
            f"People decided {days.reviews_decided} cases, {days.within_term} of them ({share:.1%})"
            f" within the term, {late} after it.",
        )
    return ReportPart(zh="期限", en="Terms kept", sentences=(sentence,))


def reasons_part(counted: DashboardCounts, days: PeriodCounts) -> ReportPart:
    """Why applications were not approved; notes apart, because they decide nothing."""
    found = counted.reasons
    first = next(iter(found), None)
    sentence = (
        ReportSentence("没有现行的原因。", "No reason is in force.")
        if first is None
        else ReportSentence(
            f"最常见的现行原因是“{_reason(first).zh}”，{found[first]} 件。",
            f"The commonest reason in force: {_reason(first).en}, {found[first]}.",
        )
    )
    return ReportPart(
        zh="未通过的原因",
        en="Reasons in force",
        sentences=(sentence,),
        bars=tuple(_reason_bar(code, number) for code, number in found.items()),
        table=ReportTable(
            ("仅为提示，不影响结果 notes, which decide nothing", "件 rounds"),
            tuple(
                (f"{code} {_reason(code).zh} {_reason(code).en}", str(number))
                for code, number in days.notes.items()
            ),
        )
        if days.notes
        else None,
    )


def work_part(counted: DashboardCounts, now: dt.datetime) -> ReportPart:
    """How much people did, and what waits for them; nobody is named."""
    opinions = sum(one.opinions for one in counted.pace)
    return ReportPart(
        zh="工作量与待审",
        en="WorkloadCounts and waiting",
        sentences=(
            ReportSentence(
                f"{len(counted.pace)} 人共给出 {opinions} 份意见。",
                f"{len(counted.pace)} people gave {opinions} opinions.",
            ),
            _waiting(counted, now),
        ),
        bars=tuple(ReportBar(f"{day:%m-%d}", "", n) for day, n in list(counted.due.items())[:14]),
        notes=(
            ReportSentence(
                "图为待审案件按到期日的件数，最早的十四个到期日。",
                "The picture: waiting cases by the day on which their term ends, the first"
                " fourteen such days.",
            ),
        )
        if counted.due
        else (),
    )


def _waiting(counted: DashboardCounts, now: dt.datetime) -> ReportSentence:
    if counted.oldest is None:
        return ReportSentence(
            "生成本报告时没有待审案件。", "When this was made, no case waited for a person."
        )
    late = sum(n for day, n in counted.due.items() if day < now.astimezone(CHINA).date())
    oldest = (now - counted.oldest).total_seconds() / 3600
    return ReportSentence(
        f"生成本报告时待审 {counted.waiting} 件（办理中 {counted.claimed} 件），"
        f"已逾期 {late} 件，最久已等 {oldest:.1f} 小时。",
        f"When this was made {counted.waiting} cases waited ({counted.claimed} in hand),"
        f" {late} beyond their term, the oldest for {oldest:.1f} hours.",
    )


def samples_part(days: PeriodCounts, span: ReportSpan) -> ReportPart:
    """Approvals of the machine that people would not have given, by class of proof."""
    looked = sum(one.looked for one in days.samples.values())
    refused = sum(one.refused for one in days.samples.values())
    last = f"{span.last:%Y-%m-%d}"
    return ReportPart(
        zh="机器通过的抽检",
        en="Sampled approvals of the machine",
        sentences=(
            ReportSentence(
                f"本期抽检 {days.sampled} 件；截至 {last} 共抽检 {looked} 件，"
                f"人工不会通过的 {refused} 件。",
                f"Looked at in this time: {days.sampled}; up to {last} {looked} altogether,"
                f" of which people would not have approved {refused}.",
            ),
        ),
        table=ReportTable(
            (
                "证明类别 class of proof",
                "抽检 looked at",
                "不同意 refused",
                "比例 share",
                "95% 区间 interval",
                "说明 note",
            ),
            tuple(_sample_row(proof, days.samples[proof]) for proof in sorted(days.samples)),
        )
        if days.samples
        else None,
        notes=(
            ReportSentence(
                f"区间按威尔逊法计算；抽检不足 {_FEW} 件的，即使无一不同意，上限也不低于 5%。",
                f"Intervals by Wilson; below {_FEW} samples the upper end is 5 % or more even where"
                " none was refused.",
            ),
        )
        if days.samples
        else (),
    )


def _sample_row(proof: str, tally: SampleTally) -> tuple[str, ...]:
    low, high = wilson_interval(tally.refused, tally.looked)
    name = f"{ProofClass(proof).zh} {proof.replace('_', ' ')}" if proof else "未记录 not recorded"
    return (
        *(name, str(tally.looked), str(tally.refused), f"{tally.refused / tally.looked:.1%}"),
        f"{low:.1%} – {high:.1%}",
        "样本少 few" if tally.looked < _FEW else "—",
    )


def drift_part(drifts: Sequence[Drift], span: ReportSpan) -> ReportPart:
    """Shares that left their limits."""
    sentences = tuple(
        ReportSentence(f"{one.day:%m-%d} {one.zh}", f"{one.day:%m-%d} {one.en}")
        if span.monthly
        else ReportSentence(one.zh, one.en)
        for one in drifts
    )
    quiet = ReportSentence("没有指标超出控制限。", "No share left its limits.")
    return ReportPart(
        zh="漂移",
        en="Drift",
        sentences=sentences or (quiet,),
        notes=(
            ReportSentence(
                f"每日与此前八周相比；此前不足 {LEAST_BASE} 件的，不作判断。",
                f"Each day is held against the eight weeks before; with fewer than {LEAST_BASE}"
                " rounds in them nothing is said.",
            ),
        ),
    )


def chain_part(chain: ChainReport, now: dt.datetime) -> ReportPart:
    """Up to which root the audit log was checked when the report was made."""
    at = f"{now.astimezone(CHINA):%Y-%m-%d %H:%M}"
    if not chain.intact:
        sentence = ReportSentence(
            f"审计链不完整：第 {chain.first_broken} 条起，{chain.problem_zh}"
            "请审计员运行 kinbind audit verify 与 kinbind reconcile。",
            f"The audit log is NOT intact from event {chain.first_broken}: {chain.problem}"
            " An auditor should run kinbind audit verify and kinbind reconcile.",
        )
    elif not chain.events:
        sentence = ReportSentence("审计链尚无记录。", "The audit log has no event yet.")
    else:
        sentence = ReportSentence(
            f"{at} 校验通过：{chain.events} 条记录{_recomputed_zh(chain)}，"
            f"{chain.bindings} 份绑定与之相符。",
            f"Checked at {at}: {chain.events} events{_recomputed_en(chain)} are as they were"
            f" written, and {chain.bindings} bindings agree.",
        )
    root = ReportTable(("校验至树根 verified up to root",), ((chain.root,),))
    return ReportPart(
        zh="审计链",
        en="Audit chain",
        sentences=(sentence,),
        table=root if chain.intact and chain.events else None,
    )


def _recomputed_zh(chain: ChainReport) -> str:
    """Since when every event was recomputed, where that was not all at once."""
    if chain.whole or chain.whole_since is None:
        return "（全部重算）"
    return f"（每条均在 {chain.whole_since.astimezone(CHINA):%Y-%m-%d %H:%M} 之后重算过）"


def _recomputed_en(chain: ChainReport) -> str:
    if chain.whole or chain.whole_since is None:
        return ", all recomputed,"
    since = f"{chain.whole_since.astimezone(CHINA):%Y-%m-%d %H:%M}"
    return f", each recomputed since {since},"


def _reason_bar(code: str, number: int) -> ReportBar:
    entry = _reason(code)
    return ReportBar(f"{code} {entry.zh}", entry.en, number)


def _reason(code: str) -> ReasonEntry:
    return REASONS[Reason(code)]
