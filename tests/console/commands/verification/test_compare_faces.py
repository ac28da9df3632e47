"""`kinbind compare-faces` answers in words, the answer first."""

import pytest
from typer.testing import CliRunner

from console.cli import app
from specimens.faces.gallery import FOLDER

pytestmark = pytest.mark.engine


def test_the_answer_stands_first_and_a_picture_without_a_face_is_named(tmp_path):
    selfie, portrait = (str(FOLDER / f"d3_{shot}.jpg") for shot in ("selfie", "portrait"))
    same = CliRunner().invoke(app, ["compare-faces", selfie, portrait])
    assert same.exit_code == 0
    assert same.output.startswith("同一人 same person\n")
    text = tmp_path / "text.jpg"
    text.write_text("no picture")
    none = CliRunner().invoke(app, ["compare-faces", selfie, str(text)])
    assert none.exit_code == 1
    assert none.output.startswith("未比对：图片 B 中没有可用的人脸")
