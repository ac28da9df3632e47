"""What the main job says at its end."""

import pytest

from console.server.verification.main_job import MainJob
from console.summary import print_summary
from storage.settings import Settings


@pytest.mark.parametrize(("undecided", "nothing"), [(0, True), (60, False)])
def test_only_an_empty_folder_is_told_as_one(capsys, tmp_path, undecided, nothing):
    job = MainJob((), undecided, refused=(), new=0, left_over=0, seconds=1.0, stopped_by=None)
    print_summary(Settings(home=tmp_path), job, None)
    said = capsys.readouterr().out
    assert ("没有可办理的申请" in said) is nothing
    assert ("60 份未办结" in said) is not nothing
