"""The charts of the analyses, each from one table: Chinese titles over English ones."""

from collections.abc import Callable, Sequence
from typing import Any

import matplotlib as mpl
import numpy as np
import pandas as pd
from canvas import (
    DEEP,
    FAINT,
    GREEN,
    HEAT,
    INK,
    label_periods,
    label_rows,
    note_beside,
    titled_axes,
    write_centred,
)
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator, PercentFormatter
from wording import OUTCOMES


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


def heat(
    titles: tuple[str, str],
    grid: pd.DataFrame,
    rows: Sequence[str],
    columns: Sequence[str],
    text: Callable[[int, int], str],
    *,
    least: float = 1e-9,
) -> Figure:
    """Cells darker the higher their value, with its text where it is not 0; NaN stays empty.

    Args:
        titles: Chinese and English.
        grid: The values.
        rows: Label of each row.
        columns: Label of each column.
        text: What stands in a cell.
        least: A lower value is not the darkest, even where none is higher.
    """
    figure, (ax,) = titled_axes(*titles, 1.75 + 0.42 * len(grid))
    values = grid.to_numpy(dtype=float)
    top = max(np.nanmax(values), least)
    ax.imshow(values, cmap=HEAT, vmin=0, vmax=top, aspect="auto")
    for row, column in np.argwhere(np.nan_to_num(values) > 0):
        ink = "white" if values[row, column] > top * 0.45 else INK
        write_centred(ax, column, row, text(row, column), ink)
    ax.set_xticks(range(len(columns)), columns, linespacing=1.35)
    ax.set_yticks(range(len(rows)), rows)
    ax.set_xticks(np.arange(len(columns) + 1) - 0.5, minor=True)
    ax.set_yticks(np.arange(len(rows) + 1) - 0.5, minor=True)
    ax.tick_params(which="minor", length=0)
    ax.grid(which="minor", color="white", linewidth=2)
    ax.spines[:].set_visible(False)
    return figure


def spreads(
    titles: tuple[str, str],
    panels: dict[str, list[np.ndarray]],
    rows: Sequence[str],
    notes: Sequence[str],
    plain: int = 0,
) -> Figure:
    """Boxes (whiskers 5-95 %) over the single values, side by side for several measures.

    Args:
        titles: Chinese and English.
        panels: Label of each measure to the values of each row.
        rows: Label of each row.
        notes: What stands to the right of each row.
        plain: How many of the first rows are drawn grey, for comparison.
    """
    figure, axes = titled_axes(*titles, 1.75 + 0.42 * len(rows), len(panels), sharey=True)
    for ax, (label, groups) in zip(axes, panels.items(), strict=True):
        for row, values in enumerate(groups):
            _box(ax, row, values, FAINT if row < plain else DEEP)
        ax.set_xlabel(label, color=INK, fontsize=9, linespacing=1.35)
        ax.xaxis.set_major_locator(MaxNLocator(nbins=5 if len(panels) > 1 else 9))
        ax.grid(axis="x")
        label_rows(ax, rows)
    if len(panels) == 1:
        axes[0].set_xlim(left=0)
    note_beside(axes[-1], notes)
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


def shares(titles: tuple[str, str], table: pd.DataFrame, rows: Sequence[str]) -> Figure:
    """A dot and its 95 % interval for each row of `share`, `low`, `high`; few rounds are hollow.

    Args:
        titles: Chinese and English.
        table: As `kinbind.frames.questions` answers, with `few`; its counts are the last column.
        rows: Label of each row, with its counts.
    """
    figure, (ax,) = titled_axes(*titles, 1.6 + 0.42 * len(table))
    places = range(len(table))
    ax.hlines(places, table["low"], table["high"], color=INK, linewidth=2.2)
    faces = ["white" if few else INK for few in table["few"]]
    ax.scatter(
        table["share"],
        places,
        s=60,
        c=faces,
        edgecolors=INK,
        linewidths=1.6,
        zorder=3,
        clip_on=False,
    )
    note_beside(
        ax, [f"{one.share:.1%}（{one.low:.1%}–{one.high:.1%}）" for one in table.itertuples()]
    )
    label_rows(ax, rows)
    ax.tick_params(axis="y", pad=9)  # a dot at 0 % reaches over the axis
    ax.set_xlim(0, min(1.0, max(float(table["high"].max()) * 1.08, 0.02)))
    # Without halves of a per cent, which would be rounded where there are no decimals.
    ax.xaxis.set_major_locator(MaxNLocator(nbins=8, steps=[1, 2, 5, 10]))
    ax.xaxis.set_major_formatter(
        PercentFormatter(1, decimals=0 if table["high"].max() > 0.08 else 1)
    )
    ax.grid(axis="x")
    return figure


