import datetime as dt
import io

import pytest
from PIL import Image

from tasks.reading.files.picture_date import taken_on


def picture(written: str | None) -> bytes:
    image, exif = Image.new("RGB", (40, 30)), Image.Exif()
    if written is not None:
        exif.get_ifd(0x8769)[36867] = written
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", exif=exif)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2026:11:20 09:30:00", dt.date(2026, 11, 20)),
        (None, None),
        ("0000:00:00 00:00:00", None),
        ("yesterday", None),
    ],
)
def test_the_day_is_the_one_that_the_camera_wrote(written, day):
    assert taken_on(picture(written)) == day


def test_what_is_no_picture_has_no_day():
    assert taken_on(b"%PDF-1.7") is None
