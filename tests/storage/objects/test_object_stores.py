"""Both forms of object store keep the same promises."""

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from models.errors import MissingPartError, SettingError, StorageUnavailableError
from storage.keys.keyring import Keyring
from storage.objects.archive import Archive
from storage.objects.directory import DirectoryStore
from storage.objects.open_store import open_store, refuse_overwriting
from storage.objects.store import ObjectMissingError, PutResult
from storage.settings import Settings


def test_what_was_put_is_given_back(store):
    content = os.urandom(300_000)
    assert store.put("uploads/a", content) is PutResult.CREATED
    assert store.get("uploads/a") == content


def test_a_second_put_leaves_the_first_content_in_place(store):
    store.put("uploads/a", b"first")
    assert store.put("uploads/a", b"second") is PutResult.EXISTED
    assert store.get("uploads/a") == b"first"


def test_empty_content_is_content(store):
    store.put("empty", b"")
    assert store.exists("empty")
    assert store.get("empty") == b""


def test_a_missing_object_is_told_from_an_empty_one(store):
    assert not store.exists("uploads/none")
    with pytest.raises(ObjectMissingError):
        store.get("uploads/none")


def test_keys_come_in_order_and_only_under_their_prefix(store):
    for key in ("b/2", "a/1", "b/1", "b/10", "bc/1"):
        store.put(key, b"")
    assert list(store.keys("b/")) == ["b/1", "b/10", "b/2"]
    assert list(store.keys("")) == ["a/1", "b/1", "b/10", "b/2", "bc/1"]
    assert list(store.keys("none/")) == []


@pytest.mark.parametrize(
    "key",
    [
        "",
        "/etc/passwd",
        "../outside",
        "a/../../outside",
        "a//b",
        "a/",
        ".hidden",
        "a/.drafts",
        "a\\b",
        "a\0b",
        "张三/1",
        "a b",
        "a\n",
        "x" * 513,
    ],
)
def test_a_key_that_could_leave_the_folder_is_refused(store, key):
    with pytest.raises(ValueError, match="object key"):
        store.put(key, b"content")
    with pytest.raises(ValueError, match="object key"):
        store.get(key)


def test_of_sixteen_threads_that_put_one_key_one_wins(store):
    # SeaweedFS lets losers wait for up to two seconds.
    rounds = 50 if isinstance(store, DirectoryStore) else 2
    with ThreadPoolExecutor(16) as pool:
        for number in range(rounds):
            contents = [f"{number}-{writer}".encode() for writer in range(16)]
            puts = list(pool.map(lambda c, n=number: store.put(f"race/{n}", c), contents))
            winner = contents[puts.index(PutResult.CREATED)]
            assert puts.count(PutResult.CREATED) == 1
            assert store.get(f"race/{number}") == winner


def test_the_store_proves_its_promises_and_leaves_nothing_behind(store):
    check = store.check()
    assert check.sound
    assert check.second_write_refused
    assert list(store.keys("")) == []


def test_a_directory_says_that_it_has_no_worm(tmp_path):
    check = DirectoryStore(tmp_path).check()
    assert check.object_lock is False
    assert "WORM" in check.notes[0]


@pytest.mark.service
def test_a_bucket_refuses_bad_checksums_and_wrong_secrets_and_has_object_lock(s3_settings):
    check = open_store(s3_settings).check()
    assert check.bad_checksum_refused is True
    assert check.wrong_secret_refused is True
    assert check.object_lock is True


@pytest.mark.service
def test_a_wrong_secret_is_a_wrong_setting(s3_settings):
    wrong = s3_settings.model_copy(update={"s3_secret_key": s3_settings.s3_access_key})
    with pytest.raises(SettingError):
        open_store(wrong)


def sent_by(store):
    """What goes to the server from now on: the requests themselves."""
    sent = []
    store._client.meta.events.register("before-send.s3", lambda request, **_: sent.append(request))
    return sent


@pytest.mark.service
def test_an_upload_that_is_there_is_asked_for_and_not_sent_again(s3_settings):
    store = open_store(s3_settings)
    archive = Archive(store, Keyring.open(s3_settings))
    content = os.urandom(200_000)
    archive.keep_upload(content)
    requests = sent_by(store)
    archive.keep_upload(content)
    assert [request.method for request in requests] == ["HEAD"]
    assert sum(len(request.body or b"") for request in requests) == 0


@pytest.mark.service
def test_what_is_locked_stays_and_the_rest_can_be_deleted(s3_settings):
    store = open_store(s3_settings.model_copy(update={"object_lock": "bindings=1"}))
    for key in ("bindings/a.json", "uploads/a"):
        store.put(key, b"content")
    with pytest.raises(SettingError, match="locked"):
        store.delete("bindings/a.json")
    assert store.get("bindings/a.json") == b"content"
    assert store.delete("uploads/a")


