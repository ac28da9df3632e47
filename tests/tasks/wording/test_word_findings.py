"""Every sentence for every case that can raise it, held to what an applicant may be told."""

import itertools
import re
import string

import pytest

from models.checks.finding import CheckVerdict, Evidence, Finding, Message, Subject, finding
from models.checks.reason import Reason, Severity
from models.checks.reason_catalogue import REASONS
from models.decision.decision import Outcome
from models.intake.application import Application, Product, Relationship
from models.reading.document import DocumentKind
from tasks.wording.sentences import SentenceLanguage, load_sentences
from tasks.wording.word_findings import word_finding, word_findings
from tests.tasks.checks.dossiers import CHILD, FATHER, GRANDPA, application

RELATIONSHIPS = (None, *Relationship)
SUBJECTS = (None, *Subject)
FILES = {
    "1.jpg": DocumentKind.HUKOU_MEMBER,
    "2.jpg": DocumentKind.HUKOU_MEMBER,
    "3.jpg": DocumentKind.SELFIE,
    "4.jpg": DocumentKind.OTHER,
}
SEEN = tuple(Evidence(document=name) for name in FILES)
FORBIDDEN_ZH = (
    "application.json",
    "round",
    "伪造",
    "造假",
    "翻拍",
    "涂改",
    "拼接",
    "冒用",
    "无需操作",
)
FORBIDDEN_EN = ("application.json", "forged", "fake", "edited", "recapture", "need not do anything")
LATIN = re.compile(r"[A-Za-z]{2,}")


def form(relationship):
    documents = [{"file": name, "kind": None, "person": None} for name in FILES]
    body = application(FATHER, CHILD, "child", documents=documents)
    body["relationship"] = relationship.value if relationship else None
    return Application.model_validate(body)


FORMS = {relationship: form(relationship) for relationship in RELATIONSHIPS}


def raised(code, verdict, subject, severity):
    return Finding(
        code=code,
        severity=severity,
        message=Message(zh="", en=""),
        subject=subject,
        verdict=verdict,
        evidence=SEEN,
    )


def weights(code, verdict):
    """The severities with which a reason can come out of a check."""
    if verdict is CheckVerdict.PASSED:
        return (Severity.INFO,)
    worded = finding(code, verdict=verdict)
    return (worded.severity, Severity.INFO)


def everything():
    """Every reason, answer, subject and outcome that can meet, and what can be asked for.

    Every relationship with the outcome whose sentences name most people: which words stand for
    whom does not rest on the outcome. With the others no relationship, and one.
    """
    for code, verdict, subject in itertools.product(Reason, CheckVerdict, SUBJECTS):
        for severity in weights(code, verdict):
            found = raised(code, verdict, subject, severity)
            for outcome in Outcome:
                everybody = outcome is Outcome.RETURNED
                asked = [frozenset({code})] * may_be_asked_for(found, outcome)
                for relationship in RELATIONSHIPS if everybody else (None, Relationship.CHILD):
                    for codes in (frozenset(), *asked):
                        yield found, relationship, outcome, codes


def may_be_asked_for(found, outcome):
    """Whether a sentence says something else where its reason is asked for."""
    return (
        outcome in {Outcome.RETURNED, Outcome.REJECTED}
        and found.verdict is CheckVerdict.FAILED
        and found.severity is not Severity.INFO
    )


@pytest.fixture(scope="module")
def sentences():
    """All of them, each once, with what it was made for."""
    made = {}
    for found, relationship, outcome, asked in everything():
        message = word_finding(found, outcome, FORMS[relationship], kinds=FILES, decisive=asked)
        made.setdefault(message, (found, outcome, asked))
    return made


def test_both_languages_have_every_reason_and_the_same_parts():
    zh, en = load_sentences(SentenceLanguage.ZH), load_sentences(SentenceLanguage.EN)
    assert set(zh.reasons) == set(en.reasons) == set(Reason)
    for code in Reason:
        parts = [
            {name for name in ("do", "final", "note") if getattr(words.reasons[code], name)}
            for words in (zh, en)
        ]
        assert parts[0] == parts[1], code
    assert set(zh.persons.member) == set(zh.proofs) == set(Relationship)
    for words in (zh, en):
        assert {tuple(by_sex) for by_sex in words.persons.of_sex.values()} == {("男", "女")}
    assert set(zh.persons.of_sex) == set(en.persons.of_sex)
    assert set(zh.documents) == set(en.documents) == set(DocumentKind) - {DocumentKind.OTHER}


