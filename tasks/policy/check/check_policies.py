"""Everything that is wrong in policies: a folder with its tables, or some files among others."""

import re
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from models.errors import SettingError
from models.identity.division import NO_DIVISIONS, Divisions
from models.intake.application import ConsentKind
from models.policy.policy_fault import FaultLevel, PolicyFault, PolicyFileError
from models.policy.publication import Publication
from storage.policy.consent_texts import TEXTS_FOLDER
from storage.policy.policies import OVERRIDES_FILE, PolicyRepository
from storage.policy.policy_files import PolicyFile
from storage.policy.publications import load_publications
from storage.policy.read_policy_file import read_policy_file
from tasks.policy.check.ineffective_settings import ineffective_settings
from tasks.policy.check.lost_safeguards import lost_safeguards
from tasks.policy.check.missing_texts import missing_texts
from tasks.policy.check.sourcing import sourcing_faults
from tasks.policy.check.succession import succession_faults
from tasks.rounds.working_days import read_overrides

_LINE: Final = re.compile(r"(?:line |:)(\d+)")
"""Where the readers of the tables name the line."""


class PolicyCheck(NamedTuple):
    """What was looked at, and what was found.

    Attributes:
        files: The files that were checked.
        faults: The gravest first, then by file and line.
    """

    files: tuple[Path, ...]
    faults: tuple[PolicyFault, ...]


class _Tables(NamedTuple):
    """What lies beside the policies."""

    publications: dict[str, Publication]
    divisions: Divisions
    texts: Collection[tuple[ConsentKind, str]]
    faults: list[PolicyFault]


def check_policies(paths: Sequence[Path], folder: Path) -> PolicyCheck:
    """What is wrong with some policies.

    Args:
        paths: Files, which are judged among the others of `folder` (a file of the same name and
            first day as a checked one is taken to be its older text and left out), and folders,
            each of which is judged as a whole with its tables; none: `folder`.
        folder: The folder of the policies in use.
    """
    folders = [path.absolute() for path in paths if path.is_dir()] if paths else [folder]
    files = [path.absolute() for path in paths if not path.is_dir()]
    checked, faults = list(files), _of_files(files, folder) if files else []
    for one in folders:
        inner = sorted(one.glob("*.yaml"))
        checked += inner
        faults += _of_folder(inner, one)
    order = list(FaultLevel)
    unique = dict.fromkeys(faults)
    ranked = sorted(unique, key=lambda f: (order.index(f.level), f.file, f.line))
    return PolicyCheck(tuple(checked), tuple(ranked))


def _of_folder(paths: Sequence[Path], folder: Path) -> list[PolicyFault]:
    shelf, faults = _readable(paths)
    tables = _tables(folder)
    checked = _resting_on_none_of(set(paths) - {file.path for file in shelf}, shelf)
    if not paths:
        zh, en = "文件夹里没有政策文件（*.yaml）。", "the folder holds no policy file (*.yaml)."
        faults.append(PolicyFault(file=folder.name, line=0, zh=zh, en=en))
    return [*faults, *tables.faults, *_judged(checked, shelf, folder, tables)]


def _resting_on_none_of(unread: Collection[Path], files: Sequence[PolicyFile]) -> list[PolicyFile]:
    """The files that continue none of these, which have to be mended first.

    What is said of a file that rests on one of them would only be wrong: that there is none.
    """
    names, rest = {path.stem for path in unread}, list(files)
    while resting := [file for file in rest if file.body.get("extends") in names]:
        names |= {str(file.body["name"]) for file in resting}
        rest = [file for file in rest if file not in resting]
    return rest


def _of_files(paths: Sequence[Path], folder: Path) -> list[PolicyFault]:
    checked, faults = _readable(paths)
    heads = {(f.body["name"], f.body["effective_from"]) for f in checked}
    others, _ = _readable(sorted(set(folder.glob("*.yaml")) - set(paths)))
    among = [f for f in others if (f.body["name"], f.body["effective_from"]) not in heads]
    return [*faults, *_judged(checked, [*checked, *among], folder, _tables(folder))]


def _judged(
    checked: Sequence[PolicyFile], files: Sequence[PolicyFile], folder: Path, tables: _Tables
) -> list[PolicyFault]:
    shelf = PolicyRepository(tuple(files), folder)
    faults = succession_faults(shelf, checked)
    sound = [file for file in checked if _resolves(shelf, file)]
    faults += sourcing_faults(checked, tables.publications)
    faults += missing_texts(shelf, sound, tables.texts)
    faults += lost_safeguards(shelf, sound)
    return [*faults, *ineffective_settings(shelf, sound, tables.divisions)]


def _resolves(shelf: PolicyRepository, file: PolicyFile) -> bool:
    try:
        shelf.resolve(file, file.body["effective_from"], None)
    except SettingError:
        return False
    return True


def _readable(paths: Sequence[Path]) -> tuple[list[PolicyFile], list[PolicyFault]]:
    """The files that can be read, and why the others cannot."""
    files: list[PolicyFile] = []
    faults: list[PolicyFault] = []
    for path in paths:
        try:
            files.append(read_policy_file(path))
        except PolicyFileError as error:
            faults += error.faults
    return files, faults


def _tables(folder: Path) -> _Tables:
    """The tables beside the policies; one that cannot be read counts as empty, and is told."""
    shelf = PolicyRepository((), folder)
    faults: list[PolicyFault] = []
    publications: dict[str, Publication] = {}
    divisions = NO_DIVISIONS
    texts: Collection[tuple[ConsentKind, str]] = ()
    try:
        texts = shelf.consent_texts.keys()
    except SettingError as error:
        faults.append(_table_fault(TEXTS_FOLDER, str(error)))
    try:
        publications = load_publications(folder)
    except PolicyFileError as error:
        faults += error.faults
    try:
        divisions = shelf.divisions
    except SettingError as error:
        faults.append(_table_fault("divisions.csv", str(error)))
    try:
        read_overrides(shelf.working_days)
    except ValueError as error:
        faults.append(_table_fault(OVERRIDES_FILE, str(error)))
    return _Tables(publications, divisions, texts, faults)


def _table_fault(file: str, said: str) -> PolicyFault:
    line = _LINE.search(said)
    zh = "这一行无法识别，请改正。"
    return PolicyFault(file=file, line=int(line.group(1)) if line else 0, zh=zh, en=said)
