import os
import secrets

import pytest

from models.errors import SettingError
from storage.intake.inbox import TooLargeError
from storage.intake.open_inbox import open_inbox
from storage.objects.store import ObjectMissingError

LAYOUT = {
    "A2/application.json": b"{}",
    "A2/01.jpg": b"12345",
    "A2/pages/02.jpg": b"1",
    "A2/.DS_Store": b"x",
    "A2/.hidden/03.jpg": b"x",
    "A1/application.json": b"{}",
    ".git/config": b"x",
    "readme.txt": b"x",
    "batch.json": '{"employer_id": "甲"}'.encode(),
}


@pytest.fixture(params=["folder", pytest.param("bucket", marks=pytest.mark.service)])
def inbox(request, tmp_path, settings):
    """The same applications in a folder and in a bucket."""
    if request.param == "folder":
        for name, content in LAYOUT.items():
            path = tmp_path / "inbox" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        return open_inbox(str(tmp_path / "inbox"), settings)
    from storage.objects.s3_connection import connect

    chosen = request.getfixturevalue("s3_settings")
    bucket = f"inbox-{secrets.token_hex(6)}"
    client = connect(chosen)
    client.create_bucket(Bucket=bucket)
    for name, content in LAYOUT.items():
        client.put_object(Bucket=bucket, Key=f"day/{name}", Body=content)
    return open_inbox(f"s3://{bucket}/day", chosen)


def test_applications_come_in_order_without_hidden_and_loose_files(inbox):
    assert [folder.name for folder in inbox.folders()] == ["A1", "A2"]


def test_a_parcel_lists_its_files_with_their_sizes(inbox):
    folder = list(inbox.folders())[1]
    assert folder.files() == {"01.jpg": 5, "application.json": 2, "pages/02.jpg": 1}


def test_a_file_is_read_up_to_the_limit_and_not_beyond(inbox):
    folder = list(inbox.folders())[1]
    assert folder.read("01.jpg", 5) == b"12345"
    assert folder.read("pages/02.jpg", 5) == b"1"
    with pytest.raises(TooLargeError):
        folder.read("01.jpg", 4)


@pytest.mark.parametrize("name", ["none.jpg", "../batch.json", "/etc/passwd", ".DS_Store", ""])
def test_what_is_not_in_the_list_is_not_read(inbox, name):
    folder = list(inbox.folders())[1]
    with pytest.raises(ObjectMissingError):
        folder.read(name, 100)


def test_the_employers_list_is_given_as_it_stands(inbox):
    assert inbox.batch_text() == '{"employer_id": "甲"}'


def test_links_that_leave_the_folder_are_not_followed(tmp_path, settings):
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "secret").write_bytes(b"secret")
    parcel_folder = tmp_path / "inbox" / "A1"
    parcel_folder.mkdir(parents=True)
    (parcel_folder / "real.jpg").write_bytes(b"1")
    (parcel_folder / "inside.jpg").symlink_to("real.jpg")
    (parcel_folder / "out.jpg").symlink_to(tmp_path / "outside" / "secret")
    (parcel_folder / "nowhere.jpg").symlink_to("none")
    (parcel_folder / "circle.jpg").symlink_to("circle.jpg")
    (parcel_folder / "folder").symlink_to(tmp_path / "outside")
    os.mkfifo(parcel_folder / "pipe.jpg")
    (tmp_path / "inbox" / "A2").symlink_to(tmp_path / "outside")
    (folder,) = open_inbox(str(tmp_path / "inbox"), settings).folders()
    assert list(folder.files()) == ["inside.jpg", "real.jpg"]
    with pytest.raises(ObjectMissingError):
        folder.read("out.jpg", 100)


def test_a_name_that_is_no_utf8_can_be_shown_and_read(tmp_path, settings):
    path = os.fsencode(tmp_path / "inbox" / "A1")
    os.makedirs(path)  # noqa: PTH103
    with open(path + b"/\xff.jpg", "wb") as file:  # noqa: PTH123
        file.write(b"1")
    (folder,) = open_inbox(str(tmp_path / "inbox"), settings).folders()
    (name,) = folder.files()
    assert name.encode()
    assert folder.read(name, 10) == b"1"


def test_an_empty_inbox_has_no_applications_and_no_list(tmp_path, settings):
    inbox = open_inbox(str(tmp_path), settings)
    assert list(inbox.folders()) == []
    assert inbox.batch_text() is None


def test_a_folder_that_is_not_there_is_a_wrong_setting(tmp_path, settings):
    with pytest.raises(SettingError):
        open_inbox(str(tmp_path / "none"), settings)


def test_a_folder_that_is_still_being_copied_is_left_alone(tmp_path, settings):
    root = tmp_path / "inbox"
    for name in ("old", "new"):
        (root / name).mkdir(parents=True)
        (root / name / "application.json").write_text("{}")
    assert len(list(open_inbox(str(root), settings).folders())) == 2
    assert list(open_inbox(str(root), settings, still_seconds=60).folders()) == []
    chosen = settings.model_copy(update={"inbox_still_seconds": 0, "inbox_marker": True})
    (root / "old" / ".complete").touch()
    whole = open_inbox(str(root), chosen, still_seconds=60).folders()
    assert [folder.name for folder in whole] == ["old"]
