"""The keys of the console: one table that the overlay shows and the browser obeys."""

from types import MappingProxyType
from typing import Final, NamedTuple


class KeyCommand(NamedTuple):
    """A command that has a key.

    Attributes:
        name: What the browser's code calls it.
        keys: As `KeyboardEvent.key` gives them, the first one shown; a person may choose another.
        fixed: Belongs to the place where it works, and cannot be changed.
    """

    name: str
    keys: tuple[str, ...]
    zh: str
    en: str
    fixed: bool = False


KEY_COMMANDS: Final = (
    KeyCommand("next-case", ("N",), "领取案件或下一件", "claim this case, or the next one"),
    KeyCommand("next-doubt", ("J",), "下一处存疑字段", "next doubtful field"),
    KeyCommand("previous-doubt", ("K",), "上一处存疑字段", "previous doubtful field"),
    KeyCommand("take-second", ("S",), "采用二次识别", "take the second reading"),
    KeyCommand("decision", ("D",), "跳到审核意见", "go to the decision"),
    KeyCommand("approve", ("A",), "选择通过", "choose approve"),
    KeyCommand("return", ("T",), "选择退回补件", "choose return"),
    KeyCommand("reject", ("X",), "选择拒绝", "choose reject"),
    KeyCommand("note", ("M",), "填写内部备注", "write the note for colleagues"),
    KeyCommand("zoom-in", ("+", "="), "放大图片", "enlarge the picture"),
    KeyCommand("zoom-out", ("-",), "缩小图片", "make the picture smaller"),
    KeyCommand("fit", ("0",), "图片适合窗口", "fit the picture into its frame"),
    KeyCommand("turn", ("R",), "图片旋转 90°", "turn the picture by 90°"),
    KeyCommand("boxes", ("B",), "显示或隐藏框", "show or hide the boxes"),
    KeyCommand("faces", ("F",), "放大人脸", "enlarge the faces"),
    KeyCommand("tree", ("G",), "放大亲属关系图", "enlarge the family tree"),
    KeyCommand("help", ("?",), "快捷键", "these keys"),
    KeyCommand("paper", ("1 … 9",), "第几份材料", "the paper of that number", fixed=True),
    KeyCommand(
        "reason",
        ("1 … 9",),
        "焦点在审核意见时：勾选第几个原因，再下一个数字选择其他原因",
        "inside the decision: tick the reason of that number; the next number chooses another one",
        fixed=True,
    ),
    KeyCommand(
        "pan", ("↑ ↓ ← →",), "焦点在图片时：移动图片", "on the picture: move it", fixed=True
    ),
    KeyCommand(
        "confirm",
        ("Enter",),
        "在字段中，或停在存疑字段时：确认并到下一处存疑",
        "in a field, or at a doubtful one: confirm, and go to the next",
        fixed=True,
    ),
    KeyCommand(
        "approve-send",
        ("Shift+A",),
        "选择通过并提交（Shift 加“选择通过”的键）",
        "choose approve and send (Shift with the key of approve)",
        fixed=True,
    ),
    KeyCommand("send", ("Ctrl+Enter",), "提交审核意见", "send the decision", fixed=True),
    KeyCommand("leave", ("Esc",), "离开字段，不保存", "leave the field, keep nothing", fixed=True),
)
DEFAULT_KEYS: Final = MappingProxyType({one.name: one.keys[0] for one in KEY_COMMANDS})
