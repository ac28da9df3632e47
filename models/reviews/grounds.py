"""What an approval rests on where a check failed, and how a person verified somebody's will."""

from enum import StrEnum

from pydantic import AwareDatetime

from models.record import Record


class GroundKind(StrEnum):
    """How a reviewer convinced themselves although a check had failed."""

    ORIGINAL = "original"
    CALL_BACK = "call_back"
    REGISTER = "register"
    PICTURE = "picture"

    @property
    def zh(self) -> str:
        """In Chinese."""
        return {
            "original": "核对原件",
            "call_back": "电话回访核实",
            "register": "与登记系统比对",
            "picture": "人工比对本案图片",
        }[self.value]

    @property
    def en(self) -> str:
        """In English."""
        return {
            "original": "checked the original",
            "call_back": "called back",
            "register": "compared with a register",
            "picture": "compared the pictures of the case",
        }[self.value]


class Ground(Record):
    """Why one failed check does not stand in the way (认定依据).

    Attributes:
        code: The reason that is overruled.
        seen: What was seen, in the reviewer's words; may be personal.
        register_name: Which register; needed with `REGISTER` alone.
    """

    code: str
    kind: GroundKind
    seen: str
    register_name: str = ""


class AskedPerson(StrEnum):
    """Whose will was asked for; what the applicant says of it does not count."""

    MEMBER = "member"
    GUARDIAN = "guardian"

    @property
    def zh(self) -> str:
        """In Chinese."""
        return {"member": "被绑定人本人", "guardian": "被绑定人的监护人"}[self.value]

    @property
    def en(self) -> str:
        """In English."""
        return {"member": "the member", "guardian": "the member's guardian"}[self.value]


class VerificationChannel(StrEnum):
    """How the person was reached; never by a number that the applicant gives."""

    CALL_BACK_ON_FILE = "call_back_on_file"
    VIDEO = "video"
    COUNTER = "counter"
    DOCUMENT = "document"

    @property
    def zh(self) -> str:
        """In Chinese."""
        return {
            "call_back_on_file": "回拨参保登记预留号码",
            "video": "视频核验",
            "counter": "窗口当面核验",
            "document": "书面授权原件",
        }[self.value]

    @property
    def en(self) -> str:
        """In English."""
        return {
            "call_back_on_file": "call-back to the number on file",
            "video": "video call",
            "counter": "in person at the counter",
            "document": "written authorisation, the original",
        }[self.value]


class ManualVerification(Record):
    """How a person verified that the member agrees, where no face was compared (P06).

    Attributes:
        at: When it was done; not before the application was handed in.
        shown: What was shown or said; may be personal.
    """

    asked: AskedPerson
    channel: VerificationChannel
    at: AwareDatetime
    shown: str