def bars(titles: tuple[str, str], lengths: "pd.Series[Any]", notes: Sequence[str]) -> Figure:
    """One bar a row of the index, with a note at its end."""
    figure, (ax,) = titled_axes(*titles, 1.6 + 0.36 * len(lengths))
    ax.barh(range(len(lengths)), lengths, 0.7, color=DEEP)
    note_beside(ax, notes)
    label_rows(ax, [str(name) for name in lengths.index])
    ax.set_xlim(0, max(float(lengths.max()) * 1.05, 1))
    ax.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=8))
    ax.grid(axis="x")
    return figure


def work_over_weeks(weeks: pd.DataFrame) -> Figure:
    """Cases opened as columns, those decided of them as hatched ones before them."""
    figure, (ax,) = titled_axes(
        "每周开启与其中已决定的案件",
        "Cases before people by week of opening; hatched = decided",
        4.0,
    )
    places = range(len(weeks))
    ax.bar(places, weeks["opened"], 0.84, color="#c9d7e0", label="开启 opened")
    ax.bar(
        *(places, weeks["decided"], 0.5),
        color=DEEP,
        hatch="///",
        edgecolor="white",
        linewidth=0,
        label="已决定 decided",
    )
    ax.yaxis.set_major_locator(MaxNLocator(integer=True, nbins=6))
    ax.grid(axis="y")
    ax.set_ylabel("件 cases")
    label_periods(ax, pd.PeriodIndex(pd.to_datetime(weeks["week"]), freq="W"))
    figure.legend(
        loc="upper right",
        bbox_to_anchor=(0.995, 1 - 0.08 / figure.get_figheight()),
        ncols=2,
        frameon=False,
        fontsize=9.5,
    )
    return figure


def share_over_weeks(titles: tuple[str, str], weeks: pd.DataFrame) -> Figure:
    """A share with its 95 % interval by week; weeks with few cases are hollow."""
    figure, (ax,) = titled_axes(*titles, 3.6)
    places = np.arange(len(weeks))
    ax.vlines(places, weeks["low"], weeks["high"], color=INK, linewidth=1.8)
    faces = ["white" if few else INK for few in weeks["few"]]
    ax.plot(places, weeks["share"], color=FAINT, linewidth=1)
    ax.scatter(
        places,
        weeks["share"],
        s=42,
        c=faces,
        edgecolors=INK,
        linewidths=1.4,
        zorder=3,
        clip_on=False,
    )
    ax.set_ylim(0, 1)
    ax.yaxis.set_major_formatter(PercentFormatter(1))
    ax.grid(axis="y")
    label_periods(ax, pd.PeriodIndex(pd.to_datetime(weeks["week"]), freq="W"))
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


def _box(ax: Axes, row: int, values: np.ndarray, colour: str) -> None:
    if not len(values):
        return
    dice = np.random.default_rng(row)
    dots = values if len(values) <= 400 else dice.choice(values, 400, replace=False)
    height = row + dice.uniform(-0.27, 0.27, len(dots))
    few = len(values) < 5  # too few for a box: the values themselves
    ax.plot(
        dots,
        np.full(len(dots), row) if few else height,
        "o",
        color=colour,
        alpha=0.8 if few else 0.3,
        markersize=5 if few else 2.4,
        markeredgewidth=0,
    )
    if few:
        return
    line = {"color": colour, "linewidth": 1.2}
    ax.boxplot(
        [values],
        positions=[row],
        orientation="horizontal",
        widths=0.56,
        whis=(5, 95),
        showfliers=False,
        manage_ticks=False,
        boxprops=line,
        whiskerprops=line,
        capprops=line,
        medianprops={"color": INK, "linewidth": 2},
    )


def _interval(shares: pd.DataFrame, z: float = 1.96) -> tuple[pd.Series, pd.Series]:
    """The Wilson interval, which stays within 0 and 1 for a handful of cases too."""
    hits, n = shares["hits"], shares["n"]
    middle = (hits + z * z / 2) / (n + z * z)
    half = z * np.sqrt(hits * (n - hits) / n + z * z / 4) / (n + z * z)
    return middle - half, middle + half
