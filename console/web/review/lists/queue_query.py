"""What a person chose to see of the queue; kept for the session, so that the next case fits it."""

import datetime as dt
from typing import Annotated, Final
from urllib.parse import parse_qsl, urlencode

from fastapi import Depends, Form, Query, Request
from pydantic import Field, ValidationError
from starlette.responses import Response

from console.web.typed_day_field import TypedDay
from models.clock import CHINA
from models.intake.application import Product
from models.record import Record
from storage.reviews.queue_queries import QueueFilters, QueueOrder, QueuePart

_COOKIE: Final = "kinbind_queue"
_CODE: Final = r"^([A-Z]\d\d)?$"
_PRODUCT: Final = f"^({'|'.join(Product)})?$"
_LONGEST: Final = 200
"""Characters of the cookie; it holds codes and a day, nothing about anybody."""


class QueueQuery(Record):
    """Part, order and filters of the list.

    Attributes:
        due: The last day on which a term may end, as `YYYY-MM-DD`; empty for any.
    """

    standing: QueuePart = QueuePart.WAITING
    order: QueueOrder = QueueOrder.DUE
    code: str = Field(default="", pattern=_CODE)
    product: str = Field(default="", pattern=_PRODUCT)
    due: TypedDay = ""

    def filters(self, viewer: str) -> QueueFilters:
        """The same for the queries."""
        return QueueFilters(
            part=self.standing,
            viewer=viewer,
            code=self.code,
            product=self.product,
            due_before=_end_of(self.due),
        )

    @property
    def query(self) -> str:
        """The same as the query of an address; what is left empty is left out."""
        return urlencode({name: value for name, value in self.model_dump().items() if value})

    @property
    def narrows(self) -> bool:
        """Whether the next case is not simply the first of all."""
        return bool(self.code or self.product or self.due) or self.standing in {
            QueuePart.SENIOR,
            QueuePart.SECOND,
        }


def _asked(
    standing: QueuePart = QueuePart.WAITING,
    order: QueueOrder = QueueOrder.DUE,
    code: Annotated[str, Query(pattern=_CODE)] = "",
    product: Annotated[str, Query(pattern=_PRODUCT)] = "",
    due: Annotated[TypedDay, Query()] = "",
) -> QueueQuery:
    return QueueQuery(standing=standing, order=order, code=code, product=product, due=due)


def _sent(
    request: Request,
    standing: Annotated[QueuePart | None, Form()] = None,
    order: Annotated[QueueOrder, Form()] = QueueOrder.DUE,
    code: Annotated[str, Form(pattern=_CODE)] = "",
    product: Annotated[str, Form(pattern=_PRODUCT)] = "",
    due: Annotated[TypedDay, Form()] = "",
) -> QueueQuery:
    """What a list sends along; a page without a list means the one that was shown last."""
    if standing is None:
        return kept_query(request)
    return QueueQuery(standing=standing, order=order, code=code, product=product, due=due)


AskedQuery = Annotated[QueueQuery, Depends(_asked)]
SentQuery = Annotated[QueueQuery, Depends(_sent)]


def keep_query(answer: Response, choice: QueueQuery, *, secure: bool) -> None:
    """Keep it until the browser is closed."""
    answer.set_cookie(_COOKIE, choice.query, httponly=True, samesite="strict", secure=secure)


def kept_query(request: Request) -> QueueQuery:
    """What the list showed last; the whole queue where nothing sensible is kept."""
    kept = request.cookies.get(_COOKIE, "")[:_LONGEST]
    try:
        return QueueQuery.model_validate(dict(parse_qsl(kept)))
    except ValidationError:
        return QueueQuery()


def _end_of(day: str) -> dt.datetime | None:
    """The end of an office day; None for a day that is none."""
    try:
        start = dt.datetime.combine(dt.date.fromisoformat(day), dt.time(), CHINA)
        return start + dt.timedelta(days=1)
    except (ValueError, OverflowError):
        return None
