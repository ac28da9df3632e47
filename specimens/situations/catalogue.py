"""All situations by name, in the order in which they are told."""

from types import MappingProxyType, ModuleType
from typing import Final

from specimens.situations import (
    doubtful,
    faulty_forms,
    faulty_papers,
    faulty_pictures,
    honest,
    hopeless,
)
from specimens.situations.situation import Situation


def _of(module: ModuleType) -> dict[str, Situation]:
    return {name: value for name, value in vars(module).items() if isinstance(value, Situation)}


_MODULES: Final = (honest, doubtful, faulty_forms, faulty_papers, faulty_pictures, hopeless)
SITUATIONS: Final = MappingProxyType(
    {name: value for module in _MODULES for name, value in _of(module).items()}
)
"""Every situation under the name of the function that plans it."""
