"""`kinbind read`: single documents, as the contract's JSON or for a person's eye."""

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from console.commands.choices import one_of
from console.commands.error_lines import file_failure_line
from console.commands.output import print_json, say

if TYPE_CHECKING:
    from models.reading.document import DocumentReading


def read(
    files: Annotated[list[Path], typer.Argument(help="图片文件 Pictures of documents.")],
    *,
    kind: Annotated[
        str | None, typer.Option(help="A hint: it is checked, not believed.", show_default=False)
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON line a document.")] = False,
    picture: Annotated[
        Path | None,
        typer.Option(help="PNG 图 Draw what was read; further pages get -2, -3, …"),
    ] = None,
) -> None:
    """读取单份材料。Read documents: kind, fields with confidence and place, quality, findings."""
    from models.checks.reason import Severity
    from models.reading.document import DocumentKind
    from tasks.reading.process.contained_reader import ReadingEndedError, contained_reader
    from tasks.reading.unread import UnreadReason, unread_reading
    from tasks.reports.reading_line import reading_line

    hint = one_of(DocumentKind, kind, "--kind") if kind is not None else None
    failed = False
    drawn = 0
    for path in files:
        try:
            content = path.read_bytes()
        except OSError as error:
            say(file_failure_line(error), err=True)
            failed = True
            continue
        try:
            read_papers = contained_reader().read(str(path), content, hint=hint)
            papers = tuple(paper.reading for paper in read_papers)
        except ReadingEndedError:
            digest = hashlib.sha256(content).hexdigest()
            papers = (unread_reading(str(path), digest, UnreadReason.SET_ASIDE),)
        for reading in papers:
            failed |= reading.unread or any(f.severity is Severity.ERROR for f in reading.findings)
            if as_json:
                print_json(reading_line(reading))
            else:
                say(*_as_text(reading))
        if picture is not None and not papers[0].unread:
            drawn = _draw(content, papers, picture, drawn)
    if failed:
        raise typer.Exit(1)


def _draw(content: bytes, papers: "tuple[DocumentReading, ...]", picture: Path, drawn: int) -> int:
    """Draw every page of a file; gives how many pictures there are now."""
    from tasks.reading.draw_reading import draw_reading
    from tasks.reading.files.decode import decode_scaled
    from tasks.reading.files.picture import ImageFault
    from tasks.reading.read_file import READING_SIDE

    pages = decode_scaled(content, max_side=READING_SIDE)
    if isinstance(pages, ImageFault):
        return drawn
    for number, page in enumerate(pages, start=1):
        drawn += 1
        on_page = tuple(reading for reading in papers if reading.page == number)
        name = picture.name if drawn == 1 else f"{picture.stem}-{drawn}{picture.suffix}"
        try:
            picture.with_name(name).write_bytes(draw_reading(page, on_page))
        except OSError as error:
            raise typer.BadParameter(file_failure_line(error), param_hint="--picture") from error
    return drawn


def _as_text(reading: "DocumentReading") -> list[str]:
    """The lines for a person's eye: kind, then every field of the kind, then the findings."""
    from models.reading.document import FIELDS, FieldReading

    kind, unread = reading.kind, FieldReading(value=None, confidence=0)
    where = f"{reading.file} {reading.page}.{reading.part}"
    rows = [f"{where}: {kind.zh} {kind} ({reading.kind_confidence:.2f})"]
    for name in FIELDS.get(kind, tuple(reading.fields)):
        field = reading.fields.get(name, unread)
        rows.append(f"  {field.confidence:.2f}  {name:24} {field.value or '—'}")
    rows += [f"  {f.code.value}  {f.message.zh} {f.message.en}" for f in reading.findings]
    return rows