def test_what_an_applicant_can_mend_says_how_and_what_is_final_does_not_ask():
    for language in SentenceLanguage:
        words = load_sentences(language)
        for code, reason in REASONS.items():
            if reason.severity is Severity.ERROR:
                assert bool(words.reasons[code].do or words.reasons[code].final), code
            if reason.repairable and reason.severity is Severity.ERROR:
                assert words.reasons[code].do, code


@pytest.mark.parametrize(
    ("field", "says"),
    [
        ("consents.guardian", "监护人"),
        ("consents.spouse", "本人"),
        ("consents.mother", "母亲"),
        ("applicant.id_number", "成年"),
    ],
)
def test_whose_consent_is_missing_is_said(field, says):
    found = finding(Reason.CONFIRMATION_MISSING, Evidence(document="application.json", field=field))
    for outcome in (Outcome.RETURNED, Outcome.IN_REVIEW):
        told = word_finding(
            found, outcome, FORMS[Relationship.CHILD], kinds=FILES, decisive={found.code}
        )
        assert says in told.zh
        assert not told.en.isspace()


def test_both_languages_have_the_same_fields():
    zh, en = load_sentences(SentenceLanguage.ZH), load_sentences(SentenceLanguage.EN)
    assert [set(zh.reasons[c].fields) for c in Reason] == [
        set(en.reasons[c].fields) for c in Reason
    ]


def test_every_placeholder_is_filled(sentences):
    for message in sentences:
        for text in (message.zh, message.en):
            assert not [name for _, name, *_ in string.Formatter().parse(text) if name], text


def test_every_sentence_is_one_that_an_official_would_send(sentences):
    for message, (found, *_) in sentences.items():
        assert not any(word in message.zh for word in FORBIDDEN_ZH), message.zh
        assert not any(word in message.en for word in FORBIDDEN_EN), message.en
        assert not LATIN.search(message.zh), message.zh
        assert message.zh.endswith("。")
        assert message.en.endswith(".")
        assert message.en[0].isupper()
        for wrong in ("。。", "，。", "您的的", "的的", "  ", "。（", "..", "you's"):
            assert wrong not in message.zh + message.en, (found.code, message)
        assert len(message.zh) <= 120, message.zh
        assert len(message.en) <= 300, message.en


def test_only_what_can_be_mended_asks_for_something_and_only_for_what_it_is_about(sentences):
    zh = load_sentences(SentenceLanguage.ZH)
    for message, (found, outcome, asked) in sentences.items():
        do = zh.reasons[found.code].do
        begins = do.split("{")[0] if do else None
        if not begins or begins in (zh.reasons[found.code].final or ""):
            continue
        final = outcome is Outcome.REJECTED and zh.reasons[found.code].final
        is_asked = (
            outcome in {Outcome.RETURNED, Outcome.REJECTED}
            and not final
            and found.code in asked
            and found.verdict is CheckVerdict.FAILED
            and found.severity is not Severity.INFO
        )
        what = zh.reasons[found.code].what
        if begins not in what and len(begins) > 3:
            assert (begins in message.zh) == is_asked, message.zh


def test_a_reason_that_would_teach_a_forger_names_no_picture(sentences):
    silent = {
        Reason.DOCUMENT_USED_ELSEWHERE,
        Reason.FACE_USED_BY_ANOTHER,
        Reason.POSSIBLY_EDITED,
        Reason.ID_NUMBER_USED_BY_ANOTHER,
    }
    named = {found.code for message, (found, *_) in sentences.items() if "张图片" in message.zh}
    only_notes = {
        Reason.MINOR_WITHOUT_FACE,
        Reason.VERIFICATION_WITHOUT_FACE,
        Reason.REVIEW_OVERDUE,
    }
    assert set(Reason) - named == silent | only_notes


@pytest.mark.parametrize("code", [Reason.SCREEN_OR_COPY, Reason.VALIDITY_TERM_IMPLAUSIBLE])
def test_only_whoever_has_to_take_a_picture_again_is_told_which(sentences, code):
    named = {
        (outcome, code in decisive)
        for message, (found, outcome, decisive) in sentences.items()
        if found.code is code and "张图片" in message.zh
    }
    assert named == {(Outcome.RETURNED, True)}


def test_what_is_open_is_not_stated_as_a_fact(sentences):
    for language in SentenceLanguage:
        words = load_sentences(language)
        for message, (found, outcome, _) in sentences.items():
            if outcome is Outcome.IN_REVIEW and found.severity is not Severity.INFO:
                frame = words.sentences.unsure.split("{")[0]
                assert getattr(message, language.value).startswith(frame)


