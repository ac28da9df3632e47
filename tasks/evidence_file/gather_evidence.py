"""Everything that an evidence file says about one application."""

import datetime as dt
from importlib.metadata import version
from typing import Final

from models.checks.finding import Message
from models.errors import KinbindError
from models.evidence_file.content import EvidenceContent
from storage.bootstrap import Repositories
from storage.keys.signing import OfficeSigner
from tasks.evidence_file.round_evidence import round_evidence

PROVES: Final = (
    Message(
        zh="本文件由持有所载证书私钥的机构签发；签发后任何一个字节的改动都会使验签失败。",
        en="The file was issued by whoever holds the key of the certificate named in it; a change"
        " of any byte after that makes the check fail.",
    ),
    Message(
        zh="所列事件均在该机构审计记录之中：每条都可由本文件重新计算到所载的树根；"
        "持有机构此前公布的树根者，可证明这些事件在公布之后未被改动。",
        en="The events stand in the office's log: each can be recomputed from this file up to the"
        " root that it states; whoever holds a root that the office published earlier can show"
        " that they were not changed after that.",
    ),
    Message(
        zh="机构按所载政策版本，依据所列文件（以哈希标识）得出所列结论，由所列人员或系统作出决定。",
        en="The office came to these conclusions under the policy version named, from the files"
        " named by their hashes, and the persons or the machine named here decided.",
    ),
)

DOES_NOT_PROVE: Final = (
    Message(
        zh="不证明任何证件或材料本身是真的。系统读取照片、核对内容之间是否一致，不能鉴定真伪。",
        en="It does not prove that any paper is real. The system reads photographs and compares"
        " what they say; it cannot tell a genuine paper from a good forgery.",
    ),
    Message(
        zh="不证明人脸照片是当场拍摄：未做活体检测。人脸结论只回答“是否同一人”，不涉及亲属关系。",
        en="It does not prove that a face was photographed live: no such test was made. The face"
        " verdict answers 'the same person?' only and says nothing about kinship.",
    ),
    Message(
        zh="不证明机构在签发之前没有改写自己的记录，除非另持有更早公布的树根。",
        en="It does not prove that the office had not rewritten its own log before it signed,"
        " unless an earlier published root is at hand.",
    ),
    Message(
        zh="个人信息已遮盖；原始文件与完整号码只在机构内，可凭所列哈希核对。",
        en="Personal values are masked; the files themselves and whole numbers stay in the office"
        " and can be compared by the hashes listed.",
    ),
)


class NothingRecordedError(KinbindError):
    """Nothing is recorded about such an application."""


def gather_evidence(
    repositories: Repositories, application_id: str, *, by: str, size: int | None = None
) -> EvidenceContent:
    """Gather an application's history, masked, with the proof of its events.

    Args:
        repositories: Where everything is kept; it is only read.
        application_id: Whose history.
        by: Who asked for it.
        size: See `LogProofs.prove`.

    Raises:
        NothingRecordedError: There is no such application.
        ValueError: The log has not that many events.
    """
    events = repositories.audit.events(application_id)
    rounds = repositories.cases.find(application_id)
    if not events and not rounds:
        raise NothingRecordedError(
            "没有该申请的任何记录，请核对编号。"
            "Nothing is recorded about such an application; check its identifier."
        )
    return EvidenceContent(
        application_id=repositories.keyring.public_id(application_id),
        exported_at=dt.datetime.now(dt.UTC),
        exported_by=by,
        software=f"kinbind {version('kinbind')}",
        signer=OfficeSigner(repositories.keyring).fingerprint,
        proves=PROVES,
        does_not_prove=DOES_NOT_PROVE,
        rounds=tuple(round_evidence(repositories, case, events) for case in rounds),
        log=repositories.proofs.prove(application_id, size=size),
    )
