"""The table of publications that lies beside the policies."""

import csv
import datetime as dt
import io
from pathlib import Path
from typing import Final

from models.policy.policy_fault import PolicyFault, PolicyFileError
from models.policy.publication import Publication

SOURCES_FILE: Final = "sources.csv"
_COLUMNS: Final = ("id", "title", "number", "date", "in_force", "address", "verified")


def load_publications(folder: Path) -> dict[str, Publication]:
    """Read `sources.csv` of a folder of policies; empty where there is none.

    Raises:
        PolicyFileError: A line is none of these; names all of them.
    """
    path = folder / SOURCES_FILE
    if not path.is_file():
        return {}
    known: dict[str, Publication] = {}
    faults = []
    rows = csv.DictReader(io.StringIO(path.read_text("utf-8")))
    for line, row in enumerate(rows, start=2):
        if set(row) != set(_COLUMNS) or not row["id"] or row["id"] in known:
            zh = f"应有且只有 {'、'.join(_COLUMNS)} 各栏，编号不得重复。"
            en = f"must have the columns {', '.join(_COLUMNS)} and an id of its own."
            faults.append(PolicyFault(file=SOURCES_FILE, line=line, zh=zh, en=en))
            continue
        try:
            known[row["id"]] = _publication(row, line)
        except ValueError:
            zh = "in_force 应为日期或留空，verified 应为 yes 或 no。"
            en = "in_force must be a day or empty, verified yes or no."
            faults.append(PolicyFault(file=SOURCES_FILE, line=line, key=row["id"], zh=zh, en=en))
    if faults:
        raise PolicyFileError(faults)
    return known


def _publication(row: dict[str, str], line: int) -> Publication:
    if row["verified"] not in {"yes", "no"}:
        raise ValueError("verified must be yes or no")
    return Publication(
        source_id=row["id"],
        title=row["title"],
        number=row["number"],
        date=row["date"],
        in_force=dt.date.fromisoformat(row["in_force"]) if row["in_force"] else None,
        address=row["address"],
        verified=row["verified"] == "yes",
        line=line,
    )
