"""Words that people, phones and programs lay over a paper: they are no part of what it says.

仅供办理…使用 says what a copy is for, 复印无效 that it must not be copied, and programs sign.
Such words stand in a line of their own, run on behind a value, or lie over one; then nothing tells
what they hide.
"""

import re
from typing import Final

_PHRASES: Final = (
    "禁止复印", "禁止复制", "禁止转借", "禁止翻拍", "禁止转载", "禁止外传", "禁止他用",
    "严禁复印", "严禁转借", "严禁外传", "严禁他用", "请勿复印", "请勿外传", "不得复印",
    "不得转借", "不得用于", "再次复印无效", "二次复印无效", "翻印无效", "转借无效", "他用无效",
    "挪用无效", "另作他用", "复印件无效", "仅供", "仅限", "仅用于", "只供", "只限", "只用于",
    "限用于", "专供", "此件", "本件", "供办理", "限办理", "与原件", "原件相符", "样本", "样张",
    "扫描全能王", "相机已验证", "今日水印", "水印相机",
)  # fmt: skip
"""What such layers are made of. Any two neighbouring characters of them are looked for, since a
reader sees parts only."""
_OF_VALUES_TOO: Final = frozenset(
    {"一致", "相符", "件一", "件相", "相机", "已验", "验证", "今日", "全能", "能王"}
)
_PAIRS: Final = (
    frozenset(p[i : i + 2] for p in _PHRASES for i in range(len(p) - 1)) - _OF_VALUES_TOO
)
_PAIR: Final = re.compile("|".join(sorted(_PAIRS)))
_OPENING: Final = re.compile(
    "仅供|仅限|仅用|只供|只限|只用|限用于|专供|供办理|限办理|用于办理|此复?印?件"
)
"""From here on to the end of the line everything is the layer's."""
_NEIGHBOURS: Final = frozenset("".join(_PHRASES))
HIDDEN: Final = "\ufffd"
"""Stands for what a layer in the middle of a text may hide."""


def has_overlay(text: str) -> bool:
    """Whether a text holds words of such a layer."""
    return _PAIR.search(text) is not None


def without_overlay(text: str) -> str:
    """The text without such words; `HIDDEN` in their place where text stands on both sides."""
    found = _PAIR.search(text)
    if found is None:
        return text
    start = found.start()
    stop = len(text) if _OPENING.search(text, start) else _last(text)
    while stop < len(text) and text[stop] in _NEIGHBOURS:
        stop += 1
    before, after = text[:start], text[stop:]
    return before + HIDDEN + after if before.strip() and after.strip() else before + after


def _last(text: str) -> int:
    return max(match.end() for match in _PAIR.finditer(text))
