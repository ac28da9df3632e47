"""`kinbind dataset`: the data team's tables."""

from pathlib import Path
from typing import Annotated

import typer


def dataset(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Where to write the tables.")],
) -> None:
    """导出数据表。Applications, documents and findings as Parquet, without personal data."""
    from storage.bootstrap import open_repositories
    from storage.reports.datasets import publish_dataset
    from storage.settings import load_settings

    published = publish_dataset(open_repositories(load_settings()).cases, folder)
    for path, rows in published.items():
        typer.echo(f"{path}: {rows} 行 rows")
