"""The master key: where it comes from, and the one thing done with it, wrapping other keys.

It is 32 bytes from a file (outside the home by default, so that a copy of the home opens nothing),
from the environment, or from what a command prints, which may ask a key service.
"""

import base64
import secrets
import shlex
import stat
import subprocess
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from models.errors import IntegrityError, SettingError
from models.file_failure import file_failure
from storage.private_files import create_private
from storage.settings import Settings

KEY_BYTES: Final = 32
_NONCE_BYTES: Final = 12
_ID_BYTES: Final = 8
_OPEN_TO_OTHERS: Final = 0o027
_COMMAND_SECONDS: Final = 60
ANOTHER_MASTER: Final = (
    "加密内容属于另一份主密钥，请核对 KINBIND_MASTER_KEY_FILE 或从备份恢复。"
    " A sealed object belongs to another master key: look at KINBIND_MASTER_KEY_FILE, or restore"
    " the key from its backup."
)


def derive(secret: bytes, use: str, length: int = KEY_BYTES) -> bytes:
    """A key for one use, from a secret (HKDF-SHA256)."""
    info = f"kinbind/1/{use}".encode()
    return HKDF(algorithm=SHA256(), length=length, salt=None, info=info).derive(secret)


class MasterKey:
    """Wraps keys, and opens what it wrapped. Its repr shows nothing."""

    def __init__(self, content: bytes) -> None:
        """Take the key.

        Args:
            content: 32 random bytes.

        Raises:
            SettingError: It is not 32 bytes long.
        """
        if len(content) != KEY_BYTES:
            msg = (
                f"主密钥须为 {KEY_BYTES} 字节，请从备份恢复。"
                f" The master key must be {KEY_BYTES} bytes; restore it from its backup."
            )
            raise SettingError(msg)
        self.content = content
        self.key_id = derive(content, "master key identity", _ID_BYTES).hex()
        self._cipher = AESGCM(derive(content, "key wrapping"))

    def __repr__(self) -> str:
        """The key's identity."""
        return f"MasterKey({self.key_id})"

    def wrap(self, key: bytes, name: str) -> bytes:
        """Encrypt a key; it can be opened under the same name and no other."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, key, name.encode())

    def unwrap(self, wrapped: bytes, name: str) -> bytes:
        """Decrypt what `wrap` made under the same name.

        Raises:
            IntegrityError: It was changed, or wrapped by another master key.
        """
        nonce, body = wrapped[:_NONCE_BYTES], wrapped[_NONCE_BYTES:]
        try:
            return self._cipher.decrypt(nonce, body, name.encode())
        except (InvalidTag, ValueError) as error:
            raise IntegrityError(
                "密钥与写入时不符，或主密钥不是原来的一份，请运行 kinbind keys status。"
                " A wrapped key is not what was written, or this is another master key:"
                " run kinbind keys status."
            ) from error


def read_master_key(settings: Settings, *, make: bool) -> MasterKey:
    """The master key in force.

    Args:
        settings: Where it comes from: a command, the environment, or a file.
        make: Whether to make the file where there is none.

    Raises:
        SettingError: There is none, others may read its file, or it is no key.
    """
    if settings.master_key_command:
        return MasterKey(_decoded(_printed(settings.master_key_command), "MASTER_KEY_COMMAND"))
    if settings.master_key:
        return MasterKey(_decoded(settings.master_key.get_secret_value(), "MASTER_KEY"))
    return _read_file(settings, make=make)


def _read_file(settings: Settings, *, make: bool) -> MasterKey:
    path = settings.key_file
    try:
        return _whole_file(path, make=make)
    except OSError as error:
        failure = file_failure(error)
        msg = (
            f"主密钥 {path} 无法读取：{failure.zh}。"
            f" The master key {path} cannot be read: {failure.en}."
        )
        raise SettingError(msg) from None


def _whole_file(path: Path, *, make: bool) -> MasterKey:
    if not path.exists():
        if not make:
            msg = (
                f"缺少主密钥 {path}，请从备份恢复，不要新建。"
                f" The master key {path} is missing; restore it from its backup, make no new one."
            )
            raise SettingError(msg)
        create_private(path, secrets.token_bytes(KEY_BYTES))
    mode = path.stat().st_mode
    if not stat.S_ISREG(mode):
        msg = (
            f"主密钥 {path} 不是普通文件，请从备份恢复。"
            f" The master key {path} is no regular file; restore it from its backup."
        )
        raise SettingError(msg)
    if mode & _OPEN_TO_OTHERS:
        msg = f"其他用户可读主密钥。Others can read the master key; run: chmod 600 {path}"
        raise SettingError(msg)
    return MasterKey(path.read_bytes())


def _printed(command: str) -> str:
    """What a command prints; its own words about a failure are not repeated, they may be secret."""
    try:
        done = subprocess.run(  # noqa: S603  (the operator's own setting)
            shlex.split(command), capture_output=True, timeout=_COMMAND_SECONDS, check=True
        )
        return done.stdout.decode("ascii")
    except (OSError, ValueError, subprocess.SubprocessError):
        msg = (
            "KINBIND_MASTER_KEY_COMMAND 未能给出主密钥，请手动执行该命令查看原因。"
            " KINBIND_MASTER_KEY_COMMAND gave no master key; run it by hand to see why."
        )
        raise SettingError(msg) from None


def _decoded(text: str, setting: str) -> bytes:
    try:
        return base64.b64decode("".join(text.split()), validate=True)
    except ValueError:
        msg = (
            f"KINBIND_{setting} 应为 {KEY_BYTES} 字节的 base64。"
            f" KINBIND_{setting} must give base64 of {KEY_BYTES} bytes."
        )
        raise SettingError(msg) from None
