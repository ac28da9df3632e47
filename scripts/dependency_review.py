"""Review what the product is built of: `python scripts/dependency_review.py`, part of `make check`.

Out of the lock file, without a network: everything that the product needs comes from the package
index, each file with its digest, under a licence that lets an office use it. With `--advisories`,
also held against known advisories: a folder or ZIP of OSV records (one JSON an advisory), which is
fetched where there is a network and carried over.
Exit code 1: something is not as it should be; the lines name it, and what to do.
"""

import argparse
import json
import re
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from packaging.version import InvalidVersion, Version
from sbom import licence_of

_LOCK: Final = Path(__file__).resolve().parents[1] / "uv.lock"
_PRODUCT: Final = "kinbind"
_REFUSED: Final = re.compile(
    r"(?<!L)GPL|GNU (Affero )?General Public|SSPL|BUSL|Business Source|Commons Clause"
    r"|Non-?Commercial|Proprietary",
    re.IGNORECASE,
)
"""Licences that oblige an office to publish its own code, or that forbid its use; LGPL does not."""
_JUDGED: Final[dict[str, str]] = {}
"""Package to why its licence is none of these after all."""
_ACCEPTED: Final[dict[str, str]] = {}
"""Advisory to why it does not concern us; `docs/updates.md` says when to write one down."""

Package = dict[str, Any]


def product_packages(lock: dict[str, Any]) -> list[Package]:
    """Everything that the product and its extras need, directly or not."""
    packages: dict[str, list[Package]] = {}
    for package in lock["package"]:
        packages.setdefault(package["name"], []).append(package)
    reached: dict[str, None] = {}
    waiting = [_PRODUCT]
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached[name] = None
            for package in packages[name]:
                extras = package.get("optional-dependencies", {}).values()
                for needed in (package.get("dependencies", ()), *extras):
                    waiting += [one["name"] for one in needed]
    return [one for name in sorted(reached) if name != _PRODUCT for one in packages[name]]


def faults_of(package: Package) -> Iterator[str]:
    """What is wrong with one package."""
    name, version = package["name"], package.get("version", "")
    if "registry" not in package["source"]:
        yield f"{name} {version} 不是来自软件包索引 does not come from the index: take a release"
    files = [*package.get("wheels", ()), *filter(None, [package.get("sdist")])]
    if not files or not all(one.get("hash", "").startswith("sha256:") for one in files):
        yield f"{name} {version} 缺少摘要 has files without a digest: run uv lock again"
    licence = licence_of(name)
    if licence is None:
        yield f"{name} 未注明许可证 tells no licence: read its files, then enter it in _JUDGED"
    elif name not in _JUDGED and all(map(_REFUSED.search, licence.split(" OR "))):
        yield f"{name} 许可证 licence {licence}: use another package, or say why not in _JUDGED"


def advisories(place: Path) -> Iterator[dict[str, Any]]:
    """Every OSV record of a folder or a ZIP file."""
    if place.is_dir():
        yield from (json.loads(path.read_bytes()) for path in sorted(place.rglob("*.json")))
        return
    with zipfile.ZipFile(place) as archive:
        for name in archive.namelist():
            if name.endswith(".json"):
                yield json.loads(archive.read(name))


def concerns(advisory: dict[str, Any], versions: dict[str, str]) -> Iterator[str]:
    """The packages of ours, with their versions, that an advisory is about."""
    if "withdrawn" in advisory or advisory["id"] in _ACCEPTED:
        return
    for affected in advisory.get("affected", ()):
        package = affected.get("package", {})
        name = re.sub(r"[-_.]+", "-", package.get("name", "")).lower()
        version = versions.get(name)
        if package.get("ecosystem") == "PyPI" and version and _is_affected(version, affected):
            yield f"{name} {version}"


def _is_affected(version: str, affected: dict[str, Any]) -> bool:
    if version in affected.get("versions", ()):
        return True
    ranges = (one for one in affected.get("ranges", ()) if one.get("type") == "ECOSYSTEM")
    return any(_is_within(version, one.get("events", ())) for one in ranges)


def _is_within(version: str, events: list[dict[str, str]]) -> bool:
    """Whether a version lies between an `introduced` and the `fixed` after it."""
    within = False
    for event in events:
        for what, when in event.items():
            try:
                reached = when == "0" or Version(version) >= Version(when)
                beyond = reached and Version(version) != Version(when)
            except InvalidVersion:
                continue
            if what == "introduced" and reached:
                within = True
            elif (what == "fixed" and reached) or (what == "last_affected" and beyond):
                within = False
    return within


def main() -> int:
    """Print what is wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--advisories", type=Path, help="OSV records: a folder or a ZIP file.")
    parser.add_argument("--lock", type=Path, default=_LOCK)
    chosen = parser.parse_args()
    packages = product_packages(tomllib.loads(chosen.lock.read_text("utf-8")))
    faults = [fault for package in packages for fault in faults_of(package)]
    if chosen.advisories:
        versions = {one["name"]: one.get("version", "") for one in packages}
        known = 0
        for advisory in advisories(chosen.advisories):
            known += 1
            told = advisory.get("summary", "")[:100]
            faults += [
                f"{one} 有已知漏洞 {advisory['id']} {told}: uv lock --upgrade-package, or say in"
                " _ACCEPTED why it does not concern us"
                for one in concerns(advisory, versions)
            ]
        sys.stderr.write(f"{known} advisories against {len(versions)} packages\n")
    for fault in faults:
        sys.stdout.write(f"{fault}\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
