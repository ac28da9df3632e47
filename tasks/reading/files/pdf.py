"""The pages of a PDF as pictures, drawn by a process that may be killed.

The document is only ever parsed in that process: a crash, a hang or a bomb in it is an answer
here, never an accident.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np

from tasks.reading.files.picture import (
    MAX_PAGES,
    FaultReason,
    ImageFacts,
    ImageFault,
    ScaledPage,
    size_fault,
)

CPU_SECONDS: Final = 10
_WALL_SECONDS: Final = 40  # the process may wait for a processor, but not for ever
_NO_PIXELS: Final = 0
_ALL_PIXELS: Final = -1
_PROGRAM: Final = Path(__file__).with_name("pdf_process.py")


class _Answer(NamedTuple):
    """What the process said; `rest` is all pixels one after the other."""

    sizes: list[tuple[int, int]]
    drawn: list[tuple[int, int]]
    rest: memoryview


def inspect_pdf(content: bytes) -> ImageFacts | ImageFault:
    """How many pages, and the first one's size."""
    answer = _ask(content, _NO_PIXELS)
    if isinstance(answer, ImageFault):
        return answer
    return ImageFacts("PDF", *answer.sizes[0], len(answer.sizes))


def decode_pdf(content: bytes, max_side: int | None) -> tuple[ScaledPage, ...] | ImageFault:
    """Every page as a picture, its long side at most `max_side` pixels."""
    answer = _ask(content, max_side or _ALL_PIXELS)
    if isinstance(answer, ImageFault):
        return answer
    pages = []
    at = 0
    for size, (width, height) in zip(answer.sizes, answer.drawn, strict=True):
        stop = at + width * height * 3
        if stop > len(answer.rest):
            return ImageFault(FaultReason.DAMAGED, "page not drawn")
        flat = np.frombuffer(answer.rest[at:stop], np.uint8)
        pages.append(ScaledPage(flat.reshape(height, width, 3).copy(), size))
        at = stop
    return tuple(pages)


def _ask(content: bytes, side: int) -> _Answer | ImageFault:
    command = [sys.executable, "-I", str(_PROGRAM), str(CPU_SECONDS), str(MAX_PAGES), str(side)]
    try:
        done = subprocess.run(  # noqa: S603 - our own program
            command,
            input=content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=_WALL_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return ImageFault(FaultReason.TOO_COSTLY, "time")
    if done.returncode != 0:
        return ImageFault(FaultReason.TOO_COSTLY, f"ended with {done.returncode}")
    return _understood(done.stdout)


def _understood(output: bytes) -> _Answer | ImageFault:
    head, _, _ = output.partition(b"\n")
    said = json.loads(head)
    if "fault" in said:
        return ImageFault(FaultReason(said["fault"]), "PDF")
    sizes = [(int(w), int(h)) for w, h in said["sizes"]]
    drawn = [(int(w), int(h)) for w, h in said["pixels"]]
    return size_fault(sizes) or _Answer(sizes, drawn, memoryview(output)[len(head) + 1 :])
