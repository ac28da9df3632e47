"""Charts of outcomes, one colour for each: over time, by place, by reason, by the machine."""

from collections.abc import Sequence
from typing import Any

import matplotlib as mpl
import numpy as np
import pandas as pd
from canvas import (
    FAINT,
    GREEN,
    INK,
    label_periods,
    label_rows,
    note_beside,
    titled_axes,
    write_centred,
)
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator, PercentFormatter
from wording import OUTCOMES

from models.reports.wilson import wilson_interval


def outcomes_over_time(counted: pd.DataFrame, step: str) -> Figure:
    """Stacked columns: one for each period, one colour for each outcome."""
    figure, (ax,) = titled_axes(f"每{step}办理结果", "Rounds by time of receipt and outcome", 4.3)
    base = np.zeros(len(counted))
    for outcome, look in OUTCOMES.items():
        heights = counted[outcome].to_numpy()
        ax.bar(range(len(counted)), heights, 0.84, base, color=look.colour, label=look.zh)
        base += heights
    ax.set_ylim(0, max(base.max() * 1.06, 1.2))
    ax.yaxis.set_major_locator(MaxNLocator(integer=True, nbins=6))
    ax.grid(axis="y")
    ax.set_ylabel("轮次 rounds")
    label_periods(ax, pd.PeriodIndex(counted.index))
    _outcome_legend(figure, counted)
    return figure


def outcomes_by_place(counted: pd.DataFrame) -> Figure:
    """Shares of the outcomes, one bar for each place, with how many rounds it stands for."""
    figure, (ax,) = titled_axes(
        "各地办理结果构成",
        "Share of each outcome by region; n = rounds",
        1.45 + 0.38 * len(counted),
    )
    total = counted.sum(axis=1)
    base = np.zeros(len(counted))
    for outcome, look in OUTCOMES.items():
        share = (counted[outcome] / total).to_numpy()
        ax.barh(range(len(counted)), share, 0.74, base, color=look.colour, edgecolor="white")
        for row in np.flatnonzero(share >= 0.05):
            middle = base[row] + share[row] / 2
            write_centred(ax, middle, int(row), f"{share[row]:.0%}", look.ink)
        base += share
    note_beside(ax, [f"n = {count:,}" for count in total])
    label_rows(ax, [str(place) for place in counted.index])
    ax.set_xlim(0, 1)
    ax.xaxis.set_major_formatter(PercentFormatter(1))
    ax.spines["bottom"].set_visible(False)
    _outcome_legend(figure, counted)
    return figure


def reasons(counted: pd.DataFrame, labels: Sequence[str], rounds: int, left_out: int) -> Figure:
    """How many rounds have each reason, coloured by their outcomes."""
    more = f"; {left_out} rarer codes left out" if left_out else ""
    figure, (ax,) = titled_axes(
        "最常见的原因与办理结果",
        f"Rounds with each reason code, by outcome{more}",
        1.6 + 0.34 * len(counted),
    )
    base = np.zeros(len(counted))
    for outcome, look in OUTCOMES.items():
        lengths = counted[outcome].to_numpy()
        ax.barh(range(len(counted)), lengths, 0.74, base, color=look.colour, edgecolor="white")
        base += lengths
    for row, count in enumerate(base):
        text = f"{count:,.0f}  ({count / rounds:.0%})"
        ax.text(count + base.max() * 0.01, row, text, va="center", fontsize=9, color=FAINT)
    label_rows(ax, labels)
    ax.set_xlim(0, base.max() * 1.12)
    ax.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=8))
    ax.grid(axis="x")
    ax.set_xlabel("轮次（占全部轮次） rounds (share of all rounds)")
    _outcome_legend(figure, counted)
    return figure


def machine_share(
    by_period: pd.DataFrame, by_channel: pd.DataFrame, channels: Sequence[str], step: str
) -> Figure:
    """Share of `hits` among `n` over time and by channel, with what chance may do to it."""
    whole = by_channel["hits"].sum() / by_channel["n"].sum()
    figure, (left, right) = titled_axes(
        f"机器直接通过 {whole:.0%}",
        "Share of decided rounds that the machine approved by itself, with 95 % interval",
        max(3.8, 1.9 + 0.36 * len(by_channel)),
        2,
        width_ratios=[1.5, 1],
    )
    spots = np.flatnonzero(by_period["n"])
    seen = by_period.iloc[spots]
    left.vlines(spots, *_interval(seen), color=GREEN, alpha=0.25, linewidth=5)
    dots: dict[str, Any] = {"color": GREEN, "clip_on": False, "zorder": 3}
    left.plot(spots, seen["hits"] / seen["n"], "-o", markersize=5, linewidth=1.2, **dots)
    left.axhline(whole, color=FAINT, linewidth=1, linestyle=":")
    left.set_ylim(0, 1)
    left.yaxis.set_major_formatter(PercentFormatter(1))
    left.grid(axis="y")
    left.set_xlabel(f"按{step} over time", color=INK)
    label_periods(left, pd.PeriodIndex(by_period.index))
    rows = range(len(by_channel))
    right.hlines(rows, *_interval(by_channel), color=GREEN, alpha=0.25, linewidth=6)
    right.plot(by_channel["hits"] / by_channel["n"], rows, "o", markersize=7, **dots)
    right.axvline(whole, color=FAINT, linewidth=1, linestyle=":")
    right.set_xlim(0, 1)
    right.xaxis.set_major_formatter(PercentFormatter(1))
    right.grid(axis="x")
    right.set_xlabel("按渠道 by channel", color=INK)
    label_rows(right, channels)
    note_beside(right, [f"{row.hits} / {row.n}" for row in by_channel.itertuples()])
    return figure


def _outcome_legend(figure: Figure, counted: pd.DataFrame) -> None:
    """The outcomes that occur, in one row beside the title."""
    shown = [look for outcome, look in OUTCOMES.items() if counted[outcome].any()]
    patches = [mpl.patches.Patch(color=look.colour, label=look.zh) for look in shown]
    figure.legend(
        handles=patches,
        loc="upper right",
        bbox_to_anchor=(0.995, 1 - 0.08 / figure.get_figheight()),
        ncols=len(patches),
        frameon=False,
        fontsize=9.5,
        handlelength=1,
        handleheight=1,
        columnspacing=1.3,
    )


def _interval(shares: pd.DataFrame) -> tuple[list[float], list[float]]:
    """Both ends of the 95 % interval of each row's share of `hits` among `n`."""
    ends = [wilson_interval(*map(int, row)) for row in shares[["hits", "n"]].to_numpy()]
    return [low for low, _ in ends], [high for _, high in ends]
