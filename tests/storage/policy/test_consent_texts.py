import shutil
from pathlib import Path

import pytest

from models.errors import SettingError
from models.intake.application import ConsentKind
from storage.policy.policies import PolicyRepository

FOLDER = Path(__file__).parents[3] / "policies"


def test_every_text_that_a_policy_has_in_force_stands_in_the_product():
    shelf = PolicyRepository.load(FOLDER)
    assert {(kind.value, version) for kind, version in shelf.consent_texts} == {
        ("notice", "2026-01"),
        ("commitment", "2026-01"),
        ("face", "2026-01"),
        ("guardian", "2026-01"),
        ("spouse", "2026-01"),
    }
    for text in shelf.consent_texts.values():
        assert len(text.zh) == len(text.en)
        assert all(not part.isascii() for part in text.zh)
        assert all(part.isascii() for part in text.en)


def test_a_broken_text_is_named(tmp_path):
    folder = Path(shutil.copytree(FOLDER, tmp_path / "policies"))
    (folder / "texts" / "broken.yaml").write_text("kind: notice\n", "utf-8")
    with pytest.raises(SettingError, match=r"broken\.yaml"):
        _ = PolicyRepository.load(folder).consent_texts


def test_two_texts_of_one_version_are_refused(tmp_path):
    folder = Path(shutil.copytree(FOLDER, tmp_path / "policies"))
    shutil.copy(folder / "texts" / "face-2026-01.yaml", folder / "texts" / "other.yaml")
    with pytest.raises(SettingError, match=r"other\.yaml"):
        _ = PolicyRepository.load(folder).consent_texts


def test_the_texts_are_kept_apart_by_kind():
    texts = PolicyRepository.load(FOLDER).consent_texts
    assert texts[ConsentKind.FACE, "2026-01"].digest != texts[ConsentKind.NOTICE, "2026-01"].digest
