"""The table of a replay: how many applications other policies would end otherwise, and why."""

from typing import Final

from models.reports.case_tables import OUTCOMES
from models.reports.dataset_table import DatasetTable, integer, text

REPLAY: Final = DatasetTable(
    name="replay",
    zh="按另一套政策重审：结果与原因各变多少，不含申请编号",
    en="Applications replayed under other policies: outcomes and reasons that change, as counts",
    monthly=False,
    columns=(
        text(
            "what",
            "计数对象：结果，新增原因，消失原因",
            "What is counted: the outcome, changed or not; a reason raised anew; a reason gone",
            values=("outcome", "added", "removed"),
        ),
        text("was", "现行政策下的结果", "Outcome under the policies in force", values=OUTCOMES),
        text("becomes", "另一政策下的结果", "Outcome under the other ones", values=OUTCOMES),
        text(
            "code",
            "原因代码；结果行为空",
            "Reason; empty where outcomes are counted",
            nullable=True,
        ),
        integer("applications", "申请数", "How many applications"),
    ),
)
