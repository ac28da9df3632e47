"""Readings that the picture itself gives reason to doubt, with what applicants are asked for."""

from models.checks.finding import CheckVerdict, Evidence, finding
from models.checks.reason import Reason
from models.reading.document import DocumentKind
from tasks.reading.classify_page import KindGuess
from tasks.reading.confidence.one_paper import unsure_of_all
from tasks.reading.kinds.registry import SPECS
from tasks.reading.read_page import PageReading
from tasks.reading.signals.assess_picture import THIS_PICTURE


def doubt_screenshot(reading: PageReading) -> PageReading:
    """A paper of which a screenshot was sent where a photograph of the original belongs."""
    raised = any(found.code is Reason.SCREEN_OR_COPY for found in reading.findings)
    if raised or not SPECS[reading.guess.kind].original_only:
        return reading
    doubt = finding(
        Reason.SCREEN_OR_COPY,
        Evidence(document=THIS_PICTURE),
        verdict=CheckVerdict.CANNOT_TELL,
        zh="图片是手机截屏，请上传对着原件拍摄的照片",
        en="the picture is a telephone's screenshot; upload a photograph of the original",
    )
    return reading._replace(findings=(*reading.findings, doubt))


def doubt_small_print(reading: PageReading) -> PageReading:
    """A picture of a paper that is too small to be read: it is of no known kind."""
    doubt = finding(
        Reason.RESOLUTION_TOO_LOW,
        Evidence(document=THIS_PICTURE),
        verdict=CheckVerdict.CANNOT_TELL,
        zh="图片中的材料太小，无法识读，请靠近材料、让材料占满画面后重拍",
        en="a paper in the picture is too small to be read; take it from nearer, filling the frame",
    )
    findings = tuple(f for f in reading.findings if f.code is not Reason.RESOLUTION_TOO_LOW)
    return reading._replace(
        guess=KindGuess(DocumentKind.OTHER, min(0.5, reading.guess.confidence)),
        findings=(*findings, doubt),
        portrait=None,
        faces=None,
    )


def doubt_unseparated(reading: PageReading) -> PageReading:
    """Nothing of it is sure: it may show two papers that were not told apart."""
    doubt = finding(
        Reason.FIELD_UNREADABLE,
        Evidence(document=THIS_PICTURE),
        verdict=CheckVerdict.CANNOT_TELL,
        zh="一张图片中有多份材料，未能分开识别，请每份材料单独拍照上传",
        en="several papers in one picture could not be told apart; photograph each by itself",
    )
    return reading._replace(
        fields=unsure_of_all(reading.fields), findings=(*reading.findings, doubt)
    )
