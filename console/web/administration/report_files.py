"""The reports that the morning's run wrote, to take along."""

import re
from typing import Final

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.responses import FileResponse

from console.repositories import OpenRepositories
from storage.bootstrap import Repositories
from tasks.reports.office_report.make_report import FOLDER

router = APIRouter()
_NAME: Final = re.compile(r"[0-9]{4}-[0-9]{2}(-[0-9]{2})?\.(html|pdf)")
_SHOWN: Final = 16
"""Files that the page 今日 offers: the last week's, both forms."""


def newest_reports(repositories: Repositories) -> tuple[str, ...]:
    """Names of the newest report files, the latest days first."""
    folder = repositories.settings.home / FOLDER
    names = (path.name for path in folder.iterdir()) if folder.is_dir() else ()
    return tuple(sorted(filter(_NAME.fullmatch, names), reverse=True)[:_SHOWN])


@router.get("/reports/{name}")
def report_file(repositories: OpenRepositories, name: str) -> FileResponse:
    """One of them, as a download: its own styles are none of the console's.

    Raises:
        HTTPException: 404, there is none of that name.
    """
    file = repositories.settings.home / FOLDER / name
    if not _NAME.fullmatch(name) or not file.is_file():
        raise HTTPException(404)
    return FileResponse(file, filename=name)
