"""Charts of any table: heat map, spreads, shares, bars, weeks; titles in both languages."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pandas as pd
from canvas import (
    DEEP,
    FAINT,
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
