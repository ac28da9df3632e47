"""`kinbind doctor`: is everything here that it needs?"""

import typer
from rich.cells import cell_len

from console.commands.output import AsJson, print_json, say

_MARKS = {"sound": "✓", "degraded": "!", "missing": "✗"}
_COLUMNS = 38
"""The longest name of a part: the second reader's language."""


def doctor(*, as_json: AsJson = False) -> None:
    """自检。Engines, models, languages, storage, database, policies, and the settings in force."""
    from console.diagnosis import PartState, diagnose
    from storage.settings import load_settings
    from storage.shown_settings import describe_settings, unknown_variables

    settings = load_settings()
    findings = diagnose(settings)
    lines = describe_settings(settings)
    if as_json:
        report = {
            "parts": [finding._asdict() for finding in findings],
            "settings": {line.variable: line.value for line in lines},
        }
        print_json(report)
    else:
        for finding in findings:
            say(f"{_MARKS[finding.state]} {_padded(finding.part)} {finding.says}")
        say("", "设置 settings")
        for line in lines:
            say(f"  {line.variable:28} {line.value}")
        for name in unknown_variables():
            say(f"! {name} 不是已知设置，请核对拼写 is no known setting: check its spelling")
    if any(finding.state is PartState.MISSING for finding in findings):
        raise typer.Exit(3)


def _padded(name: str) -> str:
    """A Chinese character is two columns of a terminal wide."""
    return name + " " * max(0, _COLUMNS - cell_len(name))
