"""`kinbind dataset`: the data team's tables."""

from pathlib import Path
from typing import Annotated

import typer

from console.commands.home import home_repositories


def dataset(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Where to write the tables.")],
) -> None:
    """导出数据表。Applications, documents and findings as Parquet, without personal data."""
    from storage.reports.datasets import publish_dataset

    with home_repositories() as repositories:
        published = publish_dataset(repositories.cases, folder)
    for path, rows in published.items():
        typer.echo(f"{path}: {rows} 行 rows")
