"""Sending a browser to another page, whether a form or htmx asked."""

from fastapi import Request
from starlette.responses import RedirectResponse, Response


def by_htmx(request: Request) -> bool:
    """Whether htmx asked, and takes a part of a page for the answer."""
    return request.headers.get("hx-request") == "true"


def redirect(request: Request, place: str) -> Response:
    """Go to another page; htmx would put what it is sent to into the page that it has."""
    if by_htmx(request):
        return Response(status_code=200, headers={"HX-Redirect": place})
    return RedirectResponse(place, 303)
