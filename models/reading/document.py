"""Documents and their readings: what each paper carries, and what was seen on it."""

from enum import StrEnum
from types import MappingProxyType
from typing import Final

from pydantic import Field

from models.checks.finding import Finding
from models.record import Record

Point = tuple[float, float]
Quad = tuple[Point, Point, Point, Point]
"""Four corners in pixels of the uploaded image, clockwise from the text's upper left."""


class DocumentKind(StrEnum):
    """The papers that are told apart (an ID card's sides by what they show, never front/back)."""

    ID_CARD_PORTRAIT = "id_card_portrait"  # 人像面
    ID_CARD_EMBLEM = "id_card_emblem"  # 国徽面
    HUKOU_COVER = "hukou_cover"  # 首页
    HUKOU_MEMBER = "hukou_member"  # 常住人口登记卡
    BIRTH_CERTIFICATE = "birth_certificate"  # 出生医学证明
    SELFIE = "selfie"  # 本人自拍照
    COMMITMENT_LETTER = "commitment_letter"  # 承诺书
    MARRIAGE_CERTIFICATE = "marriage_certificate"  # 结婚证
    KINSHIP_NOTARIAL = "kinship_notarial"  # 关系公证书
    INSURANCE_CERTIFICATE = "insurance_certificate"  # 参保凭证
    INCAPACITY_CERTIFICATE = "incapacity_certificate"  # 失能证明
    OTHER = "other"

    @property
    def zh(self) -> str:
        """The paper's Chinese name."""
        return _ZH[self]


_ZH: Final = MappingProxyType(
    {
        DocumentKind.ID_CARD_PORTRAIT: "身份证人像面",
        DocumentKind.ID_CARD_EMBLEM: "身份证国徽面",
        DocumentKind.HUKOU_COVER: "户口簿首页",
        DocumentKind.HUKOU_MEMBER: "常住人口登记卡",
        DocumentKind.BIRTH_CERTIFICATE: "出生医学证明",
        DocumentKind.SELFIE: "本人自拍照",
        DocumentKind.COMMITMENT_LETTER: "承诺书",
        DocumentKind.MARRIAGE_CERTIFICATE: "结婚证",
        DocumentKind.KINSHIP_NOTARIAL: "亲属关系公证书",
        DocumentKind.INSURANCE_CERTIFICATE: "参保凭证",
        DocumentKind.INCAPACITY_CERTIFICATE: "失能证明",
        DocumentKind.OTHER: "其他",
    }
)

FIELDS: Final = MappingProxyType(
    {
        DocumentKind.ID_CARD_PORTRAIT: (
            "name",
            "sex",
            "ethnicity",
            "birth_date",
            "address",
            "id_number",
        ),
        DocumentKind.ID_CARD_EMBLEM: ("issuing_authority", "valid_from", "valid_until"),
        DocumentKind.HUKOU_COVER: (
            "household_type",
            "householder_name",
            "household_number",
            "address",
            "issue_date",
        ),
        DocumentKind.HUKOU_MEMBER: (
            "name",
            "relation_to_householder",
            "former_name",
            "sex",
            "ethnicity",
            "birth_date",
            "id_number",
            "marital_status",
            "household_number",
            "registration_date",
        ),
        DocumentKind.BIRTH_CERTIFICATE: (
            "newborn_name",
            "newborn_sex",
            "birth_time",
            "mother_name",
            "mother_id_number",
            "father_name",
            "father_id_number",
            "certificate_number",
            "issuing_body",
            "issue_date",
        ),
        DocumentKind.COMMITMENT_LETTER: (
            "applicant_name",
            "member_name",
            "relationship",
            "signed",
            "sign_date",
        ),
        DocumentKind.MARRIAGE_CERTIFICATE: (
            "holder_name",
            "registration_date",
            "certificate_number",
            "spouse1_name",
            "spouse1_sex",
            "spouse1_birth_date",
            "spouse1_id_number",
            "spouse2_name",
            "spouse2_sex",
            "spouse2_birth_date",
            "spouse2_id_number",
        ),
        DocumentKind.KINSHIP_NOTARIAL: (
            "applicant_name",
            "applicant_birth_date",
            "related_name",
            "related_birth_date",
            "relation_stated",
            "notary_office",
            "certificate_number",
            "issue_date",
        ),
        DocumentKind.INSURANCE_CERTIFICATE: (
            "name",
            "id_number",
            "insured_region",
            "insurance_type",
            "issue_date",
        ),
        DocumentKind.INCAPACITY_CERTIFICATE: (
            "name",
            "id_number",
            "level",
            "issuing_body",
            "issue_date",
        ),
    }
)
"""The fields of each kind that this release reads, in the order of the paper.

Nothing on a marriage certificate says which spouse is the first: they are numbered as they stand.
`relationship` and `insurance_type` are codes of the application; `signed` is "true" or "false".
"""


