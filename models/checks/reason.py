"""Reasons for which an application is returned, rejected or put before a person: their types."""

from enum import StrEnum

from models.record import Record


class Severity(StrEnum):
    """How much a finding weighs."""

    ERROR = "error"  # cannot be approved
    WARNING = "warning"  # a person decides
    INFO = "info"  # a note


class Code(StrEnum):
    """Every reason for which an application is returned, rejected or put before a person."""

    A01 = "A01"
    A02 = "A02"
    A03 = "A03"
    A04 = "A04"
    A05 = "A05"
    A06 = "A06"
    A07 = "A07"
    A08 = "A08"
    C01 = "C01"
    C02 = "C02"
    C03 = "C03"
    C04 = "C04"
    F01 = "F01"
    F02 = "F02"
    F03 = "F03"
    F04 = "F04"
    F05 = "F05"
    D01 = "D01"
    D02 = "D02"
    D03 = "D03"
    D04 = "D04"
    D10 = "D10"
    D11 = "D11"
    D12 = "D12"
    D14 = "D14"
    D16 = "D16"
    D20 = "D20"
    D30 = "D30"
    D31 = "D31"
    E01 = "E01"
    E02 = "E02"
    E03 = "E03"
    Q01 = "Q01"
    Q02 = "Q02"
    Q03 = "Q03"
    Q04 = "Q04"
    Q05 = "Q05"
    Q06 = "Q06"
    Q07 = "Q07"
    X01 = "X01"
    X02 = "X02"
    X03 = "X03"
    X04 = "X04"
    X05 = "X05"
    X06 = "X06"
    X07 = "X07"
    X08 = "X08"
    X10 = "X10"
    X11 = "X11"
    X20 = "X20"
    X21 = "X21"
    X22 = "X22"
    R01 = "R01"
    R02 = "R02"
    R03 = "R03"
    P01 = "P01"
    P02 = "P02"
    P03 = "P03"
    P04 = "P04"
    P05 = "P05"
    P06 = "P06"
    B01 = "B01"
    B02 = "B02"
    B03 = "B03"
    B04 = "B04"
    B05 = "B05"
    B06 = "B06"
    W01 = "W01"
    S01 = "S01"
    S02 = "S02"


class Reason(Record):
    """One entry of the catalogue.

    Attributes:
        zh: Title in Chinese, no full stop.
        en: Title in English, no full stop.
        severity: The weight when the check failed.
        repairable: Whether the applicant can mend it by sending something (补件).
        advice: Next step when the check failed, in Chinese and English.
        doubt: Next step when the check could not tell, in Chinese and English.
    """

    zh: str
    en: str
    severity: Severity
    repairable: bool
    advice: tuple[str, str]
    doubt: tuple[str, str]
