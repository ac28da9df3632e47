"""What an administrator does to accounts, each after a second thought."""

import re

from models.staff.staff_member import StaffRole


def test_a_role_changes_at_once_and_never_one_s_own_or_the_last_administrator_s(
    browser_of, repositories
):
    lin, chen = browser_of("lin"), browser_of("chen")
    assert chen.post("/people/lin/role", {"role": "senior"}).status_code == 303
    assert repositories.staff.get("lin").role is StaffRole.SENIOR
    assert lin.get("/queue").headers["location"].startswith("/sign-in")
    own = chen.post("/people/chen/role", {"role": "reviewer"})
    assert (own.status_code, "不能变更您自己的角色" in own.text) == (422, True)
    assert chen.post("/people/nobody/role", {"role": "senior"}).status_code == 404


def test_an_account_at_a_terminal_belongs_to_one_person(browser_of, repositories):
    chen = browser_of("chen")
    assert chen.post("/people/lin/os-user", {"os_user": "linjing"}).status_code == 303
    assert repositories.staff.of_os_user("linjing").name == "lin"
    for taken in ("linjing", "root"):
        refused = chen.post("/people/wang/os-user", {"os_user": taken})
        assert (refused.status_code, 'role="alert"' in refused.text) == (422, True)
    chen.post("/people/lin/os-user", {"os_user": ""})
    assert repositories.staff.get("lin").os_user is None


def test_nothing_that_ends_a_session_is_one_click_away(browser_of):
    browser_of("lin")
    page = browser_of("chen").get("/people").text
    for deed in ("access", "sign-out", "role", "password"):
        form = rf'<details class="menu"><summary>[^<]+</summary><form [^>]*/people/lin/{deed}"'
        assert re.search(form, page), deed
