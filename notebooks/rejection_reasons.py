# %% [markdown]
# # 退回、拒绝与转人工的原因
# Why applications are returned, rejected or put before a person
#
# 数据来自 `kinbind dataset` 发布的两张表：申请轮次、审核意见（`kinbind.frames.load`）。
# 表中没有姓名、号码和文件名；任何组合至少由 k 轮次共有，罕见的已合并或隐去。
# 环境变量 `KINBIND_DATASET` 指明数据所在处，默认 `.kinbind/dataset`。
#
# **计数单位是“轮次”**：补件后再次提交算新的一轮；同一轮里同一原因只计一次。
# 提示不是原因，被人工推翻的不再是原因，二者都不计入；只计现行的原因。
#
# The unit is the round (one handing-in); a code counts once in a round. Notes and what a person
# overruled are no reasons and are not counted.

# %%
from typing import Any

import canvas
import charts
import numpy as np
import outcome_charts
import pandas as pd
from tables import ROUND, known, most_first, reasons_in_force, table
from wording import CHANNELS, OUTCOMES, PENDING, UNKNOWN, place_zh, reason_zh

from models.decision.decision import Outcome

canvas.set_style()

# %%
ENDING = ["outcome", "decided_by"]
RECEIVED = ["region", "channel", "received_on", "received_span"]

rounds = table("applications", [*ROUND, *RECEIVED, *ENDING])
findings = reasons_in_force(table("findings", [*ROUND, "code", "in_force", "outcome"]))
rounds["received_on"] = pd.to_datetime(rounds["received_on"])
rounds["outcome"] = known(rounds["outcome"], PENDING)
rounds["channel"] = known(rounds["channel"], UNKNOWN)
rounds["by_machine"] = rounds["decided_by"].eq("machine")


def commonest_reason() -> tuple[str, str]:
    """Why most returns were returned, in words; nothing where none was."""
    of_returns = findings[findings["outcome"].eq("returned")].drop_duplicates(["case", "code"])
    if of_returns.empty:
        return "", ""
    code, count = of_returns["code"].value_counts().head(1).reset_index().iloc[0]
    share = count / max(int(rounds["outcome"].eq("returned").sum()), 1)
    return (
        f"退回最常见的原因是“{reason_zh(code)}”，见于退回的 {share:.0%}。",
        f"The commonest reason of returns is {code}, in {share:.0%} of them.",
    )


if rounds.empty:
    canvas.say(
        "数据集里还没有申请。先运行 `kinbind run` 与 `kinbind dataset`，再重新执行本页。",
        "The dataset holds no application yet: `kinbind run`, `kinbind dataset`, then this page.",
    )
else:
    first, last = (f"{day:%Y-%m-%d}" for day in rounds["received_on"].agg(["min", "max"]))
    zh, en = commonest_reason()
    canvas.say(
        f"{len(rounds):,} 轮申请（收件日 {first} 至 {last}）中退回"
        f" {rounds['outcome'].eq('returned').mean():.0%}、拒绝"
        f" {rounds['outcome'].eq('rejected').mean():.0%}。{zh}",
        f"Of {len(rounds):,} rounds from {first} to {last} "
        f"{rounds['outcome'].eq('returned').mean():.0%} were returned and "
        f"{rounds['outcome'].eq('rejected').mean():.0%} rejected. {en}",
    )

# %% [markdown]
# ## 1. 每日与各地的办理结果 Outcomes over days and by region
#
# 按收件日计；跨度长、或收件日多只到周或月时，按周或按月合并。
# 退回的比例突然上升，先看是不是某个渠道的拍照提示、某地的政策或识别引擎的版本刚刚变过。

# %%
STEPS = {"day": ("D", "日", 50), "week": ("W", "周", 400), "month": ("M", "月", np.inf)}
LEAST_TOLD = 0.9


