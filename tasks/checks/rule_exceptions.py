"""What the table of checks leaves out, and why: rules without a check, codes of other origin.

Also the codes of which no check is ever in doubt, and those that are never certain.
"""

from types import MappingProxyType
from typing import Final

from models.checks.finding import Message
from models.checks.reason import Reason
from models.checks.rule import Rule

ELSEWHERE: Final = MappingProxyType(
    {
        Reason.REVIEW_OVERDUE: Message(
            zh="不由材料产生，由 watch-deadlines 流程按审核时限提出",
            en="Not from papers: the flow watch-deadlines escalates a review whose term is over",
        ),
        Reason.RETURN_NOT_ANSWERED: Message(
            zh="不由材料产生，由 watch-deadlines 流程按补件时限提出",
            en="Not from papers: the flow watch-deadlines ends a return that nobody answered",
        ),
        Reason.NOTHING_TO_UNBIND: Message(
            zh="不由材料产生，由 kinbind unbind 提出",
            en="Not from papers: kinbind unbind refuses what is not bound, or not long enough",
        ),
    }
)
"""Codes that no check raises, and why."""

_BY_THE_FORM: Final = Message(
    zh="依据表单、同意记录或渠道，不经识读，不存在看不清",
    en="Told by the form, its consents or its channel; nothing is read that could be unclear",
)
_BY_THE_RECORDS: Final = Message(
    zh="依据在案记录的数目或加密指纹，相同即相同",
    en="Told by what is on file: counts and keyed hashes are the same or are not",
)
_BY_MEASURE: Final = Message(
    zh="依据图像的测量值，低于阈值即提出；识读无碍时仅作提示",
    en="A measure of the picture against a threshold; a note where everything was read",
)
NEVER_IN_DOUBT: Final = MappingProxyType(
    dict.fromkeys(
        (
            *(
                Reason.PRODUCT_UNCLEAR,
                Reason.BINDING_METHOD_UNSUPPORTED,
                Reason.REAL_NAME_NOT_VERIFIED,
                Reason.EMPLOYER_BATCH_INCOMPLETE,
                Reason.POOLING_NOT_FILED,
                Reason.NOTICE_NOT_AGREED,
            ),
            *(
                Reason.NAME_MALFORMED,
                Reason.RELATIONSHIP_NOT_STATED,
                Reason.BINDING_ONESELF,
                Reason.FACE_CONSENT_MISSING,
                Reason.MINOR_WITHOUT_FACE,
                Reason.DIVISION_UNKNOWN,
            ),
        ),
        _BY_THE_FORM,
    )
    | dict.fromkeys(
        (
            Reason.APPLICANT_LIMIT_REACHED,
            Reason.MEMBER_LIMIT_REACHED,
            Reason.ID_NUMBER_USED_BY_ANOTHER,
        ),
        _BY_THE_RECORDS,
    )
    | dict.fromkeys((Reason.RESOLUTION_TOO_LOW,), _BY_MEASURE)
)
"""Errors and notes that are always told for certain, and why. A warning needs no such line: a
person decides wherever one is raised."""

NEVER_CERTAIN: Final = MappingProxyType(
    {
        Reason.FIELD_UNREADABLE: Message(
            zh="没有读清不是申请人的过错，只交人工",
            en="That something was not read is nobody's fault; only a person is asked",
        ),
        Reason.CARD_SIDES_MAY_DIFFER: Message(
            zh="国徽面没有姓名，两面是否同属一证只能由人工判断",
            en="An emblem side names nobody; only a person can say whose it is",
        ),
        Reason.RELATIONSHIP_NOT_DETERMINED: Message(
            zh="材料未定的关系只交人工",
            en="What the papers leave open only a person can settle",
        ),
        Reason.VERIFICATION_WITHOUT_FACE: Message(
            zh="非人脸方式一律由人工核验",
            en="Another way than the face is always a person's to verify",
        ),
    }
)
"""Reasons that blame nobody, whatever is found, and why."""

NO_DOCUMENT_CHECK: Final = MappingProxyType(
    {
        Rule.REVIEW_TERM: Message(
            zh="时限由审核队列按工作日计算",
            en="A term that the review queue counts in working days; no paper shows it",
        ),
        Rule.OWN_CARD: Message(
            zh="属结算环节，通过后写入绑定记录即止",
            en="Settlement happens elsewhere; here the binding is written",
        ),
        Rule.NO_LENDING: Message(
            zh="属使用环节，写入告知书与承诺书",
            en="About use; it stands in the notice and the commitment",
        ),
        Rule.OWN_SHARES_ONLY: Message(
            zh="属资金使用，写入告知书与承诺书",
            en="About money; it stands in the notice and the commitment",
        ),
        Rule.UNBINDING: Message(
            zh="由 kinbind unbind 办理，不需材料核验",
            en="Done by kinbind unbind, which needs no papers",
        ),
    }
)
"""Rules that no paper can show, and why."""
