"""What a program repeats is done once, also where both requests come at the same moment."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text

from models.errors import IntegrityError
from models.reviews.review import ReviewCase
from storage.database.transactions import writing
from tasks.reviewing.idempotency import IdempotencyKeyReusedError, act_once
from tests.tasks.policy.conftest import RECEIVED

ON_BOTH_DATABASES = True


def test_of_two_at_once_one_acts_and_what_fails_may_be_tried_again(repositories):
    case = repositories.cases.register("A1", "d", batch_id="b", received_at=RECEIVED).round
    done = []

    def act():
        done.append(1)
        return repositories.reviews.open(
            case.round_id, ["R03"], opened_at=RECEIVED, due_at=RECEIVED
        )

    def once(content="one", act=act, staff="lin"):
        return act_once(repositories, staff, "a-key-of-lin", content, ReviewCase, act)

    with pytest.raises(ZeroDivisionError):
        once(act=lambda: 1 / 0)
    with ThreadPoolExecutor(4) as several:
        answers = list(several.map(lambda _: once(), range(4)))
    assert len(set(answers)) == len(done) == 1
    with pytest.raises(IdempotencyKeyReusedError):
        once("another")
    assert once("another", staff="wang") == answers[0]


def test_an_answer_that_somebody_else_wrote_is_given_to_nobody(repositories):
    case = repositories.cases.register("A1", "d", batch_id="b", received_at=RECEIVED).round

    def ask(key):
        def act():
            return repositories.reviews.open(
                case.round_id, ["R03"], opened_at=RECEIVED, due_at=RECEIVED
            )

        return act_once(repositories, "lin", key, "one", ReviewCase, act)

    for change in ("answer = replace(answer, 'R03', 'R02')", "digest = staff", "answer = '{}'"):
        ask(change)
        with writing(repositories.engine) as connection:
            connection.execute(text(" ".join(("UPDATE kept_answers SET", change))))
        with pytest.raises(IntegrityError):
            ask(change)
