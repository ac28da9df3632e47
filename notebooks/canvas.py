"""The style of all charts: fonts, colours, titles over a figure, labels beside its axes."""

import math
import warnings
from collections.abc import Sequence
from typing import Any, Final

import matplotlib as mpl
import matplotlib.pyplot as plt
import pandas as pd
from IPython.display import Markdown, display
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure

FONTS: Final = (
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "WenQuanYi Zen Hei",
    "Microsoft YaHei",
    "PingFang SC",
    "SimHei",
)
INK, FAINT, DEEP, GREEN = "#22303c", "#5b6773", "#2f5d7c", "#3b8272"
HEAT: Final = LinearSegmentedColormap.from_list("heat", ["#eef3f6", "#a9c6d6", DEEP, "#17344a"])
_HEAD: Final = 0.78  # inches above the axes for both titles


def set_style() -> None:
    """Choose the fonts and the quiet style; says so where no Chinese font is installed."""
    installed = {font.name for font in font_manager.fontManager.ttflist}
    chinese = [name for name in FONTS if name in installed][:1]
    mpl.rcParams.update(
        {
            "font.family": [*chinese, "DejaVu Sans"],
            "axes.edgecolor": "#c5ccd3",
            "axes.labelcolor": FAINT,
            "axes.spines.left": False,
            "axes.spines.top": False,
            "axes.spines.right": False,
            "axes.axisbelow": True,
            "figure.dpi": 110,
            "grid.color": "#e6eaee",
            "text.color": INK,
            "xtick.color": "#c5ccd3",
            "ytick.color": "#c5ccd3",
            "xtick.labelcolor": INK,
            "ytick.labelcolor": INK,
            "xtick.major.size": 0,
            "ytick.major.size": 0,
        }
    )
    if not chinese:
        warnings.filterwarnings("ignore", message="Glyph .* missing from")
        say(
            "没有找到中文字体，图中的汉字会显示为方框；请安装 fonts-noto-cjk。",
            "No Chinese font was found: install fonts-noto-cjk to see the labels.",
        )


def say(zh: str, en: str) -> None:
    """One sentence in both languages, beside a chart or in the place of one."""
    display(Markdown(f"{zh}  \n*{en}*"))


def show_table(table: pd.DataFrame) -> None:
    """Put a table under its cell."""
    display(table)


def show(figure: Figure) -> None:
    """Put a figure under its cell, once."""
    display(figure)
    plt.close(figure)


def titled_axes(
    zh: str, en: str, height: float, columns: int = 1, **layout: Any
) -> tuple[Figure, Sequence[Axes]]:
    """A figure of `height` inches with both titles over its whole width, and its axes."""
    figure, axes = plt.subplots(
        1, columns, figsize=(10.5, height), layout="constrained", squeeze=False, **layout
    )
    if engine := figure.get_layout_engine():
        engine.set(rect=(0, 0, 1, 1 - _HEAD / height), w_pad=0.12, h_pad=0.06)
    figure.text(0.012, 1 - 0.12 / height, zh, fontsize=15, fontweight="bold", va="top")
    figure.text(0.012, 1 - 0.47 / height, en, fontsize=9.5, color=FAINT, va="top")
    return figure, list(axes[0])


def label_rows(ax: Axes, labels: Sequence[str]) -> None:
    """One row for each label, the first on top."""
    ax.set_yticks(range(len(labels)), labels)
    ax.set_ylim(len(labels) - 0.4, -0.6)


def note_beside(ax: Axes, notes: Sequence[str]) -> None:
    """A small note to the right of each row."""
    for row, note in enumerate(notes):
        place = ("axes fraction", "data")
        ax.annotate(note, (1.015, row), xycoords=place, va="center", fontsize=9, color=FAINT)


def write_centred(ax: Axes, x: float, y: float, text: str, ink: str) -> None:
    ax.text(x, y, text, ha="center", va="center", fontsize=9, color=ink)


def label_periods(ax: Axes, periods: pd.PeriodIndex) -> None:
    """At most a dozen days or months at the foot, with the year where it begins."""
    starts = [period.start_time for period in periods]
    every = math.ceil(len(starts) / 12)
    labels, year = [], None
    for start in starts[::every]:
        name = f"{start.month}月" if periods.freqstr == "M" else f"{start:%m-%d}"
        labels.append(name if start.year == year else f"{name}\n{start:%Y}")
        year = start.year
    ax.set_xticks(range(0, len(starts), every), labels)
    ax.set_xlim(-0.7, max(len(starts), 8) - 0.3)
