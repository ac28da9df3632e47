"""The description of the API (OpenAPI), made from the code.

Its committed copy is written by `python -m console.api > docs/openapi.json`; a test
compares the two.
"""

from typing import Any, Final

from fastapi import APIRouter, FastAPI
from fastapi.openapi.utils import get_openapi
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from console.api.calls import CALLS, CHECK, DESCRIPTION, PREFIX, SIGN_IN, SUBMIT, ApiCall
from console.api.problems import MEDIA_TYPE, Problem
from console.api.upload import FILE_PART, FORM_PART, MAX_UPLOAD_BYTES, PICTURE_PART
from models.intake.application import Application
from tasks.intake.examine_files import MAX_DOCUMENTS, MAX_FILE_BYTES

router = APIRouter()
_REFUSALS: Final = {
    "DELETE": (401, 404, 409, 422, 503),
    "POST": (400, 401, 403, 408, 409, 413, 415, 422, 503),
    "GET": (401, 404, 422, 503),
}
_VERSION: Final = "1"


@router.get(DESCRIPTION.path, summary=DESCRIPTION.en, response_model=dict[str, Any])
def describe(request: Request) -> Response:
    """Give this description."""
    return JSONResponse(description(request.app))


def description(api: FastAPI) -> dict[str, Any]:
    """The OpenAPI document: every call of the table, its parts, its answers and its refusals."""
    whole = get_openapi(
        title="kinbind",
        version=_VERSION,
        summary="医保亲情账户申请接口 Applications come in, their outcomes can be asked for",
        description="Outcomes also leave by themselves: see docs/intake-and-notices.md.",
        routes=api.routes,
        servers=[{"url": PREFIX}],
    )
    schemas = whole["components"]["schemas"]
    schemas |= _schemas(Problem) | _schemas(Application)
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    whole["components"]["securitySchemes"] = {
        "key": {"type": "http", "scheme": "bearer", "description": "A client's key."},
        "session": {"type": "http", "scheme": "bearer", "description": "A session's token."},
    }
    whole["security"] = [{"key": []}]
    for call in CALLS:
        operation = whole["paths"][call.path][call.method.lower()]
        if call.open or call.roles:
            operation["security"] = [] if call.open else [{"session": []}]
        operation["description"] = f"{call.zh}。{operation['description']}"
        operation["responses"] |= {str(status): _refusal() for status in _refused(call)}
    whole["paths"][SUBMIT.path][SUBMIT.method.lower()]["requestBody"] = _upload()
    whole["paths"][CHECK.path][CHECK.method.lower()]["requestBody"] = _picture()
    return whole


def _refused(call: ApiCall) -> tuple[int, ...]:
    """With what a call can be refused; one about an application may meet none."""
    names_one = "{" in call.path
    return (
        *_REFUSALS[call.method],
        *((404,) if names_one else ()),
        *((403,) if call.roles else ()),
        *((429,) if call in {CHECK, SIGN_IN} else ()),
    )


def _refusal() -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Problem"}
    return {"description": "Refused", "content": {MEDIA_TYPE: {"schema": schema}}}


def _upload() -> dict[str, Any]:
    size = f"{MAX_FILE_BYTES // 1_000_000} MB a file, {MAX_UPLOAD_BYTES // 1_000_000} MB in all"
    properties = {
        FORM_PART: {
            "$ref": "#/components/schemas/Application",
        },
        FILE_PART: {
            "type": "array",
            "maxItems": MAX_DOCUMENTS,
            "items": {"type": "string", "format": "binary"},
            "description": f"The files that the form names, each under that name; {size}.",
        },
    }
    schema = {"type": "object", "required": [FORM_PART], "properties": properties}
    encoding = {FORM_PART: {"contentType": "application/json"}}
    return {
        "required": True,
        "content": {"multipart/form-data": {"schema": schema, "encoding": encoding}},
    }


def _picture() -> dict[str, Any]:
    file = {
        "type": "string",
        "format": "binary",
        "description": f"One picture or PDF of at most {MAX_FILE_BYTES // 1_000_000} MB.",
    }
    schema = {"type": "object", "required": [PICTURE_PART], "properties": {PICTURE_PART: file}}
    return {"required": True, "content": {"multipart/form-data": {"schema": schema}}}


def _schemas(record: type[Problem] | type[Application]) -> dict[str, Any]:
    schema = record.model_json_schema(ref_template="#/components/schemas/{model}")
    inner = schema.pop("$defs", {})
    return {record.__name__: schema, **inner}
