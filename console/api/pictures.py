"""Whether a picture will do, while the phone is still in the hand; nothing of it is kept."""

import datetime as dt
from typing import Annotated, BinaryIO, Final

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter, Query, Request

from console.api.calls import CHECK
from console.api.problems import ProblemError, fault
from console.api.upload import PICTURE_PART, receive_picture
from console.repositories import OpenRepositories
from models.clock import CHINA
from models.errors import SettingError
from models.intake.application import BindingMethod, Channel, IdentityRoute, Product, Relationship
from models.intake.picture_check import PictureCheck, PictureQuery
from models.policy.policy import Policy
from models.reading.document import DocumentKind
from storage.bootstrap import Repositories
from tasks.intake.check_picture import check_picture
from tasks.intake.examine_files import MAX_DOCUMENTS
from tasks.reading.process.contained_reader import ReadingEndedError

router = APIRouter()
_MAX_WAITING: Final = 8
"""Pictures that may wait for their turn, at about a second each: whoever comes then comes later."""


@router.post(CHECK.path, response_model=PictureCheck, summary=CHECK.en)
async def check(
    request: Request,
    repositories: OpenRepositories,
    *,
    region: Annotated[str, Query(pattern=r"^[0-9]{6}$")] = "000000",
    product: Product | None = None,
    relationship: Relationship | None = None,
    binding_method: BindingMethod | None = None,
    identity_route: IdentityRoute | None = None,
    channel: Channel | None = None,
    kind: DocumentKind | None = None,
    held: Annotated[tuple[DocumentKind, ...], Query(max_length=MAX_DOCUMENTS)] = (),
) -> PictureCheck:
    """Say what a picture shows, whether it should be taken again, and which papers are missing.

    Nothing of it is kept, and no value that stands on it is in the answer. `held` are the kinds of
    the papers that are there already, one for each paper; `missing` needs `product` and
    `identity_route`. What the check does not mind a verification still may.
    """
    question = PictureQuery(
        on=dt.datetime.now(CHINA).date(),
        region=region,
        product=product,
        relationship=relationship,
        binding_method=binding_method,
        identity_route=identity_route,
        channel=channel,
        kind=kind,
        held=held,
    )
    policy = _policy(repositories, question)
    limiter: CapacityLimiter = request.app.state.checking
    if limiter.statistics().tasks_waiting >= _MAX_WAITING:
        raise ProblemError(429)
    async with receive_picture(request) as picture:
        return await to_thread.run_sync(_checked, picture, question, policy, limiter=limiter)


def _policy(repositories: Repositories, question: PictureQuery) -> Policy:
    try:
        return repositories.policies.for_case(question.region, question.on, question.product)
    except SettingError:
        zh, en = "该地区目前没有生效的政策", "no policy is in force in this region"
        raise ProblemError(422, [fault("query.region", zh, en)]) from None


def _checked(picture: BinaryIO, question: PictureQuery, policy: Policy) -> PictureCheck:
    try:
        return check_picture(picture.read(), question, policy)
    except ReadingEndedError:
        zh = "该文件无法安全打开或处理过久，请用手机重新拍照后再试"
        en = "this file cannot be opened safely or in time: photograph the paper again and retry"
        raise ProblemError(422, [fault(PICTURE_PART, zh, en)], kind="picture-not-read") from None
