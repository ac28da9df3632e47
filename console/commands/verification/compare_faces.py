"""`kinbind compare-faces`: are two pictures of the same person?"""

from pathlib import Path
from typing import Annotated

import typer

from console.commands.output import AsJson, print_json, say


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
    else:
        for key, value in comparison.items():
            say(f"{key:16} {value}")
    if not comparison["compared"]:
        raise typer.Exit(1)
