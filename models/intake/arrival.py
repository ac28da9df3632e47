"""An application as it was taken in: the form, its files, and what was wrong with them."""

import datetime as dt

from models.checks.finding import Finding
from models.intake.application import Application
from models.record import Record


class ArrivedFile(Record):
    """One usable picture.

    Attributes:
        file: As the application names it.
        digest: SHA-256 of its content, hexadecimal.
        size: Bytes.
        taken_on: The day that the camera wrote into it; None where it says none, as most do.
    """

    file: str
    digest: str
    size: int
    taken_on: dt.date | None = None


class EmployerBatch(Record):
    """The employer's list beside which an application lay.

    Attributes:
        employer_id: Who sent it; empty where the list does not say.
        batch_id: The employer's own name for the delivery; empty where the list does not say.
        listed: Whether the list names this application.
    """

    employer_id: str = ""
    batch_id: str = ""
    listed: bool = False

    @property
    def complete(self) -> bool:
        """Whether the list does for this application what it is there for."""
        return bool(self.employer_id and self.batch_id and self.listed)


class Arrival(Record):
    """What intake hands on.

    Attributes:
        application_id: From the form; from the folder's name where the form cannot be read.
        application: None where the form cannot be judged.
        files: The pictures that can be read, in the order of the form.
        findings: Everything that intake had to say.
        digest: Over the form and all files: the same content is the same round.
        papers_digest: The same without the employer's list.
        carried: Files that an answer to a return did not bring again; they lay in the round before.
        employer_batch: The employer's list beside it; None where none came with it.
    """

    application_id: str
    application: Application | None
    files: tuple[ArrivedFile, ...] = ()
    findings: tuple[Finding, ...] = ()
    digest: str
    papers_digest: str = ""
    carried: tuple[str, ...] = ()
    employer_batch: EmployerBatch | None = None
