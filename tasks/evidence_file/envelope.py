"""Whether a PDF is, byte for byte, what the holder of a certificate signed.

A signature covers everything but its own envelope, and readers overlook much in that: padding,
the certificate's copy, headers. So the envelope is built again from the two parts that cannot be
known beforehand, and must come out the same.
"""

import hashlib
import re
from typing import Final, NamedTuple

from asn1crypto import cms
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

_RANGE: Final = re.compile(rb"/ByteRange *\[ *(\d{1,12}) +(\d{1,12}) +(\d{1,12}) +(\d{1,12}) *\]")
_SET: Final = b"\x31"


class _Cut(NamedTuple):
    """A signed PDF, taken apart."""

    content: bytes
    envelope: bytes


def signature_fits(certificate: x509.Certificate, content: bytes, signature: bytes) -> bool:
    """Whether the key of a certificate (ECDSA P-256) signed this content."""
    key = certificate.public_key()
    if not isinstance(key, ec.EllipticCurvePublicKey):
        return False
    try:
        key.verify(signature, content, ec.ECDSA(hashes.SHA256()))
    except InvalidSignature:
        return False
    return True


def pdf_is_as_signed(pdf: bytes, certificate: x509.Certificate) -> bool:
    """Whether a PDF carries one signature of this certificate over all of it, and nothing else."""
    cut = _cut(pdf)
    if cut is None:
        return False
    try:
        return _envelope_fits(cut, certificate)
    except (ValueError, TypeError, KeyError, IndexError, AttributeError):
        return False  # no envelope of that form


def _cut(pdf: bytes) -> _Cut | None:
    """The signed bytes and the envelope between them; None where they are not all of the file."""
    found = _RANGE.findall(pdf)
    if len(found) != 1:
        return None
    start, first, second, rest = map(int, found[0])
    if start != 0 or second + rest != len(pdf) or not 0 < first < second < len(pdf):
        return None
    text = pdf[first:second]
    if text[:1] + text[-1:] != b"<>":
        return None
    try:
        padded = bytes.fromhex(text[1:-1].decode("ascii"))
    except ValueError:
        return None
    envelope = padded[: _der_length(padded)]
    whole = b"<%s>" % envelope.hex().upper().encode().ljust(len(padded) * 2, b"0")
    return _Cut(pdf[:first] + pdf[second:], envelope) if whole == text else None


def _der_length(der: bytes) -> int:
    """How long the first value is, its header included."""
    if len(der) < 4 or der[1] != 0x82:
        return 0
    return 4 + int.from_bytes(der[2:4], "big")


def _envelope_fits(cut: _Cut, certificate: x509.Certificate) -> bool:
    found = cms.ContentInfo.load(cut.envelope, strict=True)["content"]["signer_infos"][0]
    attributes = found["signed_attrs"]
    signature = found["signature"].native
    signed_attributes = {attribute["type"].native: attribute["values"] for attribute in attributes}
    # Signed is the set itself, though the envelope marks it otherwise (RFC 5652, 5.4).
    signed = _SET + attributes.dump()[1:]
    return (
        signed_attributes["message_digest"][0].native == hashlib.sha256(cut.content).digest()
        and signed_attributes["content_type"][0].native == "data"
        and signature_fits(certificate, signed, signature)
        and _built(certificate, attributes, signature) == cut.envelope
    )


def _built(certificate: x509.Certificate, attributes: cms.CMSAttributes, signature: bytes) -> bytes:
    """The one envelope for these parts."""
    own = asn1_x509.Certificate.load(certificate.public_bytes(serialization.Encoding.DER))
    signer = {
        "version": "v1",
        "sid": cms.SignerIdentifier(
            {
                "issuer_and_serial_number": cms.IssuerAndSerialNumber(
                    {"issuer": own.issuer, "serial_number": own.serial_number}
                )
            }
        ),
        "digest_algorithm": {"algorithm": "sha256"},
        "signed_attrs": attributes,
        "signature_algorithm": {"algorithm": "sha256_ecdsa"},
        "signature": signature,
    }
    content = {
        "version": "v1",
        "digest_algorithms": [{"algorithm": "sha256"}],
        "encap_content_info": {"content_type": "data"},
        "certificates": [own],
        "signer_infos": [cms.SignerInfo(signer)],
    }
    whole = cms.ContentInfo({"content_type": "signed_data", "content": cms.SignedData(content)})
    return bytes(whole.dump())