def test_a_rejection_says_first_what_it_rests_on_and_does_not_ask_for_the_rest():
    missing = raised(
        Reason.MEMBER_HUKOU_PAGE_MISSING, CheckVerdict.FAILED, Subject.MEMBER, Severity.ERROR
    ).model_copy(update={"evidence": ()})
    doubt = raised(Reason.SCREEN_OR_COPY, CheckVerdict.FAILED, None, Severity.WARNING)
    limit = raised(Reason.MEMBER_LIMIT_REACHED, CheckVerdict.FAILED, Subject.MEMBER, Severity.ERROR)
    worded = word_findings(
        (doubt, missing, limit.model_copy(update={"evidence": ()})),
        Outcome.REJECTED,
        FORMS[Relationship.CHILD],
        kinds=FILES,
        decisive={Reason.MEMBER_LIMIT_REACHED},
    )
    assert [found.message.zh for found in worded] == [
        "目前不能为您的孩子办理这项业务。可以由您的孩子本人（未成年的由监护人）向医保经办机构查询。",
        "另外，没有看到您的孩子的户口簿个人页。",
        "这次没有再核对所拍的材料。",
    ]


def test_a_fault_of_the_form_is_not_blamed_on_a_picture():
    found = raised(
        Reason.DOCUMENT_UNUSABLE, CheckVerdict.FAILED, Subject.APPLICATION, Severity.ERROR
    ).model_copy(update={"evidence": (Evidence(document="application.json", field="round"),)})
    message = word_finding(
        found, Outcome.RETURNED, None, kinds={}, decisive={Reason.DOCUMENT_UNUSABLE}
    )
    assert message.zh == (
        "填写的内容不完整、无法识别，或没有写明是对上次退回的补充。请在原来的申请中改好后重新提交。"
    )


@pytest.mark.parametrize(
    ("subject", "en"),
    [
        (Subject.APPLICANT, "A reviewer checks your name."),
        (Subject.MEMBER, "A reviewer checks your spouse's name."),
        (None, "A reviewer checks your or your spouse's name."),
    ],
)
def test_what_is_somebody_s_is_named_in_english_as_one_speaks(subject, en):
    found = raised(Reason.NAMES_DIFFER, CheckVerdict.CANNOT_TELL, subject, Severity.WARNING)
    found = found.model_copy(update={"evidence": ()})
    form_ = FORMS[Relationship.SPOUSE]
    said = word_finding(found, Outcome.IN_REVIEW, form_, kinds={}, decisive=())
    assert said.en == en


@pytest.mark.parametrize(
    ("code", "subject", "relationship", "zh"),
    [
        pytest.param(
            Reason.ID_CARD_EXPIRED,
            Subject.MEMBER,
            Relationship.PARENT,
            "您的母亲的身份证已过有效期（第3张图片：人脸照片）。请换领新证后拍摄两面。",
            id="whose card it is",
        ),
        pytest.param(
            Reason.INCAPACITY_CERTIFICATE_MISSING,
            Subject.APPLICANT,
            Relationship.CHILD,
            "没有看到您的失能证明，或证明已经过期（第3张图片：人脸照片）。请补充在有效期内的失能证明。",
            id="whose certificate of incapacity it is",
        ),
        pytest.param(
            Reason.COLLECTIVE_HOUSEHOLD,
            None,
            Relationship.SPOUSE,
            "集体户的户口页不能说明亲属关系（第3张图片：人脸照片）。请补充结婚证。",
            id="spouses: the marriage certificate",
        ),
        pytest.param(
            Reason.COLLECTIVE_HOUSEHOLD,
            None,
            Relationship.CHILD,
            "集体户的户口页不能说明亲属关系（第3张图片：人脸照片）。请补充孩子的出生医学证明，"
            "或者亲属关系公证书。",
            id="parent and child: the birth certificate",
        ),
        pytest.param(
            Reason.NOT_ONE_FACE,
            Subject.MEMBER,
            Relationship.SIBLING,
            "没有看到您的姐妹的照片，或照片里没有人脸、不止一个人（第3张图片：人脸照片）。"
            "请让您的姐妹（不是您）一个人正对镜头拍一张。",
            id="not the applicant's own face",
        ),
    ],
)
def test_a_return_says_whose_paper_which_picture_and_what_to_do(code, subject, relationship, zh):
    found = raised(code, CheckVerdict.FAILED, subject, Severity.ERROR).model_copy(
        update={"evidence": (Evidence(document="3.jpg"),)}
    )
    message = word_finding(
        found, Outcome.RETURNED, FORMS[relationship], kinds=FILES, decisive={code}
    )
    assert message.zh == zh


