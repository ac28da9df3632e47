"""What a release is built of, and that who takes it can tell whether it was changed."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

KEYGEN, SHA256SUM = shutil.which("ssh-keygen") or "", shutil.which("sha256sum") or ""
SCRIPTS = Path(__file__).resolve().parents[2] / "scripts"
LOCK = """
[[package]]
name = "kinbind"
source = { editable = "." }
dependencies = [{ name = "pillow" }]
[[package]]
name = "pillow"
version = "12.0.0"
source = { SOURCE }
wheels = [{ url = "pillow.whl"HASH }]
[[package]]
name = "only-for-tests"
source = { git = "…" }
"""
DIGEST = ', hash = "sha256:00"'


def review(tmp_path, *, source='registry = "index"', digest=DIGEST, advisories=()):
    lock, folder = tmp_path / "uv.lock", tmp_path / "advisories"
    lock.write_text(LOCK.replace("SOURCE", source).replace("HASH", digest))
    folder.mkdir(exist_ok=True)
    for one in advisories:
        (folder / f"{one['id']}.json").write_text(json.dumps(one))
    done = subprocess.run(
        [sys.executable, SCRIPTS / "dependency_review.py", "--lock", lock, "--advisories", folder],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == bool(done.stdout), done.stderr
    return done.stdout


def advisory(name, *events, versions=()):
    package = {"ecosystem": "PyPI", "name": name}
    ranges = [{"type": "ECOSYSTEM", "events": list(events)}]
    return {
        "id": "PYSEC-1",
        "affected": [{"package": package, "ranges": ranges, "versions": versions}],
    }


def test_packages_come_from_the_index_with_digests(tmp_path):
    assert review(tmp_path) == ""
    assert "does not come from the index" in review(tmp_path, source='git = "x"')
    assert "without a digest" in review(tmp_path, digest="")


@pytest.mark.parametrize(
    ("told", "concerned"),
    [
        (advisory("Pillow", {"introduced": "0"}, {"fixed": "12.0.1"}), True),
        (advisory("pillow", {"introduced": "0"}, {"fixed": "12.0.0"}), False),
        (advisory("pillow", {"introduced": "12.0.0"}), True),
        (advisory("pillow", {"introduced": "0"}, {"last_affected": "11.9"}), False),
        (advisory("pillow", versions=["12.0.0"]), True),
        (advisory("only-for-tests", {"introduced": "0"}), False),
        (advisory("pillow", {"introduced": "0"}) | {"withdrawn": "2026-01-01"}, False),
    ],
)
def test_an_advisory_about_a_locked_version_is_named(tmp_path, told, concerned):
    assert ("PYSEC-1" in review(tmp_path, advisories=[told])) is concerned


@pytest.mark.skipif(not KEYGEN, reason="no ssh-keygen")
def test_a_release_that_was_changed_is_told_from_one_that_was_not(tmp_path):
    key, folder = tmp_path / "key", tmp_path / "1.0"
    folder.mkdir()
    (folder / "kinbind-1.0-py3-none-any.whl").write_bytes(b"wheel")
    subprocess.run([KEYGEN, "-q", "-t", "ed25519", "-N", "", "-f", key], check=True)
    subprocess.run([SCRIPTS / "sign_release.sh", folder, key], check=True, capture_output=True)
    public = key.with_suffix(".pub").read_text()
    (tmp_path / "signers").write_text(f"release@office {public}")

    def is_genuine():
        verify = (*("-Y", "verify", "-f", "../signers", "-I", "release@office"), "-n")
        signed = subprocess.run(
            [KEYGEN, *verify, "kinbind-release", "-s", "SHA256SUMS.sig"],
            input=(folder / "SHA256SUMS").read_bytes(),
            cwd=folder,
            capture_output=True,
            check=False,
        )
        whole = subprocess.run(
            [SHA256SUM, "--check", "--strict", "SHA256SUMS"],
            cwd=folder,
            capture_output=True,
            check=False,
        )
        return (signed.returncode, whole.returncode) == (0, 0)

    assert is_genuine()
    (folder / "kinbind-1.0-py3-none-any.whl").write_bytes(b"another wheel")
    assert not is_genuine()
    sums = (folder / "SHA256SUMS").read_text()
    subprocess.run([SCRIPTS / "sign_release.sh", folder, key], check=True, capture_output=True)
    assert is_genuine()
    (folder / "SHA256SUMS").write_text(sums)
    assert not is_genuine()
