# %% [markdown]
# # 识别质量与更正 Reading quality and corrections
#
# 哪些字段不能直接采信，人工更正最多的是哪些，置信度是否可信。表中没有任何读出的内容。
# 空心圆代表不足 30 个字段，不足以比较。
# Which fields cannot be relied on, which ones people correct most, and whether the confidence means
# something. Hollow circles stand for fewer than 30 fields: they compare nothing.

# %%
import canvas
import charts
import pandas as pd
from wording import field_label

from kinbind.frames import DatasetMissingError, questions

MOST = 15
canvas.set_style()
try:
    fields, bands = questions.misread_fields(), questions.corrections_by_confidence()
except DatasetMissingError:
    fields = bands = None


def labelled(table: pd.DataFrame) -> list[str]:
    """Labels of fields with how many there are."""
    return [
        f"{field_label(str(one.kind), str(one.field))}  n = {one.fields:,}"
        for one in table.itertuples()
    ]


# %%
if fields is None or fields.empty:
    canvas.say(
        "还没有识别过的字段，因此说不出识别质量。先运行 `kinbind dataset`。",
        "No field was read yet, so nothing can be said: `kinbind dataset` first.",
    )
else:
    total, doubted = int(fields["fields"].sum()), int(fields["not_trusted"].sum())
    corrected = int(fields["corrected"].sum())
    enough = fields[~fields["few"]] if not fields["few"].all() else fields
    worst = enough.loc[enough["share"].idxmax()]
    most = fields.loc[fields["corrected"].idxmax()]
    often = (
        f"人工更正 {corrected:,} 次，最多的是{field_label(most.kind, most.field)}"
        f"（{most.corrected:,} 次）。"
        if corrected
        else "尚无人工更正。"
    )
    canvas.say(
        f"{total:,} 个字段中 {doubted / total:.1%} 不能直接采信；最差的是"
        f"{field_label(worst.kind, worst.field)}（{worst.share:.1%}）。{often}",
        f"Of {total:,} fields {doubted / total:.1%} could not be relied on; worst is {worst.field} "
        f"of {worst.kind} ({worst.share:.1%}). People corrected {corrected:,}.",
    )
    shown = fields[fields["not_trusted"] > 0].sort_values("share", ascending=False).head(MOST)
    if len(shown):
        canvas.show(
            charts.shares(
                (
                    "不能直接采信的字段",
                    "Share of fields that were unsure, unread or contested; 95 % interval",
                ),
                shown,
                labelled(shown),
            )
        )
    touched = fields[fields["corrected"] > 0].head(MOST)
    if len(touched):
        canvas.show(
            charts.bars(
                ("人工更正最多的字段", "Fields that people corrected, with their share"),
                touched.set_axis(labelled(touched))["corrected"],
                [
                    f"{one.corrected:,}（{one.corrected / one.fields:.1%}）"
                    for one in touched.itertuples()
                ],
            )
        )
    canvas.show(
        charts.shares(
            (
                "置信度越低，更正越多？",
                "Share that people corrected by the confidence of the reading; 95 % interval",
            ),
            bands,
            [f"{one.confidence}  {one.corrected:,} / {one.fields:,}" for one in bands.itertuples()],
        )
    )
