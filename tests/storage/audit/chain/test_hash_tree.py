"""The tree of plain hashes, held against the definition of RFC 9162."""

import hashlib

import pytest

from storage.audit.chain.hash_tree import GrowingRoot, leads_to, leaf, paths


def defined(leaves):
    """The root as the RFC writes it: split at the largest power of two below the size."""
    if not leaves:
        return hashlib.sha256().digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return hashlib.sha256(b"\x01" + defined(leaves[:split]) + defined(leaves[split:])).digest()


@pytest.mark.parametrize("size", [0, 1, 2, 3, 4, 5, 7, 8, 9, 31, 64, 100])
def test_the_root_is_the_defined_one_and_every_leaf_leads_to_it(size):
    records = [f'{{"n":{n}}}' for n in range(size)]
    leaves = [leaf(record) for record in records]
    tree = GrowingRoot()
    for digest in leaves:
        tree.add(digest)
    assert tree.root == defined(leaves).hex()
    for record, path in zip(records, paths(leaves, range(size)), strict=True):
        assert leads_to(record, path, tree.root)
        assert not leads_to(record + " ", path, tree.root)


def test_a_changed_path_or_root_leads_nowhere():
    leaves = [leaf(str(n)) for n in range(6)]
    tree = GrowingRoot()
    for digest in leaves:
        tree.add(digest)
    (path,) = paths(leaves, [2])
    assert leads_to("2", path, tree.root)
    assert not leads_to("2", path[:-1], tree.root)
    assert not leads_to("2", (path[0].replace("R", "L"), *path[1:]), tree.root)
    assert not leads_to("2", ("Rzz", *path[1:]), tree.root)
    assert not leads_to("2", path, tree.root[:-1] + ("0" if tree.root[-1] != "0" else "1"))
