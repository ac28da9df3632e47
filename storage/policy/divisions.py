"""The table of administrative divisions that lies beside the policies."""

import csv
from collections import defaultdict
from pathlib import Path
from typing import Final

from models.errors import SettingError
from models.identity.division import LAST, NO_DIVISIONS, Divisions, Era

DIVISIONS_FILE: Final = "divisions.csv"


def load_divisions(folder: Path) -> Divisions:
    """Read `divisions.csv` of a folder of policies; an empty table where there is none.

    Raises:
        SettingError: A line is not `code,name,from,to,source`; names the line.
    """
    path = folder / DIVISIONS_FILE
    if not path.is_file():
        return NO_DIVISIONS
    eras: dict[str, list[Era]] = defaultdict(list)
    with path.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.reader(file), start=1):
            if number == 1:
                continue
            if not _is_entry(row):
                msg = (
                    f"{DIVISIONS_FILE}:{number}: 应为 code,name,from,to,source 五列。"
                    " not a line of code,name,from,to,source"
                )
                raise SettingError(msg)
            code, name, first, last, source = row
            eras[code].append(Era(name, int(first or 0), int(last or LAST), source))
    return Divisions({code: tuple(found) for code, found in eras.items()})


def _is_entry(row: list[str]) -> bool:
    years = all(not year or year.isdecimal() for year in row[2:4])
    return len(row) == 5 and len(row[0]) == 6 and row[0].isdecimal() and years
