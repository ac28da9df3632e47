"""Invented families with hukou pages as readings: everything but the reading is real."""

import json
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import cv2
import numpy as np

from models.intake.application import Applicant, Member
from models.reading.document import DocumentReading
from tasks.rounds.round_context import RoundContext
from tasks.verification import read_documents
from tests.tasks.checks.dossiers import Person, application, cover, page, person

DELAY: Final = "KINBIND_BENCHMARK_READING_SECONDS"
_FILES: Final = ("cover.jpg", "householder.jpg", "member.jpg")


def write_families(inbox: Path, count: int, *, first: int = 0) -> None:
    """Folders of so many applications, each of another father and his daughter."""
    for number in range(first, first + count):
        day = f"{1 + number % 28:02}"
        decade, serial = number // 28 % 5, 10 + number % 400 * 2
        father = person("沈建国", f"198{decade}-03-{day}", "男", serial=serial)
        child = person("沈雨桐", f"201{decade + 5}-05-{day}", "女", serial=serial)
        folder = inbox / f"H{number:06}"
        folder.mkdir(parents=True)
        for place, name in enumerate(_FILES):
            noise = np.random.default_rng(number * 3 + place).integers(
                0, 255, (60, 80, 3), np.uint8
            )
            folder.joinpath(name).write_bytes(cv2.imencode(".png", noise)[1].tobytes())
        form = application(
            father,
            child,
            "child",
            application_id=folder.name,
            documents=[{"file": name, "kind": None, "person": None} for name in _FILES],
        )
        folder.joinpath("application.json").write_text(json.dumps(form), "utf-8")


def replace_reading() -> None:
    """From here on this process waits as long as reading takes, and gives what the form states."""
    read_documents._read_all = _read_after_delay


def _read_after_delay(context: RoundContext) -> tuple[DocumentReading, ...]:
    time.sleep(float(os.environ[DELAY]))
    digests = {file.file: file.digest for file in context.arrival.files}
    papers = _papers(context)
    return tuple(paper.model_copy(update={"digest": digests[paper.file]}) for paper in papers)


def _papers(context: RoundContext) -> Iterator[DocumentReading]:
    form = context.arrival.application
    if form is None:
        return
    father, child = _person(form.applicant), _person(form.member)
    for paper, name in zip(
        (cover(father), page(father, "户主"), page(child, "长女")), _FILES, strict=True
    ):
        yield paper.model_copy(update={"file": name})


def _person(stated: Applicant | Member) -> Person:
    return Person(stated.name or "", stated.id_number or "")
