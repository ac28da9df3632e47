"""The reading process as seen from outside: asked, watched, ended, started again."""

import contextlib
import datetime as dt
import functools
import logging
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import Any, Final, NamedTuple

from models.errors import KinbindError, MissingPartError
from models.failure import Failure
from models.intake.application import Application
from models.reading.document import DocumentKind, DocumentReading
from models.reading.stated_value import StatedComparison
from storage.operator_log import log_told_failure
from tasks.reading.confidence.stated_values import StatedMargin
from tasks.reading.files.picture import FaultReason, ImageFacts, ImageFault
from tasks.reading.process.lifeline import end_group
from tasks.reading.process.messages import ReadingMessage, receive_message, send_message
from tasks.reading.process.reading_budget import ReadingBudget
from tasks.reading.process.reading_process import OUT_OF_MEMORY
from tasks.reading.read_file import ReadPaper
from tasks.reading.stated_values.compare_seals import AskedSeal

_PROGRAM: Final = "tasks.reading.process.reading_process"
_SECRET_PREFIXES: Final = ("KINBIND_", "PREFECT_", "AWS_", "PG")
_LOG: Final = logging.getLogger(__name__)


class ProcessEnd(StrEnum):
    """What ended a process that was reading."""

    MEMORY = "memory"
    TIME = "time"
    CRASH = "crash"


class ReadingEndedError(KinbindError):
    """A file ended the process that read it; the process can be started again."""

    def __init__(self, cause: ProcessEnd) -> None:
        """Say what ended it."""
        super().__init__(f"A picture ended the process that read it ({cause.value}).")
        self.cause = cause


class ReadingFailedError(KinbindError):
    """A defect of ours in reading; names its kind and place, never its words."""


class InspectedFile(NamedTuple):
    """What is known of a file before it is decoded.

    Attributes:
        facts: What it is, or what is wrong with it; None where nobody could look.
        taken_on: The day that its camera wrote into it.
    """

    facts: ImageFacts | ImageFault | None
    taken_on: dt.date | None


class UnsureFields(NamedTuple):
    """A paper, and those of its fields that are not read surely."""

    paper: DocumentReading
    fields: tuple[str, ...]


