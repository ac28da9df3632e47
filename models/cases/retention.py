"""What is kept of a round, in three classes, the strictest first."""

from enum import StrEnum


class RetentionClass(StrEnum):
    """A class of what is kept."""

    PICTURES = "pictures"  # uploads and faces cut out of them
    READINGS = "readings"  # what was read, and the face verdict
    RECORDS = "records"  # form, answers, decisions, traces, a reviewer's words
