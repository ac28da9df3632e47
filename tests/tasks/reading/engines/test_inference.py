"""The models without their last activation."""

import subprocess
import sys

import numpy as np
import pytest

from models.errors import MissingPartError
from tasks.reading.engines.inference import (
    FinalLayerKind,
    best_probabilities,
    open_session,
    sigmoid,
    softmax,
)
from tasks.reading.engines.rapidocr_reader import DETECTOR, RapidOcrReader


def test_a_model_that_ends_otherwise_is_refused() -> None:
    detector = RapidOcrReader()._folder / DETECTOR

    with pytest.raises(MissingPartError, match=DETECTOR):
        open_session(detector, FinalLayerKind.SOFTMAX)


def test_activations_bear_any_score() -> None:
    scores = np.array([[-1000, 0, 1000], [2, 2, 2]], np.float32)

    assert sigmoid(scores[0]).tolist() == [0, 0.5, 1]
    expected = np.array([[0, 0, 1], [1 / 3, 1 / 3, 1 / 3]])
    assert np.allclose(softmax(scores), expected)
    assert softmax(scores[:0]).shape == (0, 3)


def test_the_best_columns_have_the_probability_that_a_softmax_gives_them() -> None:
    scores = np.random.default_rng(3).normal(0, 9, (7, 500)).astype(np.float32)
    rows = np.array([1, 4, 6])

    best = best_probabilities(scores, rows, scores[rows].argmax(axis=1))

    np.testing.assert_array_equal(best, softmax(scores[rows]).max(axis=1))
    assert best_probabilities(scores, rows[:0], rows[:0]).shape == (0,)


def test_reading_does_not_load_what_only_a_fallback_needs() -> None:
    says = "import sys, tasks.reading.read_file; print({"
    says += "'pandas', 'pyarrow'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", says], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "set()"
