"""The data team's tables as frames, and the questions that are asked of them most.

    from kinbind.frames import load, questions
    findings = load("findings", since="2026-10-01")
    questions.reasons("returned")

`questions` needs DuckDB and is imported when it is named: `pip install kinbind[data]`.
"""

from kinbind.frames.load import DatasetMissingError, load, load_replay, manifest

__all__ = ["DatasetMissingError", "load", "load_replay", "manifest"]
