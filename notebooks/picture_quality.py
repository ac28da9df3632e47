# %% [markdown]
# # 图像质量与识别用时 Picture quality and reading time
#
# 哪类材料最常因图像质量被指出问题，测得的数值是否支持这些原因，识别把时间用在哪里。
# 同一轮里同一原因只计一次；提示和被人工推翻的不计入。
# Which papers are most often found to be badly photographed, whether the measured figures agree,
# and where the reading time goes. A code counts once in a round; notes and what a person overruled
# are not counted.

# %%
import canvas
import charts
import pandas as pd
from tables import ROUND, joinable, known, most_first, reasons_in_force, table
from wording import CLEAN, kind_zh, reason_in_lines, reason_zh

canvas.set_style()

# %%
MEASURED = ["blur", "glare", "glyph_height_px", "rotation", "corners_visible", "colour"]

papers = table("documents", [*ROUND, "kind", "seconds", "mean_confidence", *MEASURED])
findings = reasons_in_force(table("findings", [*ROUND, "code", "kind", "in_force"]))
quality = findings[known(findings["code"], "").str.startswith("Q")]

if papers.empty:
    canvas.say(
        "还没有识别过的材料，因此说不出图像质量。先运行 `kinbind dataset`。",
        "No paper was read yet, so nothing can be said: `kinbind dataset` first.",
    )
else:
    count = joinable(papers)["case"].nunique()
    share = joinable(quality)["case"].nunique() / max(count, 1)
    seconds = papers["seconds"].sum()
    mean = seconds / len(papers)
    canvas.say(
        f"{count:,} 轮申请共 {len(papers):,} 份材料，{share:.1%} 的轮次因图像质量被指出问题；"
        f"识别共用 {seconds:,.0f} 处理器秒，平均每份 {mean:.2f} 秒。",
        f"Of {count:,} rounds with {len(papers):,} papers {share:.1%} have a finding about a "
        f"picture; reading took {seconds:,.0f} processor seconds, {mean:.2f} a paper.",
    )

# %% [markdown]
# ## 1. 图像问题 Findings about pictures (Q codes)
#
# 审核意见只写明材料类型，不写明是哪个文件：一轮里有多份同类材料时，Q 原因算在该类的每一份上。
#
# A finding names the kind of paper, not the file: where a round has several papers of that kind,
# the Q code is counted for each of them.

# %%
named = quality.dropna(subset="kind").drop_duplicates([*ROUND, "code", "kind"])
named = named.merge(papers[[*ROUND, "kind"]].drop_duplicates(), on=[*ROUND, "kind"])
quality_by_kind = most_first(pd.crosstab(named["kind"], named["code"]))
rounds_with_kind = joinable(papers).drop_duplicates([*ROUND, "kind"]).groupby("kind").size()
quality_shares = quality_by_kind.div(rounds_with_kind, axis="index").loc[quality_by_kind.index]
if quality_by_kind.empty:
    canvas.say("没有材料因图像质量被指出问题。", "No paper has a finding about its picture.")
else:
    canvas.show(
        charts.heat(
            (
                "哪类材料出现哪种图像问题",
                "Share of rounds with such a paper whose picture got the Q code (rounds)",
            ),
            quality_shares,
            [kind_zh(kind) for kind in quality_by_kind.index],
            [reason_in_lines(code) for code in quality_by_kind.columns],
            lambda row, column: (
                f"{quality_shares.to_numpy()[row, column]:.1%}"
                f"  ({quality_by_kind.to_numpy()[row, column]})"
            ),
            least=0.05,
        )
    )
unnamed = int(quality["kind"].isna().sum())
if unnamed:
    canvas.say(
        f"另有 {unnamed} 条图像意见没有写明材料类型。", f"{unnamed} more name no kind of paper."
    )

# %% [markdown]
# 测得的质量数值是否与 Q 原因相符：有该原因的材料应当与“无图像问题”明显分开；
# 若两者重叠，这一项的阈值值得重新校准。
#
# Whether the measured figures agree with the codes: where the boxes overlap, the threshold wants
# another look.

# %%
MEASURES = {
    "blur": "模糊度\nblur, 0 sharp to 1",
    "glare": "反光比例\nglare, share of the page",
    "glyph_height_px": "文字高度\nglyph height, pixels",
    "mean_confidence": "平均置信度\nmean confidence, 0 to 1",
}

flagged = papers.merge(named[[*ROUND, "kind", "code"]], on=[*ROUND, "kind"], how="left")
flagged["code"] = known(flagged["code"], CLEAN)
flagged = flagged.dropna(subset=list(MEASURES), how="all")
if flagged.empty:
    canvas.say("没有带质量数值的材料。", "No paper carries quality figures.")
else:
    codes = sorted(flagged["code"].unique(), key=lambda code: (code != CLEAN, code))
    of_code = [flagged[flagged["code"] == code] for code in codes]
    canvas.show(
        charts.spreads(
            (
                "质量数值与图像问题",
                "Measured figures of the papers with each Q code; line = median",
            ),
            {
                label: [part[measure].dropna().to_numpy(float) for part in of_code]
                for measure, label in MEASURES.items()
            },
            [reason_zh(code) for code in codes],
            [f"n = {len(part):,}" for part in of_code],
            plain=1 if CLEAN in codes else 0,
        )
    )
    shares = {
        "曾旋转": [part["rotation"].fillna(0).ne(0).mean() for part in of_code],
        "四角不全": [part["corners_visible"].lt(4).mean() for part in of_code],
        "黑白件": [part["colour"].isin([False]).mean() for part in of_code],
    }
    canvas.show_table(
        pd.DataFrame(shares, index=[reason_zh(code) for code in codes]).map("{:.0%}".format)
    )

# %% [markdown]
# ## 2. 识别用时 Reading time
#
# 每份材料占用的处理器秒数；总用时多的一类，是提速最值得下手的地方。

# %%
times = papers.dropna(subset=["seconds", "kind"])
seconds_by_kind = times.groupby("kind")["seconds"].agg(["count", "median", "sum"])
seconds_by_kind = seconds_by_kind.sort_values("median", ascending=False)
if seconds_by_kind.empty:
    canvas.say("没有识别过的材料，因此没有用时。", "No paper was read, hence no times.")
else:
    kinds = seconds_by_kind.index
    values = [times.loc[times["kind"] == kind, "seconds"].to_numpy(float) for kind in kinds]
    canvas.show(
        charts.spreads(
            ("各类材料的识别用时", "Processor seconds for one paper; line = median"),
            {"处理器秒 processor seconds": values},
            [kind_zh(str(kind)) for kind in kinds],
            [
                f"中位 {row.median:.2f} 秒   n = {row.count:,}"
                for row in seconds_by_kind.itertuples(index=False)
            ],
        )
    )
    total, busiest = seconds_by_kind["sum"].sum(), str(seconds_by_kind["sum"].idxmax())
    share = seconds_by_kind["sum"].max() / total if total else 0
    canvas.say(
        f"识别共用 {total:,.0f} 处理器秒，其中{kind_zh(busiest)}占 {share:.0%}，为各类之首。",
        f"{total:,.0f} processor seconds in all, the largest part of them for {busiest}.",
    )
