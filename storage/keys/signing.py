"""The office's signature: who signs, with what certificate, and how a PDF is signed."""

import datetime as dt
import io
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from storage.keys.keyring import Keyring

FIELD: Final = "kinbind"
"""Name of the signature field of a PDF."""
_NAME: Final = "kinbind evidence signature"
_FIRST: Final = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)
_LAST: Final = dt.datetime(9999, 12, 31, 23, 59, 59, tzinfo=dt.UTC)  # RFC 5280: no end is known


class OfficeSigner:
    """Signs for one installation.

    The certificate is a function of the master key alone: nothing is stored, and an office that
    was restored from its backup signs with the same one. It is self-signed; who checks a file
    compares its fingerprint with what the office gave them by another way.
    """

    def __init__(self, keyring: Keyring) -> None:
        """Sign with the key of a keyring."""
        self._key = keyring.signing_key()
        self.certificate = _certificate(self._key)

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the certificate, hexadecimal."""
        return self.certificate.fingerprint(hashes.SHA256()).hex()

    @property
    def certificate_pem(self) -> str:
        """The certificate as text."""
        return self.certificate.public_bytes(serialization.Encoding.PEM).decode()

    @property
    def public_key_pem(self) -> str:
        """The public key as text."""
        return public_key_pem(self.certificate)

    def sign(self, content: bytes) -> bytes:
        """A detached signature: ECDSA P-256 over SHA-256, DER, as `openssl dgst` reads it."""
        return self._key.sign(content, ec.ECDSA(hashes.SHA256()))

    def sign_pdf(self, content: bytes, reason: str) -> bytes:
        """Sign a whole PDF (PAdES baseline B).

        Args:
            content: A PDF without signatures.
            reason: What the signature says that it is for.
        """
        # A second to import, and only an export needs them.
        from asn1crypto import keys as asn1_keys
        from asn1crypto import x509 as asn1_x509
        from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
        from pyhanko.sign import fields, signers
        from pyhanko_certvalidator.registry import SimpleCertificateStore

        der = serialization.Encoding.DER
        private = self._key.private_bytes(
            der, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        signed = signers.sign_pdf(
            IncrementalPdfFileWriter(io.BytesIO(content)),
            signers.PdfSignatureMetadata(
                field_name=FIELD,
                md_algorithm="sha256",
                subfilter=fields.SigSeedSubFilter.PADES,
                name=_NAME,
                reason=reason,
            ),
            signer=signers.SimpleSigner(
                signing_cert=asn1_x509.Certificate.load(self.certificate.public_bytes(der)),
                signing_key=asn1_keys.PrivateKeyInfo.load(private),
                cert_registry=SimpleCertificateStore(),  # type: ignore[no-untyped-call]
            ),
        )
        return bytes(signed.getvalue())


def public_key_pem(certificate: x509.Certificate) -> str:
    """The public key of a certificate, as text."""
    return (
        certificate.public_key()
        .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
        .decode()
    )


def _certificate(key: ec.EllipticCurvePrivateKey) -> x509.Certificate:
    """The self-signed certificate of a key: the same bytes every time."""
    public = key.public_key()
    identity = x509.SubjectKeyIdentifier.from_public_key(public)
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.COMMON_NAME, _NAME),
            x509.NameAttribute(NameOID.SERIAL_NUMBER, identity.digest.hex()),
        ]
    )
    usage = x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(public)
        .serial_number(int.from_bytes(identity.digest[:19], "big") + 1)
        .not_valid_before(_FIRST)
        .not_valid_after(_LAST)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(identity, critical=False)
        .sign(key, hashes.SHA256(), ecdsa_deterministic=True)
    )
