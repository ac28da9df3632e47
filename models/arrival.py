"""An application as it was taken in: the form, its files, and what was wrong with them."""

from models.application import Application
from models.finding import Finding
from models.record import Record


class ArrivedFile(Record):
    """One usable picture.

    Attributes:
        file: As the application names it.
        digest: SHA-256 of its content, hexadecimal.
        size: Bytes.
    """

    file: str
    digest: str
    size: int


class Arrival(Record):
    """What intake hands on.

    Attributes:
        application_id: From the form; from the folder's name where the form cannot be read.
        application: None where the form cannot be judged.
        files: The pictures that can be read, in the order of the form.
        findings: Everything that intake had to say.
        digest: Over the form and all files: the same content is the same round.
    """

    application_id: str
    application: Application | None
    files: tuple[ArrivedFile, ...] = ()
    findings: tuple[Finding, ...] = ()
    digest: str
