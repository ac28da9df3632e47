"""Rendering values as pages: templates, the two languages, the common frame."""

import datetime as dt
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Final

from fastapi import Request
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse

from models.clock import CHINA
from models.identity.masking import mask_field
from models.intake.application import IdentityRoute
from models.reading.field_name import field_zh
from models.staff.staff_member import StaffSession

LANGUAGE: Final = "kinbind_language"
STATIC: Final = Path(__file__).parent / "static"
_FORM: Final = MappingProxyType(
    {
        "identity_route": "本人意愿核验",
        "product": "业务",
        "region": "地区",
        "channel": "渠道",
        "binding_method": "绑定方式",
        "submitted_at": "提交时间",
        "consents": "授权",
        "documents": "材料",
        "birth_certificate_number": "出生证编号",
        "incapacitated": "失能",
    }
)
"""What stands on the form alone; papers' fields have their words in `models.reading.field_name`."""
_ROUTES: Final = MappingProxyType(
    {
        IdentityRoute.FACE.value: "人脸",
        IdentityRoute.REMOTE_AUTHORIZATION.value: "远程授权",
        IdentityRoute.NON_FACE.value: "非人脸方式",
        IdentityRoute.NONE.value: "无需",
    }
)
_ENVIRONMENT: Final = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    auto_reload=False,
)


def show(request: Request, template: str, *, status: int = 200, **values: object) -> HTMLResponse:
    """A page, or a part of one, in the reader's language.

    Args:
        request: Whose page it is.
        template: Its file.
        status: HTTP status.
        **values: What the template names.
    """
    session: StaffSession | None = getattr(request.state, "session", None)
    language = language_of(request)
    frame = {
        "language": language,
        "say": partial(_say, language),
        "when": _when,
        "mask": mask_field,
        "field_word": partial(_field_word, language),
        "value_word": partial(_value_word, language),
        "session": session,
        "staff": session.staff if session else None,
        "csrf": session.csrf if session else "",
        "path": request.url.path,
        "may": getattr(request.state, "may", _may_nothing),
    }
    return HTMLResponse(_ENVIRONMENT.get_template(template).render(frame | values), status)


def language_of(request: Request) -> str:
    """Chinese unless English was chosen."""
    return "en" if request.cookies.get(LANGUAGE) == "en" else "zh"


def _say(language: str, zh: str, en: str) -> str:
    return en if language == "en" else zh


def _when(moment: dt.datetime | None, form: str = "%Y-%m-%d %H:%M") -> str:
    """A moment as the office's clock shows it."""
    return f"{moment.astimezone(CHINA):{form}}" if moment else ""


def _field_word(language: str, name: str) -> str:
    """A field of a paper or of the form (`member.name`) in the reader's language."""
    plain = name.removeprefix("applicant.").removeprefix("member.")
    return plain.replace("_", " ") if language == "en" else _FORM.get(plain) or field_zh(plain)


def _value_word(language: str, field: str | None, value: str) -> str:
    """A value as evidence shows it; what is a choice on the form, in the reader's language."""
    if language == "en" or field != "identity_route":
        return value
    return _ROUTES.get(value, value)


def _may_nothing(_method: str, _path: str) -> bool:
    """Before the guard has said what a session may: nothing."""
    return False
