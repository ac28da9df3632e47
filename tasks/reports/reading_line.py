"""One reading as a line of `kinbind read --json`."""

from typing import Any

from models.reading.document import FIELDS, DocumentReading, FieldReading


def reading_line(reading: DocumentReading) -> dict[str, Any]:
    """The published form of a reading: every field of its kind, in the order of the paper."""
    names = FIELDS.get(reading.kind, tuple(reading.fields))
    unread = FieldReading(value=None, confidence=0)
    return {
        "file": reading.file,
        "page": reading.page,
        "part": reading.part,
        "kind": reading.kind.value,
        "kind_confidence": round(reading.kind_confidence, 4),
        "fields": {name: _field(name, reading.fields.get(name, unread)) for name in names},
        "quality": reading.quality.model_dump(mode="json") if reading.quality else None,
        "findings": [
            {
                "code": found.code.value,
                "severity": found.severity.value,
                "message": found.message.model_dump(),
            }
            for found in reading.findings
        ],
        "seconds": round(reading.seconds, 3),
    }


def _field(name: str, reading: FieldReading) -> dict[str, Any]:
    line: dict[str, Any] = {
        "value": reading.value,
        "raw": reading.raw,
        "confidence": round(reading.confidence, 4),
        "quad": [list(point) for point in reading.quad] if reading.quad else None,
    }
    if name == "valid_until":
        line["long_term"] = reading.long_term
    return line
