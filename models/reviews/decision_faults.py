"""What is missing in a decision, in words that say what to do."""

from enum import StrEnum
from types import MappingProxyType
from typing import Final

from models.record import Record


class FaultKind(StrEnum):
    """What is wrong with a decision as it was sent."""

    OUTCOME = "outcome"
    ROLE = "role"
    FORM = "form"
    CODES = "codes"
    NOTE = "note"
    GROUNDS = "grounds"
    REGISTER = "register"
    VERIFICATION = "verification"
    VERIFICATION_TIME = "verification_time"
    WORDS = "words"
    ADVICE = "advice"
    NOT_MENDABLE = "final"
    MENDABLE = "mendable"
    REJECTION_NOTE = "rejection_note"


_SENTENCES: Final = MappingProxyType(
    {
        FaultKind.OUTCOME: ("请选择结果。", "Choose an outcome."),
        FaultKind.ROLE: (
            "您的角色不能作出这一决定，请上报复核主管。",
            "Your role may not decide so; hand the case to a senior.",
        ),
        FaultKind.FORM: (
            "申请表无法识别，不能通过；请退回申请人重新提交。",
            "The form cannot be judged, so nothing can be approved; return it to the applicant.",
        ),
        FaultKind.CODES: (
            "退回或拒绝至少要有一个原因。",
            "A return or rejection needs a reason.",
        ),
        FaultKind.NOTE: (
            "仍有未通过的核验项：通过须写明理由。",
            "Checks stand open: an approval needs a note that says why.",
        ),
        FaultKind.GROUNDS: (
            "以下核验项不符，通过须逐项写明核实方式和所见：",
            "These checks failed; for each, say how you verified it and what you saw: ",
        ),
        FaultKind.REGISTER: (
            "与登记系统比对的，请写明系统名称：",
            "Name the register that you compared with: ",
        ),
        FaultKind.VERIFICATION: (
            "申请非人脸方式核验：请填写向谁核实、核实方式、时间（如 2026-11-29 14:30）和所示内容。",
            "Verification without a face: say whom you asked, how, when (2026-11-29 14:30), "
            "and what was shown.",
        ),
        FaultKind.VERIFICATION_TIME: (
            "核实时间不得早于申请提交，也不得晚于现在。",
            "The verification lies between the hand-in of the application and now.",
        ),
        FaultKind.WORDS: (
            "退回补件须逐项写明申请人如何补正：",
            "Tell the applicant what to do about each reason: ",
        ),
        FaultKind.ADVICE: (
            "告知申请人的内容不超过 200 字，且不能含号码。",
            "Words for the applicant: at most 200 characters, no numbers of persons.",
        ),
        FaultKind.NOT_MENDABLE: (
            "所选原因申请人无法补正，不能退回：",
            "The applicant cannot mend these reasons, so it cannot be returned: ",
        ),
        FaultKind.MENDABLE: (
            "所选原因均可由申请人补正或不足以拒绝，请改为退回补件：",
            "No reason given carries a rejection; return it, so that the applicant can mend it: ",
        ),
        FaultKind.REJECTION_NOTE: (
            "拒绝须写明理由（内部备注）。",
            "A rejection needs a note that says why.",
        ),
    }
)


class DecisionFault(Record):
    """One thing that is missing.

    Attributes:
        codes: The reasons that it is about; empty where it is about the decision as a whole.
    """

    kind: FaultKind
    codes: tuple[str, ...] = ()

    @property
    def zh(self) -> str:
        """What to do, in Chinese."""
        return self._sentence(0, "。")

    @property
    def en(self) -> str:
        """What to do, in English."""
        return self._sentence(1, ".")

    def _sentence(self, language: int, end: str) -> str:
        said = _SENTENCES[self.kind][language]
        if self.codes:
            return f"{said}{' '.join(self.codes)}{end}"
        bare = said.rstrip("：: ")
        return bare if bare.endswith(end) else f"{bare}{end}"
