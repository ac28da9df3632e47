"""What became of one batch, for whoever looks at its run: counts and names of reasons."""

import datetime as dt

from models.checks.reason import Reason
from models.checks.reason_catalogue import REASONS
from models.clock import CHINA
from models.decision.decision import Outcome
from models.reports.report_page import ReportBar, ReportPage, ReportPart, ReportSentence
from storage.bootstrap import Repositories
from storage.reports.batch_counts import BatchCounts, batch_counts
from tasks.reports.office_report.summary import batch_summary


def make_batch_report(repositories: Repositories, batch_id: str) -> ReportPage:
    """Count a batch as it stands, and say what was found."""
    counted = batch_counts(repositories.engine, batch_id)
    now = dt.datetime.now(dt.UTC)
    return ReportPage(
        name=batch_id,
        zh=f"批次 {batch_id} 核验小结",
        en=f"Summary of batch {batch_id}",
        made_at=f"{now.astimezone(CHINA):%Y-%m-%d %H:%M}",
        summary=batch_summary(counted),
        parts=(_outcomes(counted), _reasons(counted)),
    )


def _outcomes(counted: BatchCounts) -> ReportPart:
    waiting = counted.outcomes.get("", 0)
    sentences = [
        ReportSentence(
            f"共 {counted.rounds} 件，有结果 {counted.rounds - waiting} 件。",
            f"{counted.rounds} applications, {counted.rounds - waiting} with an outcome.",
        )
    ]
    if waiting:
        sentences.append(
            ReportSentence(
                f"{waiting} 件尚无结果，系统会自动续办。",
                f"{waiting} have none yet: the next run goes on with them.",
            )
        )
    if counted.seconds is not None:
        sentences.append(
            ReportSentence(
                f"从首件收件到末件有结果 {counted.seconds:.0f} 秒。",
                f"{counted.seconds:.0f} seconds from the first receipt to the last outcome.",
            )
        )
    return ReportPart(
        zh="办理结果",
        en="Outcomes",
        sentences=tuple(sentences),
        bars=tuple(
            ReportBar(one.zh, one.value.replace("_", " "), counted.outcomes.get(one.value, 0))
            for one in Outcome
        ),
    )


def _reasons(counted: BatchCounts) -> ReportPart:
    none = ReportSentence("没有现行的原因。", "No reason is in force.")
    some = ReportSentence(
        f"原因共 {len(counted.reasons)} 种，各涉及件数如下。",
        f"{len(counted.reasons)} reasons; in how many applications each stands:",
    )
    return ReportPart(
        zh="原因",
        en="Reasons",
        sentences=(some if counted.reasons else none,),
        bars=tuple(
            ReportBar(f"{code} {REASONS[Reason(code)].zh}", REASONS[Reason(code)].en, number)
            for code, number in counted.reasons.items()
        ),
    )
