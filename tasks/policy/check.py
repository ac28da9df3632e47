"""Everything that is wrong in a folder of policies, its tables included."""

from collections.abc import Sequence
from pathlib import Path

from models.errors import SettingError
from storage.policy.policies import OVERRIDES_FILE, PolicyRepository
from tasks.rounds.working_days import read_overrides


def check_policies(paths: Sequence[Path], folder: Path) -> tuple[str, ...]:
    """What is wrong with some policy files, one sentence each; empty where all is well.

    Args:
        paths: The files to check; none checks the whole folder and its tables.
        folder: The folder that the files belong to.
    """
    if paths:
        return PolicyRepository.faults([path.absolute() for path in paths], beside=folder)
    told = PolicyRepository.faults(sorted(folder.glob("*.yaml")), beside=folder)
    shelf = PolicyRepository((), folder)
    try:
        _ = shelf.divisions
    except SettingError as error:
        told += (str(error),)
    try:
        read_overrides(shelf.working_days)
    except ValueError as error:
        told += (f"{OVERRIDES_FILE}: {error}",)
    return told
