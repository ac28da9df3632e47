"""A failure is described by classes and places alone."""

import pytest

from models.failure import describe_failure

WORDS = "张三 110105199001010021"


def fails_inside():
    raise ValueError(WORDS)


def fails_because_of_another():
    try:
        fails_inside()
    except ValueError as error:
        raise RuntimeError(WORDS) from error


def caught(work):
    with pytest.raises(Exception) as raised:
        work()
    return describe_failure(raised.value)


def test_the_error_that_came_out_stands_first_and_its_cause_after_it():
    failure = caught(fails_because_of_another)
    assert [each.kind for each in failure.errors] == ["RuntimeError", "ValueError"]


def test_frames_name_file_line_and_function_from_the_outside_in():
    frames = caught(fails_inside).errors[0].frames
    line = fails_inside.__code__.co_firstlineno + 1
    assert frames[-1] == f"tests/models/test_failure.py:{line} fails_inside"
    assert frames[0].endswith(" caught")


def test_no_word_of_an_error_s_own_is_in_its_description():
    told = caught(fails_because_of_another).model_dump_json()
    assert "张三" not in told
    assert "110105" not in told


def test_the_place_is_the_innermost_line_of_the_error_that_came_out():
    line = fails_inside.__code__.co_firstlineno + 1
    assert caught(fails_inside).place == f"ValueError at test_failure.py:{line}"


def test_an_error_that_was_never_raised_has_no_place():
    assert describe_failure(KeyError(WORDS)).place == "KeyError at unknown"


def test_a_chain_that_goes_in_a_circle_ends():
    one, other = ValueError(), KeyError()
    one.__cause__, other.__cause__ = other, one
    assert len(describe_failure(one).errors) == 8


def test_a_cause_that_was_set_aside_is_left_out():
    def fails():
        try:
            fails_inside()
        except ValueError:
            raise RuntimeError from None

    assert [each.kind for each in caught(fails).errors] == ["RuntimeError"]
