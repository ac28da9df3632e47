"""`kinbind compare-faces`: are two pictures of the same person?"""

from pathlib import Path
from typing import Annotated, Final

import typer

from console.commands.output import AsJson, print_json, say

_VERDICTS: Final = {
    "match": "同一人 same person",
    "unsure": "无法确定是否同一人 unsure whether it is the same person",
    "mismatch": "不是同一人 another person",
}
"""The bands of the comparison, as people read them."""


def compare_faces(
    a: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="A picture.")],
    b: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="Another picture.")],
    *,
    as_json: AsJson = False,
) -> None:
    """人脸比对。Score and band of the largest face of two pictures; it says nothing of kinship."""
    from tasks.verification.compare_files import compare_images

    comparison = compare_images(a.read_bytes(), b.read_bytes())
    if as_json:
        print_json(comparison)
    elif comparison["compared"]:
        say(_VERDICTS[str(comparison["band"])])
        for key, value in comparison.items():
            say(f"  {key:16} {'—' if value is None else value}")
    else:
        unusable = comparison["unusable"]
        say(
            f"未比对：图片 {unusable} 中没有可用的人脸，请换一张清楚的正面照片。"
            f" Not compared: picture {unusable} shows no usable face;"
            " take a clear one from the front."
        )
    if not comparison["compared"]:
        raise typer.Exit(1)
