"""How often each tie holds in one book, and between two books of strangers of one city.

Measured by `python -m benchmarks.ties --rates` on invented families and strangers; what the
simulation assumes stands in docs/ties.md. A rate is given what the ties before it already showed,
in the order of `TieKind`: who comes from one county shares its native place more often, so the
second of two such ties counts less.
"""

import math
from types import MappingProxyType
from typing import Final, NamedTuple

from tasks.identity.ties.tie import TieKind

MOST: Final = 5.7
"""No single tie counts for more than this, for or against (300 times): the rates are a model's."""

LOCAL_SHARE: Final = 0.03
"""The least share of a city's people that is taken to bear any one surname: rare ones cluster."""
CLUSTERING: Final = 1.3
"""How much commoner a surname is among strangers of one city than in the whole country."""


class TieRate(NamedTuple):
    """Probability of one observation, 0 to 1.

    Attributes:
        family: Between two pages of one book.
        strangers: Between pages of two books of one city.
    """

    family: float
    strangers: float

    @property
    def weight(self) -> float:
        """The logarithm (natural) of the likelihood ratio, within `MOST`."""
        return max(-MOST, min(MOST, math.log(self.family / self.strangers)))


SURNAME_IN_FAMILY: Final = MappingProxyType(
    {"father": 0.92, "mother": 0.10, "sibling": 0.96, "grandfather": 0.88}
)
"""How often a younger one bears the elder's surname.

Of the children registered in 2020, twelve took the father's name for each that took the mother's
(the police's report on names for that year).
"""

FLOOR: Final = 0.003
"""No rate between strangers is taken to be smaller: what the simulation never saw may happen."""

_C, _A = "child", "adults"
RATES: Final = MappingProxyType(
    {
        (TieKind.SURNAME, "parts", "patronym"): TieRate(0.95, 0.03),
        (TieKind.SURNAME, "parts", "clan"): TieRate(0.90, 0.06),
        (TieKind.AGES, "mother", "usual"): TieRate(0.65, 0.41),
        (TieKind.AGES, "mother", "unusual"): TieRate(0.35, 0.59),
        (TieKind.AGES, "father", "usual"): TieRate(0.70, 0.43),
        (TieKind.AGES, "father", "unusual"): TieRate(0.30, 0.57),
        (TieKind.NUMBER_PLACE, _C, "county"): TieRate(0.775, 0.167),
        (TieKind.NUMBER_PLACE, _C, "city"): TieRate(0.078, 0.618),
        (TieKind.NUMBER_PLACE, _C, "elsewhere"): TieRate(0.146, 0.216),
        (TieKind.NUMBER_PLACE, _A, "county"): TieRate(0.57, 0.13),
        (TieKind.NUMBER_PLACE, _A, "city"): TieRate(0.15, 0.55),
        (TieKind.NUMBER_PLACE, _A, "elsewhere"): TieRate(0.28, 0.32),
        (TieKind.NATIVE_PLACE, "line/county", "holds"): TieRate(0.935, 0.51),
        (TieKind.NATIVE_PLACE, "line/county", "differs"): TieRate(0.065, 0.49),
        (TieKind.NATIVE_PLACE, "line/apart", "holds"): TieRate(0.93, 0.03),
        (TieKind.NATIVE_PLACE, "line/apart", "differs"): TieRate(0.07, 0.97),
        (TieKind.NATIVE_PLACE, "apart/county", "holds"): TieRate(0.61, 0.65),
        (TieKind.NATIVE_PLACE, "apart/county", "differs"): TieRate(0.39, 0.35),
        (TieKind.NATIVE_PLACE, "apart/apart", "holds"): TieRate(0.022, 0.01),
        (TieKind.NATIVE_PLACE, "apart/apart", "differs"): TieRate(0.978, 0.99),
        (TieKind.STATION, "native", "holds"): TieRate(0.955, 0.052),
        (TieKind.STATION, "native", "differs"): TieRate(0.045, 0.948),
        (TieKind.STATION, "county", "holds"): TieRate(0.97, 0.06),
        (TieKind.STATION, "county", "differs"): TieRate(0.03, 0.94),
        (TieKind.STATION, "apart", "holds"): TieRate(0.96, 0.024),
        (TieKind.STATION, "apart", "differs"): TieRate(0.04, 0.976),
        (TieKind.REGISTRATION_DAY, "born_before", "same_day"): TieRate(0.86, FLOOR),
        (TieKind.REGISTRATION_DAY, "born_before", "other_day"): TieRate(0.14, 0.997),
        (TieKind.REGISTRATION_DAY, "born_after", "same_day"): TieRate(0.01, FLOOR),
        (TieKind.REGISTRATION_DAY, "born_after", "soon"): TieRate(0.86, 0.50),
        (TieKind.REGISTRATION_DAY, "born_after", "other_day"): TieRate(0.14, 0.50),
        (TieKind.REGISTRATION_DAY, _A, "same_day"): TieRate(0.44, FLOOR),
        (TieKind.REGISTRATION_DAY, _A, "other_day"): TieRate(0.56, 0.997),
        (TieKind.ADDRESS, "", "holds"): TieRate(0.55, FLOOR),
        (TieKind.ADDRESS, "", "differs"): TieRate(0.45, 0.997),
        (TieKind.FORM, "", "differs"): TieRate(0.03, 0.10),
        (TieKind.ONE_PICTURE, "", "holds"): TieRate(0.08, 0.02),
    }
)
"""By tie, context and outcome (see `observe`).

Names of parts, form and one picture are assumed: nobody has counted them. A page bearing the seal
of an office that was renamed since is the family's share of seals that differ.
"""
