"""The counting behind the published table."""

import json

import pytest

from benchmarks.intervals import MeasuredShare
from benchmarks.reading.calibrate import curve
from benchmarks.reading.papers import from_folder
from benchmarks.reading.reliability import expected_error, reliability
from benchmarks.reading.score import FieldOutcome, load, save
from benchmarks.reading.tables import accuracy
from models.reading.document import DocumentKind


def outcome(evidence, *, right, confidence=None):
    found = "王芳" if right else "王方"
    said = evidence if confidence is None else confidence
    return FieldOutcome(
        "p", "id_card_portrait", "id_card_portrait", "phone", "name", "王芳", found, found,
        said, evidence, 30.0, 0.1,
    )  # fmt: skip


def test_the_interval_of_a_share_holds_it_and_stays_open_at_the_ends():
    assert MeasuredShare(995, 1000).interval == pytest.approx((0.98840, 0.99786), abs=1e-4)
    low, high = MeasuredShare(50, 50).interval
    assert low < 0.95
    assert high == pytest.approx(1.0)


def test_a_curve_rises_and_never_claims_certainty():
    outcomes = [outcome(0.9, right=n % 10 > 0) for n in range(100)]
    outcomes += [outcome(0.99, right=True) for _ in range(100)]
    points = curve(outcomes)
    assert [y for _, y in points] == sorted(y for _, y in points)
    assert points[0] == [0.0, 0.0]
    assert points[1][1] == pytest.approx(0.9, abs=0.04)
    assert 0.97 < points[-1][1] < 1


def test_a_reader_that_lies_about_its_certainty_has_an_error():
    honest = [outcome(0.9, right=n % 10 > 0) for n in range(100)]
    boasting = [o._replace(confidence=0.99) for o in honest]
    assert expected_error(reliability(honest)) == pytest.approx(0.0, abs=0.001)
    assert expected_error(reliability(boasting)) == pytest.approx(0.09, abs=0.001)


def test_what_is_surely_wrong_is_counted_apart():
    table = accuracy([outcome(0.99, right=False), outcome(0.5, right=False)])
    assert "| phone | id_card_portrait | 0/2 = 0.00 % [0.00, 65.76] | 1 | 0 |" in table


def test_outcomes_are_kept_for_calibration(tmp_path):
    outcomes = [outcome(0.9, right=True), outcome(0.2, right=False)]
    save(outcomes, tmp_path / "fields.jsonl")
    assert load(tmp_path / "fields.jsonl") == outcomes


def test_a_folder_of_pictures_with_truths_is_a_benchmark_too(tmp_path):
    folder = tmp_path / "phone"
    folder.mkdir()
    (folder / "a.jpg").write_bytes(b"picture")
    truth = {"kind": "id_card_portrait", "fields": {"name": "王芳", "sex": None}}
    (folder / "a.json").write_text(json.dumps(truth), encoding="utf-8")
    (folder / "lonely.json").write_text(json.dumps(truth), encoding="utf-8")
    (paper,) = from_folder(tmp_path, tuple(DocumentKind))
    assert (paper.level, paper.data) == ("phone", b"picture")
    assert paper.fields == {"name": "王芳", "sex": None}
