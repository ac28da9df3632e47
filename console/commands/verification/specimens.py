"""`kinbind specimens`: invented applications to try the system with."""

from pathlib import Path
from typing import Annotated

import typer

from console.commands.choices import bad_choice
from console.commands.output import say

LEVELS = ("scan", "phone", "hard", "mixed")


def specimens(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where to draw them.")],
    *,
    families: Annotated[int, typer.Option(min=1, help="How many applications.")] = 12,
    seed: Annotated[int, typer.Option(help="The same seed draws the same set.")] = 1,
    level: Annotated[str, typer.Option(help="One of: " + ", ".join(LEVELS))] = "phone",
    demo: Annotated[
        bool, typer.Option("--demo", help="The demonstration's twelve situations instead.")
    ] = False,
) -> None:
    """生成虚构材料。Draw invented families' papers as photographs, with the truth beside each."""
    if level not in LEVELS:
        raise bad_choice(level, LEVELS, "--level")
    from rich.progress import Progress

    from specimens.applications.write_specimens import write_demo, write_specimens

    with Progress(transient=True) as bar:
        row = bar.add_task("绘制材料 drawing papers", total=None)

        def progress(done: int, total: int) -> None:
            bar.update(row, completed=done, total=total)

        if demo:
            written = write_demo(folder, seed=seed, progress=progress)
        else:
            written = write_specimens(
                folder, count=families, seed=seed, level=level, progress=progress
            )
    say(f"已生成 {len(written)} 份虚构申请 {len(written)} invented applications: {folder}")
