"""Check an evidence file: who signed it, whether it is as signed, whether its events lead home."""

import io
from typing import Final, NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from pydantic import ValidationError

from models.checks.finding import Message
from models.evidence_file.content import JSON_NAME, SIGNATURE_NAME, EvidenceContent
from storage.audit.chain.hash_tree import leads_to
from tasks.evidence_file.envelope import pdf_is_as_signed, signature_fits

_PDF: Final = b"%PDF-"
_CHANGED: Final = Message(
    zh="文件不是所给证书的持有者签发的，或签发后被改动",
    en="the file was not signed by the holder of this certificate, or was changed since",
)
_NO_SIGNATURE: Final = Message(
    zh="缺少签名文件 .sig", en="the signature beside it (.sig) is missing"
)
_NOT_EVIDENCE: Final = Message(
    zh="签名有效，但内容不是本版本认识的证据文件",
    en="well signed, but no evidence file that this version knows",
)
_OTHER_SIGNER: Final = Message(
    zh="内容所载证书与签名证书不同", en="it names another certificate than the one that signed it"
)
_ASTRAY: Final = Message(
    zh="有事件不能算到所载树根", en="an event does not lead to the root that the file states"
)
_INSIDE: Final = Message(
    zh="PDF 内的附件缺失或签名不符", en="the files inside the PDF are missing or not as signed"
)


class EvidenceReport(NamedTuple):
    """What a check found.

    Attributes:
        evidence: What the file says; None where it cannot be believed.
        problem: The first thing that is wrong; None where nothing is.
    """

    evidence: EvidenceContent | None
    problem: Message | None


def check_evidence(
    content: bytes, certificate: x509.Certificate, signature: bytes | None = None
) -> EvidenceReport:
    """Check one file in either form; asks no office, no database and no network.

    Args:
        content: The PDF or the JSON.
        certificate: The office's, got by another way than the file.
        signature: What lies beside a JSON file.
    """
    if content.startswith(_PDF):
        return _check_pdf(content, certificate)
    if signature is None:
        return EvidenceReport(None, _NO_SIGNATURE)
    return _check_json(content, certificate, signature)


def _check_pdf(content: bytes, certificate: x509.Certificate) -> EvidenceReport:
    if not pdf_is_as_signed(content, certificate):
        return EvidenceReport(None, _CHANGED)
    inside = _attached(content)
    if JSON_NAME not in inside or SIGNATURE_NAME not in inside:
        return EvidenceReport(None, _INSIDE)
    return _check_json(inside[JSON_NAME], certificate, inside[SIGNATURE_NAME])


def _check_json(content: bytes, certificate: x509.Certificate, signature: bytes) -> EvidenceReport:
    if not signature_fits(certificate, content, signature):
        return EvidenceReport(None, _CHANGED)
    try:
        evidence = EvidenceContent.model_validate_json(content)
    except ValidationError:
        return EvidenceReport(None, _NOT_EVIDENCE)
    if evidence.signer != certificate.fingerprint(hashes.SHA256()).hex():
        return EvidenceReport(None, _OTHER_SIGNER)
    if not all(leads_to(e.record, e.path, evidence.log.root) for e in evidence.log.events):
        return EvidenceReport(None, _ASTRAY)
    return EvidenceReport(evidence, None)


def _attached(pdf: bytes) -> dict[str, bytes]:
    """The files inside a PDF that is known to be as it was signed."""
    import pypdfium2

    document = pypdfium2.PdfDocument(io.BytesIO(pdf))
    try:
        found = (document.get_attachment(n) for n in range(document.count_attachments()))
        return {one.get_name(): bytes(one.get_data()) for one in found}
    finally:
        document.close()
