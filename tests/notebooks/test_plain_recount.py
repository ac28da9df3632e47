import datetime as dt
import io
import json
from collections import Counter
from itertools import combinations

import numpy as np
import pyarrow.parquet as pq
import pytest
from PIL import Image

from kinbind.frames import load
from models.checks.reason import Severity
from models.checks.reason_catalogue import REASONS
from models.decision.decision import Outcome
from models.reports.office_tables import TABLES
from storage.bootstrap import using_repositories
from storage.settings import Settings
from tasks.reports.dataset.publish_dataset import publish_dataset
from tests.notebooks.executed import execute
from tests.notebooks.invented import SECRETS, fill

FIGURES = {"rejection_reasons": 5, "picture_quality": 3}
TELL = {
    "rejection_reasons": """
import json
print(json.dumps({
    "days": {str(day): row.to_dict() for day, row in outcomes_by_day.iterrows()},
    "places": outcomes_by_region.sum(axis=1).to_dict(),
    "codes": codes_by_outcome.T.to_dict(),
    "pairs": [[pair.a, pair.b, int(pair.rounds)] for pair in pairs.itertuples()],
    "machine": {name: [int(row.hits), int(row.n)] for name, row in machine_by_channel.iterrows()},
}))
""",
    "picture_quality": """
import json
print(json.dumps({
    "quality": quality_by_kind.T.to_dict(),
    "seconds": seconds_by_kind["sum"].to_dict(),
}))
""",
}


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """What was put into a real case book, and the folder of the dataset made of it."""
    home = tmp_path_factory.mktemp("data-team")
    with using_repositories(Settings(home=home / "home", anonymity=1)) as opened:
        written = fill(opened.cases, 60)
        publish_dataset(opened, str(home / "dataset"))
    return written, home / "dataset"


@pytest.fixture(scope="module")
def analysed(published):
    """The pictures of each notebook over that dataset, and the tables of both."""
    names = list(TELL)
    told = execute([(name, published[1], None) for name in names], after=TELL)
    assert [one.warnings for one in told] == [[], []]
    tables = {key: value for one in told for key, value in json.loads(one.printed).items()}
    return {name: one.pictures for name, one in zip(names, told, strict=True)}, tables


def in_force(one):
    """The reasons of a round: no notes, and none where a person approved."""
    overruled = one.outcome is Outcome.APPROVED and not one.by_machine
    codes = () if overruled else one.codes
    return {code for code in codes if REASONS[code].severity is not Severity.INFO}


def codes_of(dataset):
    """The findings of each round, from the file itself."""
    rows = load("findings", folder=dataset, engine="arrow").to_pylist()
    return Counter((row["code"], row["kind"]) for row in rows if row["kind"] and row["in_force"])


def test_every_question_has_a_figure_with_something_on_it(analysed):
    pictures, _ = analysed
    assert {name: len(drawn) for name, drawn in pictures.items()} == FIGURES
    for picture in [one for drawn in pictures.values() for one in drawn]:
        pixels = np.asarray(Image.open(io.BytesIO(picture)).convert("RGB"))
        assert pixels.shape[1] > 1000
        assert len(set(map(tuple, pixels[::7, ::7].reshape(-1, 3)))) > 20
        assert np.ptp(pixels[: pixels.shape[0] // 4]) > 100, "the title is missing"


def test_outcomes_by_day_and_place_agree_with_a_plain_recount(published, analysed):
    (written, _), (_, tables) = published, analysed
    recount = Counter((str(one.day), one.outcome or "pending") for one in written)
    assert {
        (day, outcome): count
        for day, row in tables["days"].items()
        for outcome, count in row.items()
        if count
    } == dict(recount)
    assert tables["places"]["浙江 33"] == sum(
        (one.region or "").startswith("33") for one in written
    )
    assert sum(tables["places"].values()) == len(written)


def test_reasons_and_their_pairs_agree_with_a_plain_recount(published, analysed):
    (written, _), (_, tables) = published, analysed
    recount = Counter((code, one.outcome) for one in written for code in in_force(one))
    assert {
        (code, outcome): count
        for code, row in tables["codes"].items()
        for outcome, count in row.items()
        if count
    } == dict(recount)
    pairs = Counter(
        pair for one in written for pair in combinations(sorted(map(str, in_force(one))), 2)
    )
    assert pairs, "the invented rounds must have some"
    assert {(a, b): count for a, b, count in tables["pairs"]} == dict(pairs)


def test_quality_seconds_and_machine_agree_with_a_plain_recount(published, analysed):
    (written, dataset), (_, tables) = published, analysed
    named = {
        (code, kind): count
        for (code, kind), count in codes_of(dataset).items()
        if code.startswith("Q")
    }
    assert {
        (code, kind): count
        for kind, row in tables["quality"].items()
        for code, count in row.items()
        if count
    } == named
    seconds: Counter[str] = Counter()
    for one in written:
        for kind, value in zip(one.kinds, one.seconds, strict=True):
            seconds[kind.value] += value
    assert tables["seconds"] == pytest.approx(dict(seconds))
    hits: Counter[str] = Counter()
    decided: Counter[str] = Counter()
    for one in (one for one in written if one.outcome):
        channel = one.channel or "未写明"
        decided[channel] += 1
        hits[channel] += one.outcome is Outcome.APPROVED and one.by_machine
    assert tables["machine"] == {name: [hits[name], n] for name, n in decided.items()}


def test_nothing_that_leads_to_a_person_stands_in_the_files(published):
    _, dataset = published
    files = sorted(dataset.rglob("*.parquet"))
    assert {path.relative_to(dataset).parts[0] for path in files} == {t.name for t in TABLES}
    for path in files:
        table = pq.ParquetFile(path).read()
        cells = {str(value) for column in table.itercolumns() for value in column.to_pylist()}
        raw = path.read_bytes()
        for secret in SECRETS:
            assert not any(secret in cell for cell in (*cells, *table.column_names))
            assert secret.encode() not in raw
        assert not any(cell.endswith((".jpg", ".json")) for cell in cells)
        assert not any(
            isinstance(v, dt.datetime) for c in table.itercolumns() for v in c.to_pylist()
        )
