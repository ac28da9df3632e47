"""A reading process whose decoder can be told to crash, to hang and to eat, by the file itself."""

import pytest

PROGRAM = '''
"""The reading process, with no engines and no decoder, which does what a file says."""
import ctypes, hashlib, os, signal, subprocess, sys
from types import SimpleNamespace
from models.reading.document import DocumentKind, DocumentReading
from tasks.reading.process import reading_process

def obey(content):
    if os.path.exists(os.environ["MENDED"]):
        return
    if content.startswith(b"ABORT"):
        os.kill(os.getpid(), signal.SIGABRT)
    while content.startswith(b"HANG"):
        pass
    if content.startswith(b"EAT"):
        bytearray(4 * 2**30)
    if content.startswith(b"DEFECT"):
        raise ValueError("words of a document")
    if content.startswith(b"STAY"):
        child = subprocess.Popen(["sleep", "300"])
        written = content[4:].decode()
        with open(written + ".part", "w") as file:
            file.write(f"{os.getpid()} {child.pid}")
        os.rename(written + ".part", written)
        ctypes.PyDLL(None).sleep(300)  # holds the interpreter, as a decoder may

def inspect_image(content):
    obey(content)
    from tasks.reading.files.picture import FaultReason, ImageFacts, ImageFault
    sound = content.startswith(b"\\xff\\xd8") or os.path.exists(os.environ["MENDED"])
    return ImageFacts("JPEG", 9, 9, 1) if sound else ImageFault(FaultReason.NOT_AN_IMAGE)

def read_file(file, content, **options):
    obey(content)
    digest, kind = hashlib.sha256(content).hexdigest(), DocumentKind.OTHER
    paper = DocumentReading(file=file, digest=digest, kind=kind, kind_confidence=0.5)
    return (SimpleNamespace(reading=paper, portrait=None),)

for name, stub in {
    "tasks.reading.files.decode": SimpleNamespace(inspect_image=inspect_image),
    "tasks.reading.read_file": SimpleNamespace(read_file=read_file),
    "tasks.reading.files.picture_date": SimpleNamespace(taken_on=lambda content: None),
    "tasks.reading.process.known_page": SimpleNamespace(
        proven_readers=lambda: SimpleNamespace(engine="none", text=SimpleNamespace(name="none"))
    ),
}.items():
    sys.modules[name] = stub
reading_process.main()
'''


@pytest.fixture(scope="session")
def obedient_program(tmp_path_factory):
    """The name of that program, for the length of the session.

    It obeys no more once the file that `MENDED` names is there.
    """
    folder = tmp_path_factory.mktemp("programs")
    (folder / "obedient_reading_process.py").write_text(PROGRAM)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(folder))
        patch.setenv("MENDED", str(folder / "mended"))
        yield "obedient_reading_process"
