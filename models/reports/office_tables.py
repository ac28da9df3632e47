"""The tables about the office's work: reviews, samples, runs, policies, engines."""

from typing import Final

from models.decision.proof_class import ProofClass
from models.reports.case_tables import (
    APPLICATIONS,
    CHECKS,
    DOCUMENTS,
    FACES,
    FIELDS_READ,
    FINDINGS,
    KINSHIP,
    OUTCOMES,
    TIMINGS,
)
from models.reports.dataset_table import DatasetTable, day, flag, integer, number, text

REVIEWS: Final = DatasetTable(
    name="reviews",
    zh="人工审核：何时开启、谁决定、几人、是否一致（不与轮次相连）",
    en="One row a case before people; not joined with rounds, so that its days may be told",
    columns=(
        text("review", "案件代号", "Keyed pseudonym of the case"),
        text("subject", "审核对象", "`application`, or what is verified again of a binding"),
        day(
            "opened_on", "开启日，或该周、该月首日", "Day of opening, or first of its week or month"
        ),
        text("opened_span", "精度", "What it stands for", values=("day", "week", "month")),
        integer("turn", "第几次开启", "How often it was put before people, from 1"),
        integer("reasons", "原因数", "For how many reasons the machine left it"),
        text("reviewer", "审核员代号", "Keyed pseudonym of who decided", nullable=True),
        text("outcome", "结果；待审为空", "Empty while it waits", nullable=True, values=OUTCOMES),
        number("hours_open", "开启到决定（小时）", "From opening to decision", nullable=True),
        flag("within_term", "期限内", "Decided by the end of the term", nullable=True),
        flag("escalated", "已升级", "The term was over before it was decided"),
        integer("opinions", "意见数", "How many people gave an opinion"),
        flag("four_eyes", "双人复核", "Two people or more"),
        flag("agreed", "意见一致", "The first two said the same", nullable=True),
        integer("corrections", "更正字段数", "Fields that people corrected"),
    ),
)
SAMPLES: Final = DatasetTable(
    name="samples",
    zh="抽检与复查：结果与原决定（不与轮次相连）",
    en="One row a blind sample of the machine's approvals, or a second look at a person's decision",
    columns=(
        text("review", "案件代号", "Keyed pseudonym of the case"),
        text("sort", "类别", "Which of the two", values=("sample", "second_look")),
        day(
            "opened_on", "抽取日，或该周、该月首日", "Day of drawing, or first of its week or month"
        ),
        text("opened_span", "精度", "What it stands for", values=("day", "week", "month")),
        text("first_outcome", "原决定", "What had been decided", nullable=True, values=OUTCOMES),
        text("outcome", "再看结论", "Empty while it waits", nullable=True, values=OUTCOMES),
        flag("agreed", "一致", "Both said the same", nullable=True),
        text("reviewer", "再看者代号", "Keyed pseudonym", nullable=True),
        text("first_reviewer", "原决定者代号", "Empty for the machine", nullable=True),
        text(
            "proof_class",
            "通过所凭证明类别",
            "Class of proof of the approval",
            nullable=True,
            values=tuple(ProofClass),
        ),
    ),
)
RUNS: Final = DatasetTable(
    name="runs",
    zh="批次运行",
    en="One row a run over a batch",
    monthly=False,
    columns=(
        text("run", "运行代号", "Keyed pseudonym of batch and run"),
        day("started_on", "开始日", "Day of its beginning", nullable=True),
        number(
            "seconds", "用时", "Seconds on the clock; empty where it did not end", nullable=True
        ),
        integer("applications", "申请数", "Rounds of the batch"),
        integer("faults", "系统故障", "Rounds on which the machine failed"),
        integer("unfinished", "未办结", "Rounds without an outcome by now"),
    ),
)
POLICIES: Final = DatasetTable(
    name="policies",
    zh="政策版本：何时起用、用于多少轮次",
    en="One row a version of a policy: the days on which rounds were decided under it",
    monthly=False,
    columns=(
        text("version", "版本", "As in applications"),
        day("first_on", "首次使用日", "First day of receipt"),
        day("last_on", "最近使用日", "Last day of receipt"),
        integer("rounds", "轮次", "How many"),
    ),
)
ENGINES: Final = POLICIES.model_copy(
    update={
        "name": "engines",
        "zh": "识别引擎版本：何时起用、读过多少份材料",
        "en": "One row a version of the reading engines: the days whose papers it read",
    }
)
FORMS: Final = POLICIES.model_copy(
    update={
        "name": "forms",
        "zh": "申请表单版本：何时起用、有多少轮次以其提交",
        "en": "One row a version of the form and its texts: the days on which it was handed in",
    }
)
TABLES: Final = (
    *(APPLICATIONS, DOCUMENTS, FIELDS_READ, CHECKS, FINDINGS, KINSHIP, FACES, TIMINGS),
    *(REVIEWS, SAMPLES, RUNS, POLICIES, ENGINES, FORMS),
)
"""Every table of a dataset, in the order in which they are explained."""
