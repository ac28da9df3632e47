"""Every address of the console, and who may use it: the one table that everything else obeys.

An address that does not stand here is refused, whatever the code behind it says.
The page of it is written by `python -m console.web.auth.rights > docs/console-rights.md`.
"""

import sys
from types import MappingProxyType
from typing import Final, NamedTuple

from models.staff.staff_member import REVIEWING, StaffRole, StaffSession

EVERYBODY: Final = frozenset(StaffRole)
_WORK: Final = REVIEWING
_READ: Final = _WORK | {StaffRole.AUDITOR}
_AUDIT: Final = frozenset({StaffRole.AUDITOR})
_FIGURES: Final = frozenset(
    {StaffRole.SENIOR, StaffRole.AUDITOR, StaffRole.OPERATOR, StaffRole.ADMIN}
)
_ADMIN: Final = frozenset({StaffRole.ADMIN})
_SENIOR: Final = frozenset({StaffRole.SENIOR})
_OVERSEE: Final = _SENIOR | _AUDIT


class AddressRight(NamedTuple):
    """Who may use one address.

    Attributes:
        roles: None: also who is not signed in.
    """

    method: str
    path: str
    roles: frozenset[StaffRole] | None
    zh: str
    en: str


RIGHTS: Final = (
    AddressRight("GET", "/sign-in", None, "登录页", "the sign-in page"),
    AddressRight("POST", "/sign-in", None, "登录", "signing in"),
    AddressRight("GET", "/sign-in/service", None, "去单位登录服务", "going to the sign-in service"),
    AddressRight("GET", "/sign-in/service/back", None, "从单位登录服务返回", "coming back from it"),
    AddressRight("GET", "/health", None, "存活检查", "whether it runs"),
    AddressRight("POST", "/language", None, "切换语言", "changing the language"),
    AddressRight("POST", "/sign-out", EVERYBODY, "退出", "signing out"),
    AddressRight("GET", "/password", EVERYBODY, "改密码页", "the page of one's own password"),
    AddressRight("POST", "/password", EVERYBODY, "改密码", "changing one's own password"),
    AddressRight("GET", "/", EVERYBODY, "首页", "the first page of one's role"),
    AddressRight("GET", "/queue", _READ, "待审队列", "the queue"),
    AddressRight("GET", "/queue/csv", _READ, "下载队列表格", "the queue as a table"),
    AddressRight("POST", "/queue/search", _READ, "查找案件", "finding a case"),
    AddressRight("POST", "/queue/next", _WORK, "领取下一件", "claiming the next case"),
    AddressRight("GET", "/cases/{review_id}", _READ, "案件页", "a case with its papers"),
    AddressRight("GET", "/cases/{review_id}/alikes", _READ, "相似申请", "similar applications"),
    AddressRight("GET", "/cases/{review_id}/history", _READ, "案件历史", "what happened to a case"),
    AddressRight(
        "GET", "/cases/{review_id}/reason", _READ, "其他原因的告知内容", "words of a reason"
    ),
    AddressRight("GET", "/cases/{review_id}/pictures/{number}", _READ, "材料图片", "a picture"),
    AddressRight("GET", "/cases/{review_id}/faces/{number}", _READ, "人脸图", "a cut-out face"),
    AddressRight(
        "POST", "/cases/{review_id}/reveal", _READ, "查看完整号码", "one masked value in clear"
    ),
    AddressRight("POST", "/cases/{review_id}/claim", _WORK, "领取", "claiming a case"),
    AddressRight("POST", "/cases/{review_id}/lease", _WORK, "续期", "keeping a case"),
    AddressRight("POST", "/cases/{review_id}/release", _WORK, "退回待办", "putting a case back"),
    AddressRight("POST", "/cases/{review_id}/postpone", _WORK, "暂缓", "postponing a case"),
    AddressRight(
        "POST", "/cases/{review_id}/escalate", _WORK, "上报", "handing a case to a senior"
    ),
    AddressRight("POST", "/cases/{review_id}/corrections", _WORK, "更正字段", "correcting a field"),
    AddressRight("POST", "/cases/{review_id}/decision", _WORK, "作出决定", "deciding a case"),
    AddressRight("POST", "/cases/{review_id}/draft", _WORK, "保存草稿", "keeping a draft"),
    AddressRight("POST", "/cases/{review_id}/undo", _WORK, "撤回意见", "taking an opinion back"),
    AddressRight("POST", "/cases/{review_id}/skip", _WORK, "本人跳过", "skipping a case"),
    AddressRight("POST", "/queue/release", _WORK, "批量退回待办", "putting several cases back"),
    AddressRight("POST", "/cases/{review_id}/assign", _SENIOR, "指派", "giving a case to somebody"),
    AddressRight(
        "GET", "/cases/{review_id}/assignees", _SENIOR, "可指派人员", "to whom a case can be given"
    ),
    AddressRight("GET", "/team", _OVERSEE, "团队办理情况", "who has how much on the desk"),
    AddressRight(
        "GET", "/papers/{round_id}", _OVERSEE, "任一申请的材料", "the papers of any application"
    ),
    AddressRight(
        "GET", "/papers/{round_id}/pictures/{number}", _OVERSEE, "材料图片", "a picture of them"
    ),
    AddressRight("GET", "/papers/{round_id}/faces/{number}", _OVERSEE, "人脸图", "a face of them"),
    AddressRight(
        "POST", "/papers/{round_id}/reveal", _OVERSEE, "查看完整号码", "one masked value in clear"
    ),
    AddressRight(
        "POST",
        "/applications/{application_id}/reopen",
        _SENIOR,
        "重新审核",
        "having an application looked at again",
    ),
    AddressRight(
        "POST",
        "/applications/{application_id}/objection",
        _WORK,
        "代录异议",
        "entering an objection",
    ),
    AddressRight(
        "POST", "/applications/{application_id}/unbind", _SENIOR, "解除绑定", "ending a binding"
    ),
    AddressRight("GET", "/audit", _AUDIT, "审计检索", "searching histories"),
    AddressRight("POST", "/audit/person", _AUDIT, "按人检索", "searching by a person's number"),
    AddressRight("GET", "/audit/applications/{application_id}", _AUDIT, "全过程", "one history"),
    AddressRight(
        "POST",
        "/audit/applications/{application_id}/evidence",
        _AUDIT,
        "导出证据文件",
        "the signed evidence file",
    ),
    AddressRight(
        "GET", "/audit/oversight", _AUDIT, "人员监督", "samples, decisions by day, sign-ins"
    ),
    AddressRight(
        "GET", "/audit/runs", _AUDIT | {StaffRole.OPERATOR}, "运行历史", "what the runs did"
    ),
    AddressRight(
        "GET", "/audit/people/{name}", _AUDIT, "某人的查看记录", "what somebody looked at"
    ),
    AddressRight("POST", "/audit/verify", _AUDIT, "校验审计链", "checking the chain"),
    AddressRight("GET", "/second-looks", _OVERSEE, "人工决定复查", "second looks at decisions"),
    AddressRight(
        "POST", "/second-looks/{review_id}/close", _SENIOR, "处理分歧", "closing a disagreement"
    ),
    AddressRight("GET", "/employers", _FIGURES, "单位批次", "employers' deliveries"),
    AddressRight("GET", "/employers/{ref}", _FIGURES, "单位批量结果", "what an employer is told"),
    AddressRight("GET", "/employers/{ref}/csv", _FIGURES, "结果表格下载", "the same as a table"),
    AddressRight("GET", "/today", _FIGURES, "今日", "the figures of the day"),
    AddressRight(
        "GET", "/today/changes", _FIGURES, "版本变更前后", "before and after new versions"
    ),
    AddressRight("GET", "/reports/{name}", _FIGURES, "日报与月报", "a report of a day or month"),
    AddressRight("GET", "/metrics", _FIGURES, "指标", "figures for monitoring"),
    AddressRight("GET", "/people", _ADMIN, "人员", "the members of staff"),
    AddressRight("POST", "/people", _ADMIN, "新增人员", "adding a member of staff"),
    AddressRight("POST", "/people/{name}/password", _ADMIN, "重置密码", "a new one-time password"),
    AddressRight("POST", "/people/{name}/role", _ADMIN, "变更角色", "giving another role"),
    AddressRight("POST", "/people/{name}/os-user", _ADMIN, "终端账号", "the account at a terminal"),
    AddressRight("POST", "/people/{name}/access", _ADMIN, "停用或启用", "shutting out, letting in"),
    AddressRight("POST", "/people/{name}/sign-out", _ADMIN, "强制退出", "ending all sessions"),
)

