"""A new master key: every key is wrapped anew, nothing that they sealed is written again."""

import secrets
from pathlib import Path

from models.errors import SettingError
from models.file_failure import file_failure
from storage.keys.data_keys import DataKeys
from storage.keys.master_key import KEY_BYTES, MasterKey
from storage.private_files import create_private
from storage.settings import Settings


def rotate(settings: Settings, keys: DataKeys) -> int:
    """Replace the master key's file by a new key.

    The new key lies beside the old one, durably, before anything is wrapped with it; a rotation
    that was interrupted is finished at the next start.

    Returns:
        How many data keys were wrapped anew.

    Raises:
        SettingError: The master key does not come from a file.
    """
    if settings.master_key or settings.master_key_command:
        raise SettingError(
            "主密钥来自环境变量或命令，请用 --to 指定新密钥文件，完成后让该来源给出新密钥。"
            " The master key comes from the environment or a command: give the new one as a file"
            " with --to, and let the source give it afterwards."
        )
    following = _following(settings)
    create_private(following, secrets.token_bytes(KEY_BYTES))
    count = keys.rewrap(MasterKey(following.read_bytes()))
    following.replace(settings.key_file)
    return count


def rotate_to(path: Path, keys: DataKeys) -> int:
    """Wrap every key with the master key of a file, which the old one's source has to give then.

    Raises:
        SettingError: The file cannot be read, or holds no key.
    """
    try:
        new = MasterKey(path.read_bytes())
    except OSError as error:
        failure = file_failure(error)
        msg = f"{path} 无法读取：{failure.zh}。{path} cannot be read: {failure.en}."
        raise SettingError(msg) from None
    return keys.rewrap(new)


def finish_rotation(settings: Settings, keys: DataKeys) -> None:
    """Where a rotation was interrupted after the wrapping, put its key in place."""
    following = _following(settings)
    if settings.master_key or settings.master_key_command or not following.exists():
        return
    new = MasterKey(following.read_bytes())
    if keys.root_master() == new.key_id:
        following.replace(settings.key_file)
        keys.master = new
    else:
        following.unlink()


def _following(settings: Settings) -> Path:
    return settings.key_file.with_name(f"{settings.key_file.name}.next")
