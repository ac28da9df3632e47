"""`kinbind read`: single documents, as the contract's JSON or for a person's eye."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

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
    from tasks.reading.read_file import read_file
    from tasks.reports.reading_line import reading_line

    if kind is not None and kind not in set(DocumentKind):
        raise typer.BadParameter("one of: " + ", ".join(DocumentKind), param_hint="--kind")
    hint = DocumentKind(kind) if kind else None
    failed = False
    drawn = 0
    for path in files:
        try:
            content = path.read_bytes()
        except OSError as error:
            typer.echo(f"{path}: {error.strerror}", err=True)
            failed = True
            continue
        papers = tuple(paper.reading for paper in read_file(str(path), content, hint=hint))
        for reading in papers:
            line = reading_line(reading)
            failed |= any(f.severity is Severity.ERROR for f in reading.findings)
            typer.echo(json.dumps(line, ensure_ascii=False) if as_json else _for_eyes(line))
        if picture is not None:
            drawn = _draw(content, papers, picture, drawn)
    if failed:
        raise typer.Exit(1)


def _draw(content: bytes, papers: "tuple[DocumentReading, ...]", picture: Path, drawn: int) -> int:
    """Draw every page of a file; gives how many pictures there are now."""
    from tasks.reading.draw_reading import draw_reading
    from tasks.reading.files.decode import ImageFault, decode_scaled
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
            msg = f"{picture.with_name(name)}: {error.strerror}"
            raise typer.BadParameter(msg, param_hint="--picture") from error
    return drawn


def _for_eyes(line: dict[str, object]) -> str:
    from models.reading.document import DocumentKind

    kind = DocumentKind(str(line["kind"]))
    where = f"{line['file']} {line['page']}.{line['part']}"
    rows = [f"{where}: {kind.zh} {kind} ({line['kind_confidence']:.2f})"]
    fields = line["fields"]
    if isinstance(fields, dict):
        for name, field in fields.items():
            rows.append(f"  {field['confidence']:.2f}  {name:24} {field['value'] or '—'}")
    findings = line["findings"]
    if isinstance(findings, list):
        for found in findings:
            rows.append(f"  {found['code']}  {found['message']['zh']} {found['message']['en']}")
    return "\n".join(rows)