BY_ADDRESS: Final = MappingProxyType({(r.method, r.path): r for r in RIGHTS})


def first_page(role: StaffRole) -> str:
    """Where a person of this role begins."""
    pages = {StaffRole.AUDITOR: "/audit", StaffRole.OPERATOR: "/today", StaffRole.ADMIN: "/people"}
    return pages.get(role, "/queue")


def may(role: StaffRole | None, method: str, path: str) -> bool:
    """Whether a role may use an address, given as it stands in the table; None: not signed in."""
    right = BY_ADDRESS[method, path]
    return right.roles is None or role in right.roles


def session_may(session: StaffSession | None, method: str, path: str) -> bool:
    """Whether whoever is signed in may use an address; None: nobody is."""
    return may(session.staff.role if session else None, method, path)


def rights_page() -> str:
    """The table as Markdown."""
    head = " | ".join(f"{role.zh} {role.value}" for role in StaffRole)
    lines = [
        "# 审核台权限 · Who may use which address of the console",
        "",
        "Written by `python -m console.web.auth.rights > docs/console-rights.md`;"
        " a test compares them.",
        "",
        f"| 地址 Address | 用途 Use | 未登录 signed out | {head} |",
        "|---|---|---|" + "---|" * len(StaffRole),
    ]
    for right in RIGHTS:
        out = "✓" if right.roles is None else ""
        marks = " | ".join("✓" if may(role, right.method, right.path) else "" for role in StaffRole)
        use = f"{right.zh} {right.en}"
        lines.append(f"| `{right.method} {right.path}` | {use} | {out} | {marks} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.stdout.write(rights_page())
