"""`kinbind dataset`: the data team's tables."""

from typing import Annotated

import typer

from console.commands.home import home_repositories
from console.commands.output import say


def dataset(
    folder: Annotated[
        str | None,
        typer.Argument(
            metavar="FOLDER",
            help="A folder or s3://bucket/prefix; without it, where KINBIND_DATASET says.",
        ),
    ] = None,
) -> None:
    """导出数据表。The data team's tables as Parquet; nobody is named or singled out."""
    from tasks.reports.dataset.publish_dataset import publish_dataset

    with home_repositories() as repositories:
        manifest = publish_dataset(repositories, folder)
    for name, rows in manifest.rows.items():
        say(f"{name}: {rows} 行 rows")
    say(
        f"每种可识别组合至少 {manifest.anonymity} 轮次；为此未发布 {manifest.withheld} 行。"
        f"At least {manifest.anonymity} rounds share each combination; {manifest.withheld} rows"
        " were withheld for it."
    )
