"""Whoever copies the home or a backup, without the master key, reads nobody's name in it."""

import base64
import datetime as dt
import json

import pytest

from models.decision.decision import Outcome
from models.reviews.review_work import Correction, ReviewNote
from models.staff.staff_member import StaffRole
from storage.backup.backup_folder import back_up
from tasks.reviewing.claims import claim
from tasks.reviewing.settle_review import settle_review
from tasks.upkeep.purge_expired import purge_expired
from tests.review_steps import opine
from tests.tasks.checks.dossiers import CHILD, FATHER, field, page
from tests.tasks.conftest import BOOK, picture

PICTURES = {name: seed for name, (seed, _) in BOOK.items()}
PAPERS = [paper for _, paper in BOOK.values()]
NOW = dt.datetime.now(dt.UTC)
WORDS = "来电核对，家住文三路"
CORRECTED = "沈雨侗儿"
PERSONAL = (FATHER.name, FATHER.number, CHILD.name, CHILD.number, WORDS, CORRECTED)
_MAGIC = (b"\xff\xd8\xff", b"\x89PNG", b"RIFF", b"II*\0", b"MM\0*", b"%PDF")
_WINDOW = 24
"""Bytes in a row that no chance puts into a file twice."""


@pytest.fixture
def worked(repositories, send, verify):
    """An approval, and a case that a person corrected, wrote about and rejected."""
    assert verify(send(PICTURES), PAPERS).outcome is Outcome.APPROVED
    unsure = page(CHILD, "长女", "child.jpg", name=field(CORRECTED, 0.62))
    other = {name: seed + 10 for name, seed in PICTURES.items()}
    case = send(other, application_id="A2", round=2)
    assert verify(case, [*PAPERS[:2], unsure]).outcome is Outcome.IN_REVIEW
    given = {"round_id": case.round_id, "paper": 2, "field": "name", "value": CORRECTED}
    repositories.corrections.add(Correction(**given, staff="lin", made_at=NOW))
    review_id = repositories.reviews.find(case.round_id, "application").review_id
    claim(repositories, review_id, "lin", StaffRole.REVIEWER)
    note = ReviewNote(note=WORDS, advice={"X20": WORDS})
    said = {"four_eyes": False, "at": dt.datetime.now(dt.UTC)}
    opine(repositories, review_id, "lin", Outcome.REJECTED, ("X20",), note, **said)
    settle_review(repositories, review_id)
    return [picture(seed) for seed in (*PICTURES.values(), *other.values())]


def shapes(text):
    """What a text looks like in files."""
    plain = text.encode()
    return (
        plain,
        text.encode("utf-16-le"),
        text.encode("gb18030"),
        json.dumps(text).strip('"').encode(),
        base64.b64encode(plain).rstrip(b"=")[:-1],
        plain.hex().encode(),
    )


def contents(folder):
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_nothing_personal_can_be_read_in_a_stolen_home_or_backup(repositories, worked, tmp_path):
    purge_expired(repositories, NOW)
    back_up(repositories, tmp_path / "backup", tmp_path / "keys")
    stolen = contents(repositories.settings.home) | contents(tmp_path / "backup")
    assert sum(map(len, stolen.values())) > 500_000, "pictures and databases are there"
    master = repositories.settings.key_file.read_bytes()
    looked_for = {text: shapes(text) for text in PERSONAL} | {"master key": (master,)}
    windows = {
        content[start : start + _WINDOW]
        for content in worked
        for start in range(len(content) // 2, len(content) - _WINDOW, 997)
    }
    for path, content in stolen.items():
        found = [what for what, forms in looked_for.items() if any(one in content for one in forms)]
        assert not found, f"{path} holds {len(found)} personal values"
        assert not content.startswith(_MAGIC), f"{path} is a picture"
        assert not any(window in content for window in windows), f"{path} holds a picture"
