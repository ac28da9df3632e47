"""Add licences to a software bill of materials: `python scripts/sbom.py < uv's > with licences`.

What `uv export --format cyclonedx1.5` lists comes from the lock file, with the digest of every
distribution; licences stand in the metadata of what is installed. Exit code 1: a package tells
none; the lines on standard error name it.
"""

import json
import sys
from importlib.metadata import PackageNotFoundError, metadata
from typing import Final

_CLASSIFIER: Final = "License :: "
_LONGEST: Final = 80
"""Some packages put a licence's whole text where its name belongs."""


def licence_of(name: str) -> str | None:
    """What an installed package says of its licence; None where it says nothing."""
    try:
        told = metadata(name)
    except PackageNotFoundError:  # of another platform
        return "not installed here"
    classifiers = [
        one.rpartition(" :: ")[2]
        for one in told.get_all("Classifier") or ()
        if one.startswith(_CLASSIFIER)
    ]
    named = told.get("License-Expression") or told.get("License") or ""
    short = named if 0 < len(named) <= _LONGEST and "\n" not in named else ""
    return short or ", ".join(classifiers) or None


def main() -> int:
    """Read a bill, write it with licences."""
    bill = json.load(sys.stdin)
    silent = []
    for component in bill["components"]:
        licence = licence_of(component["name"])
        if licence is None:
            silent.append(component["name"])
        else:
            component["licenses"] = [{"license": {"name": licence}}]
    json.dump(bill, sys.stdout, indent=1)
    for name in silent:
        sys.stderr.write(f"{name} 未注明许可证 tells no licence: look into its files\n")
    return 1 if silent else 0


if __name__ == "__main__":
    sys.exit(main())