def step_of(rounds: pd.DataFrame) -> str:
    """The finest step that is not too fine for the span, and at which nine in ten are told."""
    days = (rounds["received_on"].max() - rounds["received_on"].min()).days
    order = rounds["received_span"].map({name: at for at, name in enumerate(STEPS)}).astype(int)
    fits = (
        name
        for at, (name, (_, _, longest)) in enumerate(STEPS.items())
        if days < longest and (order <= at).mean() >= LEAST_TOLD
    )
    return next(fits, "month")


told = "day" if rounds.empty else step_of(rounds)
frequency, step, _ = STEPS[told]
rounds["period"] = rounds["received_on"].dt.to_period(frequency)
finer = list(STEPS)[: list(STEPS).index(told) + 1]
# A round of which only the month is told would stand on the month's first day.
timed = rounds[rounds["received_span"].isin(finer)]


def in_every_period(counted: pd.DataFrame) -> pd.DataFrame:
    """The periods in which nothing came in are part of the picture."""
    whole = pd.period_range(counted.index.min(), counted.index.max(), freq=frequency)
    return counted.reindex(whole, fill_value=0)


def by_outcome(keys: "pd.Series[Any]", outcomes: "pd.Series[str]") -> pd.DataFrame:
    """How many of each outcome, in the fixed order of the outcomes."""
    return pd.crosstab(keys, outcomes).reindex(columns=list(OUTCOMES), fill_value=0)


outcomes_by_day = by_outcome(timed["period"], timed["outcome"])
if outcomes_by_day.empty:
    canvas.say("没有可按日统计的申请。", "There is no application to count by day.")
else:
    canvas.show(outcome_charts.outcomes_over_time(in_every_period(outcomes_by_day), step))
    if len(timed) < len(rounds):
        canvas.say(
            f"另有 {len(rounds) - len(timed):,} 轮的收件日只到更粗的一级，未画在图上。",
            f"{len(rounds) - len(timed):,} rounds are told more coarsely, and not drawn.",
        )


# %%
def places_of(regions: "pd.Series[Any]") -> "pd.Series[str]":
    """Provinces where there are several, else prefectures: what a reader can compare."""
    digits = 2 if regions.dropna().astype("str").str[:2].nunique() > 1 else 4
    return known(regions, "").str[:digits].map(lambda code: place_zh(code) if code else UNKNOWN)


def fold(counted: pd.DataFrame, keep: int) -> pd.DataFrame:
    """The largest places; the rest of them as one row."""
    if len(counted) <= keep:
        return counted
    rest = counted.iloc[keep - 1 :]
    return pd.concat([counted.iloc[: keep - 1], rest.sum().to_frame(f"其余 {len(rest)} 地").T])


outcomes_by_region = most_first(by_outcome(places_of(rounds["region"]), rounds["outcome"]))
if outcomes_by_region.empty:
    canvas.say("没有可按地区统计的申请。", "There is no application to count by region.")
else:
    canvas.show(outcome_charts.outcomes_by_place(fold(outcomes_by_region, keep=14)))

# %% [markdown]
# ## 2. 最常见的原因 The commonest reasons
#
# 长度是有该原因的轮次数，颜色是这些轮次的结果。
#
# The length is how many rounds have the reason, the colour how these ended.

# %%
reasons = findings.drop_duplicates([*ROUND, "code"])
reasons = reasons.assign(outcome=known(reasons["outcome"], PENDING))
codes_by_outcome = most_first(by_outcome(reasons["code"], reasons["outcome"]))
commonest = codes_by_outcome.head(18)
if commonest.empty:
    canvas.say("没有审核意见，因此没有原因可统计。", "There are no findings, hence no reasons.")
else:
    labels = [reason_zh(code) for code in commonest.index]
    left_out = len(codes_by_outcome) - len(commonest)
    canvas.show(outcome_charts.reasons(commonest, labels, len(rounds), left_out))

# %% [markdown]
# ## 3. 同时出现的原因 Which codes come together
#
# 常常结伴的两个原因多半有同一个起因（例如模糊的照片使关键字段无法识别），改掉起因，两个一起消失。
# 图中数字是同时有两个原因的轮次。“倍数”是实际次数与互不相关时应有次数之比，远大于 1 才值得追究。
#
# "倍数" (lift): how many times oftener than chance alone would bring the two together.


