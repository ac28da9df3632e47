"""The typefaces of this machine, by what a printer would use them for.

Only what is installed is used, and only for texts whose every character it holds; the Noto CJK
families, which the program needs anyway, are the last resort.
"""

from functools import lru_cache
from pathlib import Path
from typing import Final, Literal, NamedTuple

from PIL import ImageFont

from specimens.dice import Dice

StyleSet = Literal["tuning", "held_out"]
Role = Literal["song", "hei", "kai", "fang", "bold", "number", "script"]

_FOLDERS: Final = (
    Path("/usr/share/fonts"),
    Path("/usr/local/share/fonts"),
    Path.home() / ".local/share/fonts",
    Path.home() / ".fonts",
)
_SIMPLIFIED: Final = 2  # the Simplified Chinese face inside a Noto CJK collection


class Typeface(NamedTuple):
    """One face: the file's stem, its number in a collection, and what it is for."""

    stem: str
    member: int
    role: Role
    held_out: bool = False


_KNOWN: Final = (
    Typeface("NotoSerifCJK-Regular", _SIMPLIFIED, "song"),
    Typeface("NotoSerifCJK-Medium", _SIMPLIFIED, "song"),
    Typeface("gbsn00lp", 0, "song"),
    Typeface("simsun", 0, "song"),
    Typeface("uming", 0, "song", held_out=True),
    Typeface("NotoSansCJK-Regular", _SIMPLIFIED, "hei"),
    Typeface("NotoSansCJK-Medium", _SIMPLIFIED, "hei"),
    Typeface("NotoSansCJK-DemiLight", _SIMPLIFIED, "hei"),
    Typeface("wqy-zenhei", 0, "hei"),
    Typeface("simhei", 0, "hei"),
    Typeface("wqy-microhei", 0, "hei", held_out=True),
    Typeface("gkai00mp", 0, "kai"),
    Typeface("ukai", 0, "kai"),
    Typeface("simkai", 0, "kai"),
    Typeface("LXGWWenKai-Regular", 0, "kai", held_out=True),
    Typeface("cwfs", 0, "fang"),
    Typeface("simfang", 0, "fang"),
    Typeface("NotoSansCJK-Bold", _SIMPLIFIED, "bold"),
    Typeface("NotoSerifCJK-Bold", _SIMPLIFIED, "bold"),
    Typeface("OCRB", 0, "number"),
    Typeface("DejaVuSansMono-Bold", 0, "number"),
    Typeface("FreeMonoBold", 0, "number"),
    Typeface("Inconsolata", 0, "number"),
    Typeface("LiberationMono-Bold", 0, "number", held_out=True),
    Typeface("OCRBS", 0, "number", held_out=True),
    Typeface("NotoSansMongolian-Regular", 0, "script"),
    Typeface("NotoSerifTibetan-Regular", 0, "script"),
    Typeface("NotoNaskhArabic-Regular", 0, "script"),
    Typeface("NotoSansYi-Regular", 0, "script"),
)
_LAST_RESORT: Final = (
    Typeface("NotoSansCJK-Regular", _SIMPLIFIED, "hei"),
    Typeface("NotoSerifCJK-Regular", _SIMPLIFIED, "song"),
)


class FontsMissingError(RuntimeError):
    """No Chinese typeface is installed on this machine."""


@lru_cache(maxsize=1)
def _files() -> dict[str, Path]:
    found: dict[str, Path] = {}
    for folder in _FOLDERS:
        if folder.is_dir():
            for path in sorted(folder.rglob("*")):
                if path.suffix.lower() in {".ttf", ".ttc", ".otf"}:
                    found.setdefault(path.stem, path)
    return found


def installed(role: Role, style_set: StyleSet) -> list[Typeface]:
    """Faces for a use that are here, those of one style set only (falls back to all, to Noto)."""
    here = [face for face in _KNOWN if face.role == role and face.stem in _files()]
    wanted = [face for face in here if face.held_out == (style_set == "held_out")]
    resort = [face for face in _LAST_RESORT if face.stem in _files()]
    if not (wanted or here or resort):
        raise FontsMissingError(
            "系统未装中文字体，请安装，例如 fonts-noto-cjk。"
            " install a Chinese typeface, for example fonts-noto-cjk"
        )
    return wanted or here or resort


def pick_typeface(roles: tuple[Role, ...], style_set: StyleSet, dice: Dice) -> Typeface:
    """A face for one of several uses."""
    return dice.pick(installed(dice.pick(roles), style_set))


@lru_cache(maxsize=256)
def load(face: Typeface, pixels: int) -> ImageFont.FreeTypeFont:
    """The face at a size in pixels."""
    return ImageFont.truetype(str(_files()[face.stem]), pixels, index=face.member)


@lru_cache(maxsize=20_000)
def holds(face: Typeface, character: str) -> bool:
    """Whether a face has a shape of its own for a character."""
    if character.isspace():
        return True
    font = load(face, 32)
    shape, unknown = font.getmask(character), font.getmask("\U0010fffe")
    if shape.getbbox() is None:
        return False
    return shape.size != unknown.size or bytes(shape) != bytes(unknown)


def face_for(face: Typeface, text: str) -> Typeface:
    """This face if it holds the whole text, else the first of the last resorts that does."""
    if all(holds(face, character) for character in text):
        return face
    for resort in _LAST_RESORT:
        if resort.stem in _files() and all(holds(resort, character) for character in text):
            return resort
    return face