def test_a_rejection_for_what_can_be_mended_says_the_next_step():
    found = finding(Reason.EMBLEM_SIDE_MISSING, subject=Subject.MEMBER)
    form_ = FORMS[Relationship.SPOUSE]
    told = word_finding(found, Outcome.REJECTED, form_, kinds={}, decisive={found.code})
    assert told.zh == (
        "没有看到您的配偶的身份证国徽面。您可以重新申请，申请时请拍摄您的配偶的身份证有国徽的一面。"
    )
    assert "To apply again: " in told.en


@pytest.mark.parametrize(
    ("claimed", "beside", "zh", "en"),
    [
        (Relationship.PARENT, (), "您的父亲", "your father"),
        (Relationship.SIBLING, (), "您的兄弟", "your brother"),
        (Relationship.GRANDCHILD, (), "您的孙子或外孙", "your grandson"),
        (Relationship.CHILD, (), "您的孩子", "your child"),
        (
            Relationship.PARENT,
            (Reason.SEX_OR_NUMBER_CONFLICT,),
            "您的父亲或母亲",
            "your parent",
        ),
    ],
)
def test_a_relative_is_called_by_sex_unless_the_number_is_in_doubt(claimed, beside, zh, en):
    body = application(FATHER, GRANDPA, claimed.value, documents=[])
    form_ = Application.model_validate(body)
    found = finding(Reason.EMBLEM_SIDE_MISSING, subject=Subject.MEMBER)
    told = word_finding(found, Outcome.IN_REVIEW, form_, kinds={}, decisive=(), beside=beside)
    assert told.zh == f"由工作人员核对{zh}的身份证件国徽面。"
    assert en in told.en


def test_several_pictures_are_named_by_what_they_show():
    found = raised(Reason.HOUSEHOLDS_DIFFER, CheckVerdict.CANNOT_TELL, None, Severity.WARNING)
    message = word_finding(
        found, Outcome.IN_REVIEW, FORMS[Relationship.CHILD], kinds=FILES, decisive=()
    )
    assert message.zh == (
        "由工作人员核对几页户口页是否为同一本（第1、2张图片：户口簿个人页；第3张图片：人脸照片；"
        "第4张图片）。"
    )
    assert message.en == (
        "A reviewer checks whether the hukou pages are from one book (pictures 1, 2: hukou page;"
        " picture 3: photograph of the face; picture 4)."
    )


def test_a_paper_of_a_file_of_several_is_named_by_its_page_and_by_what_it_shows():
    evidence = [
        Evidence(document="2.jpg", place=place) for place in (None, "2.jpg#1.2", "2.jpg#3.1")
    ]
    found = finding(Reason.FIELD_UNREADABLE, *evidence, verdict=CheckVerdict.CANNOT_TELL)
    shown = (
        DocumentKind.HUKOU_MEMBER,
        DocumentKind.ID_CARD_EMBLEM,
        DocumentKind.BIRTH_CERTIFICATE,
    )
    kinds = dict(zip(("2.jpg", "2.jpg#1.2", "2.jpg#3.1"), shown, strict=True))
    told = word_finding(
        found, Outcome.IN_REVIEW, FORMS[Relationship.CHILD], kinds=kinds, decisive=()
    )
    assert told.zh == (
        "由工作人员核对材料上的文字（第2张图片：户口簿个人页；第2张图片：身份证国徽面；"
        "第2张图片第3页：出生医学证明）。"
    )
    assert told.en.endswith("picture 2, page 3: birth certificate).")


def test_what_the_applicant_has_to_mend_comes_first_and_notes_last():
    note = raised(Reason.MINOR_WITHOUT_FACE, CheckVerdict.FAILED, Subject.MEMBER, Severity.INFO)
    doubt = raised(Reason.NAMES_DIFFER, CheckVerdict.CANNOT_TELL, Subject.MEMBER, Severity.WARNING)
    ask = raised(Reason.EMBLEM_SIDE_MISSING, CheckVerdict.FAILED, Subject.MEMBER, Severity.ERROR)
    worded = word_findings(
        (note, doubt, ask),
        Outcome.RETURNED,
        FORMS[Relationship.CHILD],
        kinds=FILES,
        decisive={Reason.EMBLEM_SIDE_MISSING},
    )
    assert [found.code for found in worded] == [ask.code, doubt.code, note.code]
    assert worded[1].message.zh.startswith("您补齐其他内容后，我们一并核对您的孩子的姓名")


def test_every_product_has_its_own_words_for_an_approval():
    for language in SentenceLanguage:
        assert set(load_sentences(language).outcomes.approved) == set(Product)