# %%
def pairs_of(reasons: pd.DataFrame) -> pd.DataFrame:
    """Every two codes of one round, how often, and how much oftener than by chance."""
    both = reasons.merge(reasons, on=ROUND, suffixes=("_a", "_b"))
    both = both[both["code_a"] < both["code_b"]].rename(columns={"code_a": "a", "code_b": "b"})
    found = both.groupby(["a", "b"], as_index=False).agg(rounds=("outcome_a", "size"))
    alone = reasons["code"].value_counts()
    a, b = (found[name].map(alone).astype(float) for name in ("a", "b"))
    found["of_rarer"] = found["rounds"] / np.minimum(a, b)
    found["lift"] = found["rounds"] * len(rounds) / (a * b)
    return found.sort_values(["rounds", "lift", "a", "b"], ascending=[False, False, True, True])


def triangle(pairs: pd.DataFrame, codes: list[str]) -> pd.DataFrame:
    """The pairs among some codes as the lower half of a square, NaN above."""
    half = np.tril(np.ones((len(codes) - 1, len(codes) - 1)))
    cells = np.where(half, 0.0, np.nan)
    for pair in pairs.itertuples():
        one, other = str(pair.a), str(pair.b)
        if one in codes and other in codes:
            column, row = sorted((codes.index(one), codes.index(other)))
            cells[row - 1, column] = pair.rounds
    return pd.DataFrame(cells, index=codes[1:], columns=codes[:-1])


pairs = pairs_of(reasons)
if pairs.empty:
    canvas.say("没有一轮申请同时有两个原因。", "No round carries two codes at once.")
else:
    paired = {*pairs["a"], *pairs["b"]}
    grid = triangle(pairs, [code for code in codes_by_outcome.index if code in paired][:14])
    canvas.show(
        charts.heat(
            ("哪些原因同时出现", "Rounds in which both codes were raised"),
            grid,
            [reason_zh(code) for code in grid.index],
            list(grid.columns),
            lambda row, column: f"{grid.to_numpy()[row, column]:.0f}",
        )
    )
    canvas.show_table(
        pd.DataFrame(
            {
                "原因甲": pairs["a"].map(reason_zh),
                "原因乙": pairs["b"].map(reason_zh),
                "同时出现（轮次）": pairs["rounds"],
                "占较少者": pairs["of_rarer"].map("{:.0%}".format),
                "倍数": pairs["lift"].round(1),
            }
        )
        .head(10)
        .reset_index(drop=True)
    )

# %% [markdown]
# ## 4. 机器直接通过的比例 Share approved by machine
#
# 分母是已有结果的轮次（含等待人工审核的）；分子是机器自行通过的轮次，人工通过的不算。
# 粗线是 95% 置信区间（Wilson）：区间宽，说明数据还太少，不足以比较。

# %%
decided = rounds[rounds["outcome"].ne(PENDING)]
decided = decided.assign(
    hits=(decided["outcome"].eq(Outcome.APPROVED.value) & decided["by_machine"]).astype(int)
)
machine_by_channel = decided.groupby("channel").agg(hits=("hits", "sum"), n=("hits", "size"))
machine_by_channel = machine_by_channel.sort_values(by="n", ascending=False, kind="stable")
timed = decided[decided["received_span"].isin(finer)]
machine_by_day = timed.groupby("period").agg(hits=("hits", "sum"), n=("hits", "size"))
if decided.empty:
    canvas.say("还没有任何结果，因此没有通过比例。", "Nothing is decided yet, hence no share.")
else:
    channels = [CHANNELS.get(name, name) for name in machine_by_channel.index]
    over_time = in_every_period(machine_by_day)
    canvas.show(outcome_charts.machine_share(over_time, machine_by_channel, channels, step))
    who = decided["by_machine"].map({True: "机器", False: "人工"}).rename("由谁决定")
    canvas.show_table(
        by_outcome(who, decided["outcome"])
        .drop(columns=PENDING)
        .rename(columns=lambda outcome: OUTCOMES[outcome].zh)
        .rename_axis(columns=None)
    )
