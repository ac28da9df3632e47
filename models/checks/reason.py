"""Reasons for which an application is returned, rejected or put before a person: their types."""

from enum import StrEnum

from models.record import Record


class Severity(StrEnum):
    """How much a finding weighs."""

    ERROR = "error"  # cannot be approved
    WARNING = "warning"  # a person decides
    INFO = "info"  # a note


class Reason(StrEnum):
    """Every reason for which an application is returned, rejected or put before a person."""

    PRODUCT_UNCLEAR = "A01"
    BINDING_METHOD_UNSUPPORTED = "A02"
    REAL_NAME_NOT_VERIFIED = "A03"
    EMPLOYER_BATCH_INCOMPLETE = "A04"
    CHANNEL_NOT_OFFERED = "A05"
    POOLING_NOT_FILED = "A06"
    MEMBER_NOT_INSURED = "A07"
    APPLICANT_WITHOUT_EMPLOYEE_ACCOUNT = "A08"
    NOTICE_NOT_AGREED = "C01"
    COMMITMENT_MISSING = "C02"
    COMMITMENT_INCONSISTENT = "C03"
    CONFIRMATION_MISSING = "C04"
    NAME_MALFORMED = "F01"
    ID_NUMBER_INVALID = "F02"
    BIRTH_DATE_INVALID = "F03"
    CERTIFICATE_NUMBER_MALFORMED = "F04"
    RELATIONSHIP_NOT_STATED = "F05"
    PORTRAIT_SIDE_MISSING = "D01"
    EMBLEM_SIDE_MISSING = "D02"
    SAME_SIDE_TWICE = "D03"
    DOCUMENT_UNUSABLE = "D04"
    APPLICANT_HUKOU_PAGE_MISSING = "D10"
    MEMBER_HUKOU_PAGE_MISSING = "D11"
    HUKOU_COVER_MISSING = "D12"
    SEAL_OR_COLOUR_MISSING = "D14"
    COLLECTIVE_HOUSEHOLD = "D16"
    RELATIONSHIP_PROOF_MISSING = "D20"
    INCAPACITY_CERTIFICATE_MISSING = "D30"
    INSURANCE_CERTIFICATE_MISSING = "D31"
    ID_CARD_EXPIRED = "E01"
    VALIDITY_TERM_IMPLAUSIBLE = "E02"
    HUKOU_PAGE_CANCELLED = "E03"
    PICTURE_BLURRED = "Q01"
    GLARE_OR_DARK = "Q02"
    CROPPED_OR_COVERED = "Q03"
    SCREEN_OR_COPY = "Q04"
    FIELD_UNREADABLE = "Q05"
    RESOLUTION_TOO_LOW = "Q06"
    POSSIBLY_EDITED = "Q07"
    NAMES_DIFFER = "X01"
    BIRTH_DATES_DIFFER = "X02"
    SEX_OR_NUMBER_CONFLICT = "X03"
    CARD_SIDES_MAY_DIFFER = "X04"
    HOUSEHOLDS_DIFFER = "X05"
    CERTIFICATE_NAMES_OTHER_PARENTS = "X06"
    CERTIFICATE_CONTRADICTS_ITSELF = "X07"
    CHANGE_NOT_VERIFIED = "X08"
    AGE_GAP_IMPLAUSIBLE = "X10"
    BELOW_MARRIAGE_AGE = "X11"
    DOCUMENT_USED_ELSEWHERE = "X20"
    ID_NUMBER_USED_BY_ANOTHER = "X21"
    FACE_USED_BY_ANOTHER = "X22"
    RELATIONSHIP_NOT_ELIGIBLE = "R01"
    RELATIONSHIP_CONTRADICTED = "R02"
    RELATIONSHIP_NOT_DETERMINED = "R03"
    FACE_NOT_MATCHED = "P01"
    NOT_ONE_FACE = "P02"
    SELFIE_UNUSABLE = "P03"
    FACE_CONSENT_MISSING = "P04"
    MINOR_WITHOUT_FACE = "P05"
    VERIFICATION_WITHOUT_FACE = "P06"
    APPLICANT_LIMIT_REACHED = "B01"
    MEMBER_LIMIT_REACHED = "B02"
    ALREADY_BOUND = "B03"
    NOTHING_TO_UNBIND = "B04"
    SPOUSE_OR_PARENT_CONFLICT = "B05"
    BINDING_ONESELF = "B06"
    DIVISION_UNKNOWN = "W01"
    REVIEW_OVERDUE = "S01"
    RETURN_NOT_ANSWERED = "S02"


class ReasonEntry(Record):
    """One entry of the catalogue.

    Attributes:
        zh: Title in Chinese, no full stop.
        en: Title in English, no full stop.
        severity: The weight when the check failed.
        repairable: Whether the applicant can mend it by sending something (补件).
    """

    zh: str
    en: str
    severity: Severity
    repairable: bool
