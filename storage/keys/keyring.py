"""Keys: one master key, those derived from it, and what is done with them."""

import hashlib
import hmac
import re
import secrets
import uuid
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from models.errors import IntegrityError, SettingError
from storage.private_files import create_private
from storage.settings import Settings

_KEY_BYTES: Final = 32
_NONCE_BYTES: Final = 12
_HEADER: Final = b"KB\x01"  # the third byte names the cipher: 1 is AES-256-GCM
_KEY_ID_BYTES: Final = 4
_SCALAR_BYTES: Final = 48
_P256_ORDER: Final = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
_OPEN_TO_OTHERS: Final = 0o027
_HARMLESS_ID: Final = re.compile(r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$")
_ID_NUMBER: Final = re.compile(r"(?<![0-9A-Za-z])(?:\d{17}[\dXx]|\d{15})(?![0-9A-Za-z])")


class Keyring:
    """The keys of one installation. Its repr shows nothing."""

    def __init__(self, master: bytes) -> None:
        """Derive the keys.

        Args:
            master: 32 random bytes.

        Raises:
            SettingError: It is not 32 bytes long.
        """
        if len(master) != _KEY_BYTES:
            msg = f"The master key must be {_KEY_BYTES} bytes; restore it from its backup."
            raise SettingError(msg)
        self._cipher = AESGCM(_derive(master, "encryption"))
        self._fingerprints = _derive(master, "fingerprints")
        self._audit = _derive(master, "audit")
        self._key_id = _derive(master, "identity")[:_KEY_ID_BYTES]
        self._signing = _derive(master, "evidence signature", _SCALAR_BYTES)

    @classmethod
    def open(cls, settings: Settings) -> "Keyring":
        """Read the master key, or make one where there is none yet.

        Raises:
            SettingError: Others may read the key file, or it holds no key.
        """
        path = settings.key_file
        if not path.exists():
            create_private(path, secrets.token_bytes(_KEY_BYTES))
        if path.stat().st_mode & _OPEN_TO_OTHERS:
            msg = f"Others can read the master key; run: chmod 600 {path}"
            raise SettingError(msg)
        return cls(path.read_bytes())

    @property
    def check_value(self) -> str:
        """A value by which a database knows its key again; it does not give the key away."""
        return self.fingerprint("key-check", "kinbind")

    def fingerprint(self, purpose: str, value: str) -> str:
        """A keyed hash (HMAC-SHA256, hexadecimal): equal for equal values of one purpose."""
        text = f"{len(purpose)}:{purpose}:{value}"
        return hmac.new(self._fingerprints, text.encode(), hashlib.sha256).hexdigest()

    def identifier(self, purpose: str, value: str) -> str:
        """A UUID that is always the same for the same value and tells nothing about it."""
        return str(uuid.uuid5(uuid.NAMESPACE_OID, self.fingerprint(purpose, value)))

    def public_id(self, application_id: str) -> str:
        """The application's identifier, or an alias where it could tell who somebody is.

        A folder's name stands for the identifier of an application that cannot be read; people
        name folders after persons and their ID numbers.
        """
        if _HARMLESS_ID.match(application_id) and not _ID_NUMBER.search(application_id):
            return application_id
        return f"alias-{self.fingerprint('application', application_id)[:24]}"

    def chain_hash(self, content: bytes) -> str:
        """The audit log's keyed hash (HMAC-SHA256, hexadecimal)."""
        return hmac.new(self._audit, content, hashlib.sha256).hexdigest()

    def signing_key(self) -> ec.EllipticCurvePrivateKey:
        """The key that signs evidence files (ECDSA P-256); its public half is for everybody.

        Derived like the others (FIPS 186-5, A.2.1: 128 bits more than needed, then the rest), so
        that the master key's backup is its backup too.
        """
        scalar = int.from_bytes(self._signing, "big") % (_P256_ORDER - 1) + 1
        return ec.derive_private_key(scalar, ec.SECP256R1())

    def seal(self, plain: bytes, context: str) -> bytes:
        """Encrypt and authenticate.

        Args:
            plain: Anything, also nothing.
            context: Where the result will lie; it can be opened as that and nothing else.
        """
        # Random nonces under one key are safe far beyond a billion objects (NIST SP 800-38D).
        nonce = secrets.token_bytes(_NONCE_BYTES)
        header = _HEADER + self._key_id
        return header + nonce + self._cipher.encrypt(nonce, plain, header + context.encode())

    def unseal(self, sealed: bytes, context: str) -> bytes:
        """Decrypt what `seal` made for the same context.

        Raises:
            IntegrityError: It was changed, moved from another place, or sealed with another key.
        """
        start = len(_HEADER) + _KEY_ID_BYTES
        header, nonce, body = (
            sealed[:start],
            sealed[start : start + _NONCE_BYTES],
            sealed[start + _NONCE_BYTES :],
        )
        if header[: len(_HEADER)] != _HEADER:
            raise IntegrityError("A sealed object has an unknown header.")
        if header[len(_HEADER) :] != self._key_id:
            raise IntegrityError("A sealed object belongs to another master key.")
        try:
            return self._cipher.decrypt(nonce, body, header + context.encode())
        except (InvalidTag, ValueError) as error:
            raise IntegrityError("A sealed object is not what was written.") from error


def holds_id_number(text: str) -> bool:
    """Whether something that looks like a citizen's ID number stands in a text."""
    return bool(_ID_NUMBER.search(text))


def _derive(master: bytes, use: str, length: int = _KEY_BYTES) -> bytes:
    info = f"kinbind/1/{use}".encode()
    return HKDF(algorithm=SHA256(), length=length, salt=None, info=info).derive(master)
