"""Keys: the root secret, what derives from it, data keys, and what is done with them."""

import datetime as dt
import hashlib
import hmac
import re
import secrets
import uuid
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from models.errors import IntegrityError, SettingError
from storage.key_places import INSTALLATION, installation_id
from storage.keys.data_keys import DATA_KEY_ID_BYTES, DataKeys, KeyCounts
from storage.keys.key_rotation import finish_rotation, rotate, rotate_to
from storage.keys.key_scope import key_scope
from storage.keys.master_key import (
    ANOTHER_MASTER,
    KEY_BYTES,
    MasterKey,
    derive,
    read_master_key,
)
from storage.private_files import create_private
from storage.settings import Settings

_NONCE_BYTES: Final = 12
# The third byte says how: AES-256-GCM with a key of the root, or with the data key named next.
_OF_THE_ROOT: Final = b"KB\x01"
_OF_A_DATA_KEY: Final = b"KB\x02"
_KEY_ID_BYTES: Final = 4
_SCALAR_BYTES: Final = 48
_P256_ORDER: Final = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
_HARMLESS_ID: Final = re.compile(r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$")
_ID_NUMBER: Final = re.compile(r"(?<![0-9A-Za-z])(?:\d{17}[\dXx]|\d{15})(?![0-9A-Za-z])")


class Keyring:
    """The keys of one installation. Its repr shows nothing."""

    def __init__(self, root: bytes, data_keys: DataKeys | None = None) -> None:
        """Derive the keys.

        Args:
            root: 32 random bytes; fingerprints, the audit log's hashes and the signature derive
                from it, and never change.
            data_keys: What seals; without them everything is sealed with one key of the root.

        Raises:
            SettingError: It is not 32 bytes long.
        """
        if len(root) != KEY_BYTES:
            msg = (
                f"根密钥须为 {KEY_BYTES} 字节，请从备份恢复。"
                f" The root secret must be {KEY_BYTES} bytes; restore it from its backup."
            )
            raise SettingError(msg)
        self._cipher = AESGCM(derive(root, "encryption"))
        self._fingerprints = derive(root, "fingerprints")
        self._audit = derive(root, "audit")
        self._key_id = derive(root, "identity")[:_KEY_ID_BYTES]
        self._signing = derive(root, "evidence signature", _SCALAR_BYTES)
        self._data_keys = data_keys

    @classmethod
    def open(cls, settings: Settings, *, known_as: str | None = None) -> "Keyring":
        """Open the keys, making the master key and the root secret where there are none yet.

        Args:
            settings: Where the keys are.
            known_as: The `check_value` by which an existing database knows its keys. One of before
                there were data keys has its master key as its root secret.

        Raises:
            SettingError: The master key cannot be read, or is not the one of the database.
        """
        create_private(settings.home / INSTALLATION, installation_id(settings.home).encode())
        keys = DataKeys.open(settings)
        try:
            make = keys.root_master() is None and known_as is None
            keys.master = read_master_key(settings, make=make)
            finish_rotation(settings, keys)
            root = keys.root() or _first_root(keys.master, known_as)
            keys.keep_root(root)
            return cls(keys.root() or root, keys)
        except BaseException:
            keys.close()
            raise

    def close(self) -> None:
        """Close the database of the keys."""
        if self._data_keys is not None:
            self._data_keys.close()

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
        return hmac.digest(self._audit, content, "sha256").hex()

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
        key_id, cipher = self._sealing(context)
        # Random nonces under one key are safe far beyond a billion objects (NIST SP 800-38D).
        nonce = secrets.token_bytes(_NONCE_BYTES)
        return key_id + nonce + cipher.encrypt(nonce, plain, key_id + context.encode())

    def _sealing(self, context: str) -> tuple[bytes, AESGCM]:
        """The header that names the key of a context, and its cipher."""
        if self._data_keys is None:
            return _OF_THE_ROOT + self._key_id, self._cipher
        key = self._data_keys.of_scope(self._scope(key_scope(context)))
        return _OF_A_DATA_KEY + key.key_id, AESGCM(key.content)

    def destroy(self, scopes: Iterable[str], now: dt.datetime) -> int:
        """Destroy the data keys of scopes: what they sealed opens for nobody, wherever it lies.

        Args:
            scopes: As `key_scope` gives them.
            now: The present.

        Returns:
            How many keys there were.
        """
        if self._data_keys is None:
            return 0
        return self._data_keys.destroy(map(self._scope, scopes), now)

    @property
    def master_id(self) -> str:
        """The identity of the master key in force; it does not give the key away."""
        return self._kept().master_id

    def counts(self) -> KeyCounts:
        """How many data keys live, and how many were destroyed."""
        return self._kept().counts()

    def rotate(self, settings: Settings, to: Path | None) -> int:
        """Wrap every key with a new master key; say how many there were.

        Args:
            settings: Where the old one comes from.
            to: A file that is the new one; None: a new one in place of the file of the old one.

        Raises:
            SettingError: The new key cannot be had.
        """
        return rotate_to(to, self._kept()) if to else rotate(settings, self._kept())

    def export(self, target: DataKeys) -> None:
        """Copy every data key, wrapped as it is."""
        self._kept().export(target)

    def _kept(self) -> DataKeys:
        if self._data_keys is None:
            raise SettingError("These keys belong to no installation.")
        return self._data_keys

    def _scope(self, scope: str) -> str:
        return self.fingerprint("key-scope", scope)

    def unseal(self, sealed: bytes, context: str) -> bytes:
        """Decrypt what `seal` made for the same context.

        Raises:
            IntegrityError: It was changed, moved from another place, or sealed with another key.
        """
        header, cipher = self._opening(sealed)
        start = len(header)
        nonce, body = sealed[start : start + _NONCE_BYTES], sealed[start + _NONCE_BYTES :]
        try:
            return cipher.decrypt(nonce, body, header + context.encode())
        except (InvalidTag, ValueError) as error:
            raise IntegrityError(
                "加密内容与写入时不符，请运行 kinbind reconcile。"
                " A sealed object is not what was written: run kinbind reconcile."
            ) from error

    def _opening(self, sealed: bytes) -> tuple[bytes, AESGCM]:
        """The header of what was sealed, and the cipher of the key that it names."""
        form = sealed[: len(_OF_THE_ROOT)]
        if form == _OF_A_DATA_KEY and self._data_keys is not None:
            header = sealed[: len(form) + DATA_KEY_ID_BYTES]
            return header, AESGCM(self._data_keys.by_id(header[len(form) :]))
        if form != _OF_THE_ROOT:
            raise IntegrityError(
                "加密内容的文件头无法识别，请运行 kinbind reconcile。"
                " A sealed object has an unknown header: run kinbind reconcile."
            )
        header = sealed[: len(form) + _KEY_ID_BYTES]
        if header[len(form) :] != self._key_id:
            raise IntegrityError(ANOTHER_MASTER)
        return header, self._cipher


def _first_root(master: MasterKey, known_as: str | None) -> bytes:
    """The root secret of an installation that keeps none yet.

    Raises:
        SettingError: The master key is not the one of before there were data keys.
    """
    if known_as is None:
        return secrets.token_bytes(KEY_BYTES)
    if Keyring(master.content).check_value != known_as:
        raise SettingError(
            "主密钥与案件库不匹配，请恢复该库的密钥备份（主密钥和数据密钥库）。"
            " The master key is not the one of this case database, or its wrapped keys are missing;"
            " restore the keys' backup."
        )
    return master.content


def holds_id_number(text: str) -> bool:
    """Whether something that looks like a citizen's ID number stands in a text."""
    return bool(_ID_NUMBER.search(text))
