# %% [markdown]
# # 政策若改会怎样 What a change of policy would do
#
# 两种回答：取消某一原因的上限（只因它而未通过的轮次），以及按另一套政策重审的确切结果：
# `kinbind policy replay --policy 文件夹 --since 日期 --table .kinbind/replay.parquet`
# （或以 `KINBIND_REPLAY` 指明文件）。
# Two answers: the upper bound of what lifting one reason would do; and, where past applications
# were replayed under other policies, exactly which outcomes would be others.

# %%
import canvas
import charts
from wording import OUTCOMES, outcome_zh, reason_zh

from kinbind.frames import DatasetMissingError, load_replay, questions

MOST = 15
canvas.set_style()
try:
    alone = questions.only_obstacles()
except DatasetMissingError:
    alone = None
replayed = load_replay()

# %%
if (alone is None or alone.empty) and replayed is None:
    canvas.say(
        "还没有只因一项原因未通过的申请，也没有重审表。先运行 `kinbind dataset`。",
        "No round was stopped by one reason alone, and nothing was replayed: `kinbind dataset`.",
    )
if replayed is not None:
    whole = replayed[replayed["what"].eq("outcome")]
    total = int(whole["applications"].sum())
    moved = whole[whole["was"].astype(str) != whole["becomes"].astype(str)]
    changed = int(moved["applications"].sum())
    approved = {
        side: int(whole.loc[whole[side].eq("approved"), "applications"].sum())
        for side in ("was", "becomes")
    }
    canvas.say(
        f"按另一套政策重审 {total:,} 份申请，{changed:,} 份结果不同；机器直接通过由"
        f" {approved['was']:,} 份变为 {approved['becomes']:,} 份。",
        f"Of {total:,} applications replayed {changed:,} would end otherwise; the machine would "
        f"approve {approved['becomes']:,} in place of {approved['was']:,}.",
    )
elif alone is not None and len(alone):
    top = alone.iloc[0]
    canvas.say(
        f"最常成为唯一障碍的是“{reason_zh(top.code)}”：{top.rounds:,} 轮，其中人工最终通过"
        f" {top.people_approved:,} 轮；取消它至多有这么多轮改由机器通过。",
        f"The commonest lone obstacle is {top.code}: {top.rounds:,} rounds, of which people "
        f"approved {top.people_approved:,}.",
    )

# %%
if replayed is not None and len(whole):
    order = [
        outcome for outcome in OUTCOMES if outcome in set(whole["was"]) | set(whole["becomes"])
    ]
    grid = (
        whole.astype({"was": object, "becomes": object})
        .pivot_table(index="was", columns="becomes", values="applications", aggfunc="sum")
        .reindex(index=order, columns=order)
        .fillna(0)
    )
    canvas.show(
        charts.heat(
            ("重审前后的结果", "Outcome now (rows) and under the other policies (columns)"),
            grid,
            [outcome_zh(name) for name in order],
            [outcome_zh(name) for name in order],
            lambda row, column: f"{grid.to_numpy()[row, column]:,.0f}",
        )
    )
    codes = replayed[replayed["what"].ne("outcome")].nlargest(MOST, "applications")
    if len(codes):
        signs = {"added": "＋", "removed": "－"}
        labels = [f"{signs[one.what]} {reason_zh(str(one.code))}" for one in codes.itertuples()]
        canvas.show(
            charts.bars(
                (
                    "结果改变的申请中新增（＋）与消失（－）的原因",
                    "Reasons added (+) and gone (−) where the outcome changes",
                ),
                codes.set_axis(labels)["applications"],
                [
                    f"{one.applications:,}  {outcome_zh(one.was)} → {outcome_zh(one.becomes)}"
                    for one in codes.astype(object).itertuples()
                ],
            )
        )
if alone is not None and len(alone):
    shown = alone.head(MOST)
    canvas.show(
        charts.bars(
            (
                "只因一项原因未通过的轮次",
                "Rounds that one reason alone kept from the machine's approval",
            ),
            shown.set_axis([reason_zh(code) for code in shown["code"]])["rounds"],
            [f"{one.rounds:,}（人工通过 {one.people_approved:,}）" for one in shown.itertuples()],
        )
    )
