"""All situations by name, in the order in which they are told."""

from types import MappingProxyType, ModuleType
from typing import Final

from specimens.situations import doubtful, faulty, honest, hopeless
from specimens.situations.situation import Situation


def _of(module: ModuleType) -> dict[str, Situation]:
    return {name: value for name, value in vars(module).items() if isinstance(value, Situation)}


SITUATIONS: Final = MappingProxyType(_of(honest) | _of(doubtful) | _of(faulty) | _of(hopeless))
"""Every situation under the name of the function that plans it."""