@pytest.mark.service
@pytest.mark.parametrize("header", ["x-oss-forbid-overwrite", "x-cos-forbid-overwrite"])
def test_other_makers_are_told_their_own_way_and_a_server_that_overwrites_is_refused(
    s3_settings, header
):
    """This server knows neither header, so that it overwrites: that is proven at every start."""
    settings = s3_settings.model_copy(update={"s3_put_once": header})
    store = open_store(settings)
    requests = sent_by(store)
    with pytest.raises(MissingPartError, match="overwrites"):
        refuse_overwriting(store, settings)
    put = next(request for request in requests if request.method == "PUT")
    names = {name.lower(): value for name, value in put.headers.items()}
    assert names[header] in {"true", b"true"}
    assert "content-md5" in names
    assert not {name for name in names if name.startswith("x-amz-checksum")}
    assert "if-none-match" not in names
    check = store.check()
    assert not check.sound
    assert check.bad_checksum_refused, "Content-MD5 is looked at"


@pytest.mark.service
def test_a_bucket_that_cannot_lock_is_refused_where_locks_are_asked_for(s3_settings):
    from storage.objects.s3_connection import connect

    connect(s3_settings).create_bucket(Bucket=s3_settings.object_store.split("/")[2])
    with pytest.raises(SettingError, match="KINBIND_OBJECT_LOCK"):
        open_store(s3_settings.model_copy(update={"object_lock": "audit=1"}))


@pytest.mark.service
def test_two_prefixes_of_a_bucket_do_not_see_each_other(s3_settings):
    other = s3_settings.model_copy(update={"object_store": s3_settings.object_store + "2"})
    open_store(s3_settings).put("a", b"1")
    assert list(open_store(other).keys("")) == []


def test_a_server_that_is_not_there_is_worth_a_retry(tmp_path):
    away = Settings(
        home=tmp_path,
        object_store="s3://bucket",
        s3_endpoint_url="http://127.0.0.1:9",
        s3_access_key="a",
        s3_secret_key="b",  # noqa: S106
    )
    with pytest.raises(StorageUnavailableError):
        open_store(away)


def test_a_writer_that_is_killed_leaves_whole_objects_or_none(tmp_path):
    program = (
        "import sys, itertools, pathlib\n"
        "from storage.objects.directory import DirectoryStore\n"
        "store = DirectoryStore(pathlib.Path(sys.argv[1]))\n"
        "for n in itertools.count():\n"
        "    store.put(f'k/{n}', str(n % 10).encode() * 200_000)\n"
        "    print(n, flush=True)\n"
    )
    writer = subprocess.Popen(
        [sys.executable, "-c", program, str(tmp_path)], stdout=subprocess.PIPE
    )
    with writer:
        assert writer.stdout
        for _ in range(20):
            writer.stdout.readline()
        writer.send_signal(signal.SIGKILL)
        acknowledged = 20 + len(writer.stdout.readlines())
    store = DirectoryStore(tmp_path)
    found = list(store.keys(""))
    assert len(found) >= acknowledged
    for key in found:
        digit = str(int(key.removeprefix("k/")) % 10).encode()
        assert store.get(key) == digit * 200_000


@pytest.mark.parametrize(
    "ask",
    [
        pytest.param(lambda store: store.get("a/b"), id="get"),
        pytest.param(lambda store: store.exists("a/b"), id="exists"),
        pytest.param(lambda store: store.put("a/c", b""), id="put"),
        pytest.param(lambda store: store.delete("a/b"), id="delete"),
        pytest.param(lambda store: list(store.keys("a/")), id="keys"),
    ],
)
def test_a_directory_that_is_not_mounted_has_lost_nothing_and_takes_nothing(tmp_path, ask):
    root = tmp_path / "mounted"
    store = DirectoryStore(root)
    store.put("a/b", b"content")
    root.rename(tmp_path / "elsewhere")
    root.mkdir()
    with pytest.raises(StorageUnavailableError, match=r"文件或目录不存在.*check the path"):
        ask(store)
    assert list(root.iterdir()) == []


def test_a_directory_that_cannot_be_made_is_told_as_that(tmp_path):
    (tmp_path / "missing").symlink_to(tmp_path / "nowhere" / "at all")
    with pytest.raises(StorageUnavailableError):
        DirectoryStore(tmp_path / "missing")


def test_a_draft_that_a_killed_writer_left_is_swept_after_an_hour(tmp_path):
    DirectoryStore(tmp_path)
    old, fresh = tmp_path / ".drafts" / "old", tmp_path / ".drafts" / "fresh"
    old.write_bytes(b"")
    fresh.write_bytes(b"")
    os.utime(old, (time.time() - 7200,) * 2)
    DirectoryStore(tmp_path)
    assert not old.exists()
    assert fresh.exists()


def test_a_link_inside_the_directory_is_not_an_object(tmp_path):
    store = DirectoryStore(tmp_path / "objects")
    (tmp_path / "outside").write_bytes(b"secret")
    (tmp_path / "objects" / "link").symlink_to(tmp_path / "outside")
    assert list(store.keys("")) == []


def test_what_is_deleted_is_gone_and_its_key_is_free_again(store):
    store.put("a/b", b"first")
    assert (store.delete("a/b"), store.delete("a/b")) == (True, False)
    assert not store.exists("a/b")
    assert list(store.keys("a/")) == []
    assert store.put("a/b", b"second") is PutResult.CREATED
    assert store.get("a/b") == b"second"
