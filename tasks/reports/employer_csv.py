"""The result list of an employer's delivery as a table that spreadsheets open."""

import csv
import io
from typing import Final

from models.intake.employer import EmployerResult

_HEAD: Final = ("application_id", "outcome", "answer_by", "codes", "reasons", "withheld")
_WITHHELD: Final = "其他原因请申请人本人查询"


def as_csv(result: EmployerResult) -> str:
    """One line for each application, after a line of names."""
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(_HEAD)
    for line in result.applications:
        due = line.answer_by.shown if line.answer_by else ""
        reasons = "；".join(reason.zh for reason in line.reasons)
        cells = (line.application_id, line.outcome, due, " ".join(line.codes), reasons)
        table.writerow([*map(_harmless, cells), _WITHHELD if line.withheld else ""])
    return text.getvalue()


def _harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula; employers choose the identifiers."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
