"""The process that opens strangers' pictures; arguments: its parent's id, a socket, a lifeline.

It has little memory and time for each file, no network where the platform allows that, and none
of our secrets. What ends it, ends it alone: whoever asked starts another one and asks again or sets
the picture aside. The engines stay loaded from one file to the next.
"""

import functools
import os
import socket
import sys
from collections.abc import Callable
from typing import Any, Final

from tasks.reading.engines.free_memory import FreeMemoryLimit
from tasks.reading.process.lifeline import end_with_parent
from tasks.reading.process.messages import ReadingMessage, receive_message, send_message
from tasks.reading.process.reading_budget import begin_task, confine_process, lift_limits

OUT_OF_MEMORY: Final = 77
"""Exit code of a process that had too little memory."""
_QUALITY: Final = 88

Answer = tuple[dict[str, Any], list[bytes]]


def main() -> None:
    """Answer until the one who asks is gone."""
    parent, descriptor, lifeline = map(int, sys.argv[1:4])
    channel = socket.socket(fileno=descriptor)
    network = confine_process()
    end_with_parent(parent, lifeline)
    send_message(channel, {"network": network})
    free = FreeMemoryLimit()
    while True:
        try:
            asked = receive_message(channel)
            says, contents = _answered(asked)
            send_message(channel, says, contents)
            free.give_back()
        except (EOFError, OSError):
            return
        except MemoryError:
            os._exit(OUT_OF_MEMORY)


def _answered(asked: ReadingMessage) -> Answer:
    """The answer; what went wrong is one too, with places and no words of a picture."""
    from models.errors import MissingPartError
    from models.failure import describe_failure

    try:
        return _TASKS[asked.says["task"]](asked.says, asked.contents[0] if asked.contents else b"")
    except MemoryError:
        raise
    except MissingPartError as error:
        return {"missing": str(error)}, []
    except Exception as error:
        if _lacked_memory(error):
            raise MemoryError from None
        return {"failure": describe_failure(error).model_dump(mode="json")}, []


def _lacked_memory(error: Exception) -> bool:
    return "alloc" in str(error).lower() or "memory" in str(error).lower()


def _read(says: dict[str, Any], content: bytes) -> Answer:
    """Every paper of a file, and the faces cut out of them."""
    from models.reading.document import DocumentKind
    from tasks.reading.read_file import read_file

    readers = _readers()
    begin_task(says["memory"], says["hard_seconds"])
    hint = DocumentKind(says["hint"]) if says["hint"] else None
    papers = read_file(says["file"], content, hint=hint, readers=readers, budget=says["seconds"])
    return (
        {
            "papers": [paper.reading.model_dump_json() for paper in papers],
            "faces": [paper.portrait is not None for paper in papers],
        },
        [paper.portrait for paper in papers if paper.portrait is not None],
    )


@functools.cache
def _readers() -> Any:  # noqa: ANN401  (imported late: looking into a file needs no engine)
    from tasks.reading.process.known_page import proven_readers

    lift_limits()  # an earlier file may have been looked into by this very process
    return proven_readers()


def _prove(_says: dict[str, Any], _content: bytes) -> Answer:
    """The engines by name, once they have proven themselves."""
    readers = _readers()
    return {"engine": readers.engine, "text": readers.text.name}, []


def _compare(says: dict[str, Any], content: bytes) -> Answer:
    """What the form states against the unsure fields of a file's papers."""
    from models.intake.application import Application
    from models.reading.document import DocumentReading
    from tasks.reading.stated_values.compare_papers import compare_papers

    reader = _readers().text
    begin_task(says["memory"], says["hard_seconds"])
    papers = tuple(DocumentReading.model_validate_json(one) for one in says["papers"])
    unsure = {
        (paper.page, paper.part, field)
        for paper, fields in zip(papers, says["fields"], strict=True)
        for field in fields
    }
    compared = compare_papers(
        Application.model_validate_json(says["application"]),
        papers,
        is_unsure=lambda paper, field: (paper.page, paper.part, field) in unsure,
        fetch=lambda _digest: content,
        reader=reader,
    )
    return {"comparisons": [one.model_dump_json() for one in compared]}, []


def _compare_seals(says: dict[str, Any], content: bytes) -> Answer:
    """How the stations of other pages fare on the seals of a file's papers."""
    from models.reading.document import DocumentReading
    from tasks.reading.files.decode import decode_scaled
    from tasks.reading.files.picture import ImageFault
    from tasks.reading.read_file import READING_SIDE
    from tasks.reading.stated_values.compare_seals import AskedSeal, compare_seals

    reader = _readers().text
    begin_task(says["memory"], says["hard_seconds"])
    pages = decode_scaled(content, max_side=READING_SIDE)
    papers = [DocumentReading.model_validate_json(one) for one in says["papers"]]
    if isinstance(pages, ImageFault):
        return {"margins": [[None] * len(stations) for stations in says["stations"]]}, []
    asked = map(AskedSeal, papers, map(tuple, says["stations"]))
    margins = [compare_seals(one, pages[one.paper.page - 1], reader) for one in asked]
    return {"margins": margins}, []


def _inspect(says: dict[str, Any], content: bytes) -> Answer:
    """What a file is, and when its camera says that it was taken."""
    from tasks.reading.files.decode import inspect_image
    from tasks.reading.files.picture import ImageFault
    from tasks.reading.files.picture_date import taken_on

    begin_task(says["memory"], says["hard_seconds"])
    facts = inspect_image(content)
    if isinstance(facts, ImageFault):
        return {"fault": [facts.reason.value, facts.detail]}, []
    day = taken_on(content)
    return {"facts": list(facts), "taken_on": day.isoformat() if day else None}, []


def _show(says: dict[str, Any], content: bytes) -> Answer:
    """One page as a JPEG."""
    import cv2

    from tasks.reading.files.decode import decode_pages
    from tasks.reading.files.picture import ImageFault

    begin_task(says["memory"], says["hard_seconds"])
    pages = decode_pages(content)
    if isinstance(pages, ImageFault) or says["page"] > len(pages):
        return {"shown": False}, []
    quality = [cv2.IMWRITE_JPEG_QUALITY, _QUALITY]
    done, jpeg = cv2.imencode(".jpg", pages[says["page"] - 1], quality)
    return {"shown": done}, [jpeg.tobytes()] if done else []


_TASKS: Final[dict[str, Callable[[dict[str, Any], bytes], Answer]]] = {
    "read": _read,
    "prove": _prove,
    "compare": _compare,
    "compare seals": _compare_seals,
    "inspect": _inspect,
    "show": _show,
}

if __name__ == "__main__":
    main()
