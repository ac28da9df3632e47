# %% [markdown]
# # 工作量、期限与人力 WorkloadCounts, terms, staffing
#
# 每周有多少案件需要人工审核，是否在期限内办完，每人每周办多少件，最忙时需要几个人。
# 审核员只以代号出现。空心圆代表不足 30 件，不足以比较。
# How many cases come before people each week, whether they are decided in time, how many one person
# decides, and how many people the busiest week takes. Reviewers appear under pseudonyms.

# %%
import math

import canvas
import charts
import pandas as pd

from kinbind.frames import DatasetMissingError, load, questions

canvas.set_style()
try:
    weeks, people = questions.reviews_by_week(), questions.reviewers()
    reviews = load("reviews", columns=["opened_on", "opened_span", "reviewer", "hours_open"])
except DatasetMissingError:
    weeks = people = reviews = None


def pace(reviews: pd.DataFrame) -> float:
    """Cases that one person decides in a week in which they decide any: the median."""
    told = reviews.query("opened_span != 'month'").dropna(subset="reviewer")
    told = told.assign(week=pd.to_datetime(told["opened_on"]).dt.to_period("W"))
    return float(told.groupby(["reviewer", "week"], observed=True).size().median())


def busiest(weeks: pd.DataFrame, one_person: float) -> tuple[str, str]:
    """The busiest week in words, and how many people it took or would take."""
    top = weeks.nlargest(1, "opened").iloc[0]
    needed = math.ceil(top.opened / one_person)
    return (
        f"最忙的一周（{top.week:%Y-%m-%d} 起）开启 {top.opened:,} 件；每人每周决定"
        f" {one_person:.0f} 件（中位），需 {needed} 人。",
        f"The busiest week opened {top.opened:,}; one person decides {one_person:.0f} a week "
        f"(median), so it takes {needed}.",
    )


# %%
if weeks is None or reviews is None or reviews.empty:
    canvas.say(
        "还没有人工审核的案件，因此说不出工作量。先运行 `kinbind dataset`。",
        "No case came before people yet: `kinbind dataset` first.",
    )
else:
    decided = int(reviews["reviewer"].notna().sum())
    hours = reviews["hours_open"].median()
    within = people["within_term"].mul(people["decided"]).sum() / max(decided, 1)
    zh, en = (
        (
            f"{len(reviews):,} 件人工审核，已决定 {decided:,} 件，中位用时 {hours:.1f} 小时，"
            f"期限内 {within:.0%}。",
            f"{len(reviews):,} cases, {decided:,} decided, {hours:.1f} hours at the median, "
            f"{within:.0%} in time. ",
        )
        if decided
        else (f"{len(reviews):,} 件人工审核，均待审。", f"{len(reviews):,} cases, all waiting. ")
    )
    one_person = pace(reviews)
    more = busiest(weeks, one_person) if len(weeks) and one_person > 0 else ("", "")
    canvas.say(zh + more[0], en + more[1])
    if len(weeks):
        canvas.show(charts.work_over_weeks(weeks))
    timed = weeks.dropna(subset="share")
    if len(timed):
        canvas.show(
            charts.share_over_weeks(
                ("期限内决定的比例", "Share decided within the term, by week; 95 % interval"),
                timed,
            )
        )
    if decided:
        groups = {
            str(name): part.dropna().to_numpy(float)
            for name, part in reviews.groupby("reviewer", observed=True)["hours_open"]
        }
        order = [str(one) for one in people["reviewer"]][:15]
        canvas.show(
            charts.spreads(
                ("各审核员从开启到决定的用时", "Hours from opening to decision, by reviewer"),
                {"小时 hours": [groups[name] for name in order]},
                [f"审核员 {name[:6]}" for name in order],
                [f"n = {len(groups[name]):,}" for name in order],
            )
        )
    looked = people.dropna(subset="share")
    if len(looked):
        canvas.show(
            charts.shares(
                (
                    "双人复核时意见一致的比例",
                    "Share of cases seen by two in which both said the same; 95 % interval",
                ),
                looked,
                [
                    f"审核员 {one.reviewer[:6]}  决定 {one.decided:,} 件"
                    for one in looked.itertuples()
                ],
            )
        )
