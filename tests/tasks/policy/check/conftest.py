import shutil
from pathlib import Path

import pytest

from tests.tasks.policy.check.drafts import FOLDER


@pytest.fixture
def folder(tmp_path):
    return Path(shutil.copytree(FOLDER, tmp_path / "policies"))
