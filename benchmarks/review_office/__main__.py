"""The review office in a real browser.

.venv/bin/python -m benchmarks.review_office --screens FOLDER      every page as a picture
.venv/bin/python -m benchmarks.review_office --journeys            keys, clicks, seconds
.venv/bin/python -m benchmarks.review_office --openings 200        is the picture right each time?
"""

import argparse
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from benchmarks.console.visit import serving
from benchmarks.review_office.journeys import open_pictures, travel
from benchmarks.review_office.office import fill
from benchmarks.review_office.screens import shoot
from models.staff.staff_member import StaffRole
from storage.bootstrap import using_repositories
from storage.settings import Settings
from tasks.reviewing.claims import claim

_CHROMIUM = "/usr/bin/chromium"


def main() -> None:
    """Fill an office and do what was asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=60)
    parser.add_argument("--level", default="sketch", help="how the pictures are taken")
    parser.add_argument("--screens", type=Path, help="a folder for the pictures of the pages")
    parser.add_argument("--journeys", action="store_true")
    parser.add_argument("--openings", type=int, default=0)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        settings = Settings(home=Path(scratch) / "home")
        with using_repositories(settings) as opened:
            office = fill(opened, chosen.cases, chosen.level)
            if chosen.screens:
                claim(opened, office.misread[0], "lin", StaffRole.REVIEWER)
                claim(opened, office.tree[0], "lin", StaffRole.REVIEWER)
                claim(opened, office.face[0], "lin", StaffRole.REVIEWER)
                claim(opened, office.disputed[0], "su", StaffRole.SENIOR)
        browser = playwright.chromium.launch(executable_path=_CHROMIUM, args=["--no-sandbox"])
        with serving(settings) as address, using_repositories(settings) as opened:
            if chosen.screens:
                print(shoot(browser, address, opened, office, chosen.screens), "pictures")
            if chosen.journeys:
                travel(browser, address, office)
            if chosen.openings:
                open_pictures(browser, address, office, chosen.openings)
        browser.close()


if __name__ == "__main__":
    main()
