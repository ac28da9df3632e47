"""The texts of notice, commitment and consent that lie beside the policies."""

import hashlib
from pathlib import Path
from typing import Final

import yaml
from pydantic import ValidationError

from models.errors import SettingError
from models.intake.application import ConsentKind
from models.intake.consent_text import ConsentText

TEXTS_FOLDER: Final = "texts"


def load_consent_texts(folder: Path) -> dict[tuple[ConsentKind, str], ConsentText]:
    """Read `texts/*.yaml` of a folder of policies, by kind and version.

    Raises:
        SettingError: A file is no such text, or two hold the same version; names the file.
    """
    texts: dict[tuple[ConsentKind, str], ConsentText] = {}
    for path in sorted((folder / TEXTS_FOLDER).glob("*.yaml")):
        text = _read(path)
        if (text.kind, text.version) in texts:
            msg = (
                f"{path.name}：该版本已有另一份文本，请改 version。"
                f" {path.name}: another file holds this version; change one."
            )
            raise SettingError(msg)
        texts[text.kind, text.version] = text
    return texts


def _read(path: Path) -> ConsentText:
    content = path.read_bytes()
    try:
        said = yaml.safe_load(content.decode())
        return ConsentText.model_validate(said | {"digest": hashlib.sha256(content).hexdigest()})
    except (yaml.YAMLError, UnicodeDecodeError, TypeError, ValidationError) as error:
        msg = (
            f"{path.name}：须写明 kind、version、title、zh、en，请改正。"
            f" {path.name}: must hold kind, version, title, zh and en; correct it."
        )
        raise SettingError(msg) from error
