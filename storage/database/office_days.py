"""Moments as whole seconds and as days of the office, told by the database itself.

To fetch each row of a fortnight in order to count it by its day costs many times what counting
does.
"""

import datetime as dt
from typing import Any, Final

from sqlalchemy import BigInteger, ColumnElement
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

_Moments = (
    ColumnElement[dt.datetime]
    | InstrumentedAttribute[dt.datetime]
    | InstrumentedAttribute[dt.datetime | None]
)
_FIRST: Final = dt.date(1970, 1, 1)
_CHINA: Final = 8 * 3600
"""Seconds before UTC; since 1992 no clock of China was put forward or back."""


class _UnixSeconds(FunctionElement[int]):
    type = BigInteger()
    inherit_cache = True


class _OfficeDay(FunctionElement[int]):
    type = BigInteger()
    inherit_cache = True


def unix_seconds(moment: _Moments) -> ColumnElement[int]:
    """Whole seconds since 1970 of a moment."""
    return _UnixSeconds(moment)


def office_day(moment: _Moments) -> ColumnElement[int]:
    """Number of the day in China on which a moment lies; `date_of` tells which."""
    return _OfficeDay(moment)


def date_of(number: int) -> dt.date:
    """The day with a number of `office_day`."""
    return _FIRST + dt.timedelta(days=number)


@compiles(_UnixSeconds, "sqlite")
def _of_sqlite(element: Any, compiler: SQLCompiler, **more: Any) -> str:  # noqa: ANN401
    # Without the fraction, of which SQLite keeps thousandths and rounds up to the next second.
    moment = f"substr({compiler.process(element.clauses, **more)}, 1, 19)"
    return f"CAST(strftime('%s', {moment}) AS INTEGER)"


@compiles(_UnixSeconds, "postgresql")
def _of_postgresql(element: Any, compiler: SQLCompiler, **more: Any) -> str:  # noqa: ANN401
    moment = compiler.process(element.clauses, **more)
    return f"CAST(floor(extract(epoch FROM {moment})) AS BIGINT)"


@compiles(_OfficeDay)
def _day(element: Any, compiler: SQLCompiler, **more: Any) -> str:  # noqa: ANN401
    seconds = compiler.process(_UnixSeconds(*element.clauses), **more)
    return f"(({seconds} + {_CHINA}) / 86400)"
