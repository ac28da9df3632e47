"""Rendering values as pages: templates, the two languages, the common frame."""

import datetime as dt
import functools
from functools import partial
from pathlib import Path
from typing import Final

from fastapi import Request
from markupsafe import Markup
from starlette.responses import HTMLResponse

from console.repositories import repositories_of
from console.web import choice_words
from console.web.key_commands import DEFAULT_KEYS, KEY_COMMANDS
from console.web.page_templates import templates_in
from console.web.reason_options import reason_options
from models.clock import CHINA
from models.identity.division import place_name
from models.identity.masking import mask_field
from models.staff.staff_member import StaffSession

LANGUAGE: Final = "kinbind_language"
STATIC: Final = Path(__file__).parent / "static"


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
        "say": partial(choice_words.say, language),
        "when": _when,
        "mask": mask_field,
        "field_word": partial(choice_words.field_word, language),
        "value_word": partial(choice_words.value_word, language),
        "choice_word": partial(choice_words.choice_word, language),
        "kind_word": partial(choice_words.kind_word, language),
        "counted": choice_words.counted,
        "place_word": partial(_place_word, request),
        "face_word": partial(choice_words.face_word, language),
        "now": dt.datetime.now(dt.UTC),
        "key": _key,
        "key_table": partial(_key_table, language),
        "reason_options": partial(reason_options, language),
        "session": session,
        "staff": session.staff if session else None,
        "csrf": session.csrf if session else "",
        "path": request.url.path,
        "may": getattr(request.state, "may", _may_nothing),
    }
    return HTMLResponse(
        templates_in(language).get_template(template).render(frame | values), status
    )


def language_of(request: Request) -> str:
    """Chinese unless English was chosen."""
    return "en" if request.cookies.get(LANGUAGE) == "en" else "zh"


def _when(moment: dt.datetime | None, form: str = "%Y-%m-%d %H:%M") -> str:
    """A moment as the office's clock shows it."""
    return f"{moment.astimezone(CHINA):{form}}" if moment else ""


def _place_word(request: Request, code: str | None) -> str:
    """A region by its Chinese name, the only one on record; its code where it has none there."""
    return place_name(code, repositories_of(request).policies.divisions) if code else ""


@functools.cache
def _key_table(language: str) -> Markup:
    """The rows of the overlay of keys, which are the same on every page."""
    words = {"say": partial(choice_words.say, language), "commands": KEY_COMMANDS}
    return Markup(templates_in(language).get_template("key_table.html").render(words))  # noqa: S704


@functools.cache
def _key(command: str) -> Markup:
    """The key of a command as a button shows it; a person's own key takes its place there."""
    return Markup('<kbd data-key-of="{}">{}</kbd>').format(command, DEFAULT_KEYS[command])


def _may_nothing(_method: str, _path: str) -> bool:
    """Before the guard has said what a session may: nothing."""
    return False