class FieldReading(Record):
    """One field as it was seen; the raw reading is never altered.

    Attributes:
        value: The normalised value; None where the paper is blank or the text unreadable.
        raw: The engine's own text for the field, label cut off.
        confidence: 0 to 1. Low with a None value means "something may stand here, unread";
            high with a None value means "the place was seen and is blank".
        evidence: What the engine and the checks gave before calibration, 0 to 1; None where
            the confidence was not calibrated.
        quad: Where it stands on the uploaded image; None when no place was found.
        second: What the independent second reader saw, where it looked.
        long_term: Only for `valid_until`: 长期 is printed.
    """

    value: str | None
    raw: str = ""
    confidence: float = Field(ge=0, le=1)
    evidence: float | None = Field(default=None, ge=0, le=1)
    quad: Quad | None = None
    second: str | None = None
    long_term: bool = False


class Quality(Record):
    """Signals about the photograph, not about the paper's truth.

    Attributes:
        blur: 0 sharp to 1 unreadable.
        glare: Share of the page that is burnt out, 0 to 1.
        glyph_height_px: Median height of a text line in the uploaded image, pixels; 0 if none.
        rotation: Quarter turns that were undone, degrees clockwise: 0, 90, 180 or 270.
        corners_visible: How many of the page's corners lie inside the picture, 0 to 4.
        seal: A red seal was seen; None where the kind carries none.
        colour: False for a black-and-white copy.
    """

    blur: float = Field(ge=0, le=1)
    glare: float = Field(ge=0, le=1)
    glyph_height_px: float = Field(ge=0)
    rotation: int = 0
    corners_visible: int = Field(ge=0, le=4)
    seal: bool | None = None
    colour: bool = True


NO_SECOND_READER: Final = "no second reader"
"""Stands among the names of the engines where numbers rest on one reader."""


class DocumentReading(Record):
    """Everything that reading learned from one paper on one page of one file.

    Attributes:
        file: The path as the application names it.
        page: Page of the file, from 1.
        part: Which paper on that page, from 1.
        digest: SHA-256 of the uploaded file, hexadecimal.
        perceptual_hash: 64-bit pHash of the upright page, hexadecimal, for near copies.
        kind_confidence: 0 to 1.
        portrait: Object key of the encrypted face crop, for kinds that carry a face.
        faces: How many faces were found; None where none was looked for.
        findings: What is wrong with the picture or the paper in itself.
        seconds: CPU seconds that reading took.
        engine: Names and versions of the engines that read it.
        unread: The machine gave it up, or never began it; it says nothing for or against anybody.
    """

    file: str
    page: int = 1
    part: int = 1
    digest: str
    perceptual_hash: str | None = None
    kind: DocumentKind
    kind_confidence: float = Field(ge=0, le=1)
    fields: dict[str, FieldReading] = Field(default_factory=dict)
    quality: Quality | None = None
    portrait: str | None = None
    faces: int | None = None
    findings: tuple[Finding, ...] = ()
    seconds: float = 0.0
    engine: str = ""
    unread: bool = False

    @property
    def place(self) -> str:
        """Which paper of the application this is: its file, and where in it if it is not alone.

        A file of several papers has several readings, so that its name alone names none of them.
        """
        first = self.page == self.part == 1
        return self.file if first else f"{self.file}#{self.page}.{self.part}"

    def value(self, field: str) -> str | None:
        """The normalised value of a field; None when blank, unread or not on this paper."""
        reading = self.fields.get(field)
        return reading.value if reading else None

    def confidence(self, field: str) -> float:
        """The confidence of a field; 0 when the paper has no such reading."""
        reading = self.fields.get(field)
        return reading.confidence if reading else 0.0


class Readings(Record):
    """All papers of one round, in the order of the form."""

    papers: tuple[DocumentReading, ...]
