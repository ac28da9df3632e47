"""Files of an application, before anything is decoded."""

import datetime as dt
import struct
import zlib

import cv2
import numpy as np
import pytest

from models.checks.finding import CheckVerdict
from models.checks.reason import Reason
from models.intake.application import Applicant, Application, DocumentEntry, Member
from tasks.intake.examine_files import MAX_DOCUMENTS, examine_files
from tasks.intake.parse_form import FORM_FILE


class Folder:
    """A folder in memory."""

    def __init__(self, **files):
        self.contents = {FORM_FILE: b"{}"} | {k.replace("_dot_", "."): v for k, v in files.items()}

    def files(self):
        return {name: len(content) for name, content in self.contents.items()}

    def read(self, name, limit):
        return self.contents[name][:limit]


def picture(extension=".jpg"):
    return cv2.imencode(extension, np.full((200, 300, 3), 200, np.uint8))[1].tobytes()


def bomb():
    """A PNG whose header promises 30000 x 30000 pixels."""

    def chunk(kind, data):
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    header = struct.pack(">IIBBBBB", 30000, 30000, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")


def application(*names):
    return Application(
        application_id="A1",
        submitted_at=dt.datetime(2026, 11, 20, tzinfo=dt.UTC),
        region="330100",
        applicant=Applicant(),
        member=Member(),
        documents=tuple(DocumentEntry(file=name) for name in names),
    )


def test_usable_pictures_are_kept_in_the_order_of_the_form():
    folder = Folder(b_dot_png=picture(".png"), a_dot_jpg=picture())
    examined = examine_files(application("b.png", "a.jpg"), folder)
    assert [f.file for f in examined.files] == ["b.png", "a.jpg"]
    assert examined.findings == ()
    assert len(examined.files[0].digest) == 64


@pytest.mark.parametrize(
    ("name", "content"),
    [
        pytest.param("a.jpg", None, id="missing"),
        pytest.param("a.jpg", b"", id="empty"),
        pytest.param("a.jpg", b"%!PS not a picture", id="mislabelled"),
        pytest.param("a.jpg", bomb(), id="decompression bomb"),
        pytest.param("../a.jpg", picture(), id="leaves the folder"),
        pytest.param("/etc/passwd", None, id="absolute"),
        pytest.param("..\\a.jpg", picture(), id="leaves the folder the other way"),
    ],
)
def test_an_unusable_file_is_a_finding_that_names_it(name, content):
    folder = Folder()
    if content is not None:
        folder.contents[name] = content
    examined = examine_files(application(name), folder)
    assert examined.files == ()
    assert examined.findings[0].code is Reason.DOCUMENT_UNUSABLE
    assert examined.findings[0].verdict is CheckVerdict.FAILED
    assert examined.findings[0].evidence[0].document == name


def test_a_picture_with_another_ending_is_used_for_what_it_is():
    examined = examine_files(application("a.png"), Folder(a_dot_png=picture(".jpg")))
    assert len(examined.files) == 1


def test_a_file_that_nobody_names_goes_to_a_person():
    examined = examine_files(application("a.jpg"), Folder(a_dot_jpg=picture(), b_dot_jpg=b"x"))
    assert [f.evidence[0].document for f in examined.findings] == ["b.jpg"]
    assert examined.findings[0].verdict is CheckVerdict.CANNOT_TELL


def test_a_flood_of_documents_is_cut_and_said():
    names = [f"{n}.jpg" for n in range(MAX_DOCUMENTS + 5)]
    folder = Folder(**{n.replace(".", "_dot_"): picture() for n in names})
    examined = examine_files(application(*names), folder)
    assert len(examined.files) == MAX_DOCUMENTS
    assert any(f.evidence[0].document == FORM_FILE for f in examined.findings)
