"""A lock of a name, held by one at a time, seen by all."""

from sqlalchemy import event

from storage.database.named_lock import held_names, named_lock

ON_BOTH_DATABASES = True


def test_who_looks_sees_what_others_hold_and_takes_nothing(repositories):
    engine = repositories.engine
    names = [f"batch {number}" for number in range(40)]
    assert held_names(engine, names) == frozenset()
    with named_lock(engine, "batch 3") as held, named_lock(engine, "batch 31") as other:
        assert (held, other) == (True, True)
        assert held_names(engine, names) == {"batch 3", "batch 31"}
        with named_lock(engine, "batch 3") as again:
            assert not again
        with named_lock(engine, "batch 4") as free:
            assert free, "a look has left it alone"
    assert held_names(engine, names) == frozenset()


def test_a_look_at_many_names_makes_no_connection_of_its_own(repositories):
    made = []
    with repositories.engine.connect():
        pass
    event.listen(repositories.engine, "connect", lambda *_: made.append("connection"))
    assert held_names(repositories.engine, [f"batch {number}" for number in range(100)]) == set()
    assert made == []