class ContainedReader:
    """Reads files in a process of its own, which is started when it is first needed.

    One file at a time; callers of several threads wait for one another.
    """

    def __init__(self, budget: ReadingBudget | None = None, program: str = _PROGRAM) -> None:
        """Prepare; nothing is started yet.

        Args:
            budget: What one file may cost; None: what is usual.
            program: The module that answers.
        """
        self.budget = budget or ReadingBudget()
        self.network = ""
        self.engine = ""
        self.text_engine = ""
        self._program = program
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._channel: socket.socket | None = None
        self._lifeline: int | None = None
        self._owner = os.getpid()

    def read(
        self,
        file: str,
        content: bytes,
        *,
        hint: DocumentKind | None = None,
        seconds: float | None = None,
    ) -> tuple[ReadPaper, ...]:
        """As `read_file` does.

        Args:
            file: The path as the application names it.
            content: The bytes as uploaded.
            hint: What the applicant says it is.
            seconds: CPU seconds from which on no further page is begun; the budget's when None.

        Raises:
            ReadingEndedError: The file ended the process.
            ReadingFailedError: A defect of ours.
            MissingPartError: The machine has no reader.
        """
        if not self.engine:
            self.prove()
        allowed = self.budget.file_seconds if seconds is None else seconds
        says = {"file": file, "hint": hint.value if hint else None, "seconds": allowed}
        answer = self._ask("read", says, content, allowed)
        faces = iter(answer.contents)
        return tuple(
            ReadPaper(DocumentReading.model_validate_json(reading), next(faces) if face else None)
            for reading, face in zip(answer.says["papers"], answer.says["faces"], strict=True)
        )

    def compare(
        self, application: Application, unsure: Sequence[UnsureFields], content: bytes
    ) -> tuple[StatedComparison, ...]:
        """As `compare_papers` does for the papers of one file; raises as `read`.

        Args:
            application: The form.
            unsure: The papers of the file, each with the fields that are to be looked at.
            content: The file.
        """
        if not self.engine:
            self.prove()
        says = {
            "application": application.model_dump_json(by_alias=True),
            "papers": [paper.model_dump_json() for paper, _ in unsure],
            "fields": [list(fields) for _, fields in unsure],
        }
        answer = self._ask("compare", says, content, self.budget.file_seconds)
        comparisons = answer.says["comparisons"]
        return tuple(StatedComparison.model_validate_json(one) for one in comparisons)

    def compare_seals(
        self, asked: Sequence[AskedSeal], content: bytes
    ) -> tuple[tuple[StatedMargin | None, ...], ...]:
        """As the function of that name does for each paper of one file; raises as `read`.

        Args:
            asked: The papers of the file, each with the stations that its seal may name.
            content: The file.
        """
        if not self.engine:
            self.prove()
        says = {
            "papers": [paper.model_dump_json() for paper, _ in asked],
            "stations": [list(stations) for _, stations in asked],
        }
        answer = self._ask("compare seals", says, content, self.budget.file_seconds)
        return tuple(
            tuple(None if margin is None else StatedMargin(*margin) for margin in margins)
            for margins in answer.says["margins"]
        )

    def prove(self) -> str:
        """The readers' names, once they have read a known page.

        Raises:
            MissingPartError: There are none, or they failed on it.
        """
        try:
            answer = self._ask("prove", {}, b"", self.budget.file_seconds)
        except ReadingEndedError as ended:
            raise _unfit(ended.cause.value) from None
        self.engine, self.text_engine = str(answer.says["engine"]), str(answer.says["text"])
        return self.engine

    def inspect(self, content: bytes) -> InspectedFile:
        """What a file is, without decoding it; raises as `read`."""
        says = self._ask("inspect", {}, content, self.budget.file_seconds).says
        if "fault" in says:
            reason, detail = says["fault"]
            return InspectedFile(ImageFault(FaultReason(reason), str(detail)), None)
        name, width, height, pages = says["facts"]
        day = says["taken_on"]
        return InspectedFile(
            ImageFacts(str(name), int(width), int(height), int(pages)),
            dt.date.fromisoformat(day) if day else None,
        )

    def show(self, content: bytes, page: int) -> bytes | None:
        """A page as a JPEG, None where it cannot be decoded; raises as `read`."""
        answer = self._ask("show", {"page": page}, content, self.budget.file_seconds)
        return answer.contents[0] if answer.says["shown"] else None

    def close(self) -> None:
        """End the process."""
        with self._lock:
            self._end()

    def _ask(
        self, task: str, says: dict[str, Any], content: bytes, seconds: float
    ) -> ReadingMessage:
        limits = {"memory": self.budget.memory, "hard_seconds": seconds + self.budget.page_seconds}
        with self._lock, self._at_work() as channel:
            channel.settimeout(self.budget.wall_seconds)
            send_message(channel, {"task": task, **limits, **says}, (content,))
            answer = receive_message(channel)
        if "missing" in answer.says:
            raise MissingPartError(answer.says["missing"])
        if "failure" in answer.says:
            failure = Failure.model_validate(answer.says["failure"])
            log_told_failure(task, failure)
            raise ReadingFailedError(failure.place)
        return answer

    @contextlib.contextmanager
    def _at_work(self) -> Iterator[socket.socket]:
        """A channel to a process that lives; its death is told as `ReadingEndedError`."""
        try:
            yield self._started()
        except (EOFError, OSError) as error:
            cause = self._cause(error)
            self._end()
            _LOG.warning("a picture ended the reading process: %s", cause.value)
            raise ReadingEndedError(cause) from None
        except BaseException:
            # Left in the middle of an answer: the next question would get this one's.
            self._end()
            raise

    def _started(self) -> socket.socket:
        if self._owner != os.getpid():  # a forked copy must not talk through its parent's channel
            self._process, self._channel, self._lifeline, self._owner = (
                None,
                None,
                None,
                os.getpid(),
            )
            self.engine = ""
        if self._process is not None and self._process.poll() is not None:
            self._end()  # ended while nothing was asked of it: no picture's doing either
        if self._channel is None:
            self._channel, theirs = socket.socketpair()
            lifeline, self._lifeline = os.pipe()
            with theirs, os.fdopen(lifeline, "rb"):
                self._process = subprocess.Popen(  # noqa: S603  (our own module)
                    [
                        *(sys.executable, "-P", "-m", self._program),
                        *(str(os.getpid()), str(theirs.fileno()), str(lifeline)),
                    ],
                    env=_environment(),
                    pass_fds=(theirs.fileno(), lifeline),
                    process_group=0,
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                )
            self._greet(self._channel)
        return self._channel

    def _greet(self, channel: socket.socket) -> None:
        """Wait until the process is there: what ends it before is no picture's doing."""
        channel.settimeout(self.budget.wall_seconds)
        try:
            self.network = str(receive_message(channel).says["network"])
        except (EOFError, OSError) as error:
            cause = self._cause(error)
            self._end()
            raise _unfit(cause.value) from None

    def _cause(self, error: Exception) -> ProcessEnd:
        if isinstance(error, TimeoutError) or self._process is None:
            return ProcessEnd.TIME
        try:
            code = self._process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            return ProcessEnd.CRASH
        if code == -signal.SIGXCPU:
            return ProcessEnd.TIME
        # Nobody but the kernel kills it, when the machine's memory is at an end.
        return ProcessEnd.MEMORY if code in {OUT_OF_MEMORY, -signal.SIGKILL} else ProcessEnd.CRASH

    def _end(self) -> None:
        if self._channel is not None:
            self._channel.close()
        if self._process is not None:
            end_group(self._process.pid)
            self._process.wait()
        if self._lifeline is not None:
            os.close(self._lifeline)
        self._process, self._channel, self._lifeline, self.engine = None, None, None, ""


@functools.cache
def contained_reader() -> ContainedReader:
    """The reading process of this process."""
    return ContainedReader()


def _unfit(cause: str) -> MissingPartError:
    return MissingPartError(
        f"识别进程无法工作（{cause}），未识别任何材料。请用 kinbind doctor 检查内存与识别引擎，"
        "必要时执行 make setup。"
        f" The reading process cannot work ({cause}); nothing was read. Check memory and engines"
        " with kinbind doctor; make setup installs them again."
    )


def _environment() -> dict[str, str]:
    """Ours without keys and addresses: who looks into strangers' files needs none of them."""
    return {n: v for n, v in os.environ.items() if not n.startswith(_SECRET_PREFIXES)}
