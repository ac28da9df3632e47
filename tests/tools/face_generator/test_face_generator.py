"""The generator's parts that need no mesh; the mesh itself is no part of the project."""

import numpy as np

from models.intake.application import Relationship
from specimens.faces.cast import CAST
from tools.face_generator.figure.genes import Genes, Looks, Relief, inherit, weights
from tools.face_generator.figure.noise import value_noise
from tools.face_generator.picture.raster import rasterise
from tools.face_generator.relatives import relatives


def genes(value, seed):
    shape = {"nose-hump|decr/incr": value, "*-eye-scale|decr/incr": -value}
    return Genes(shape, Looks(*(value for _ in Looks._fields)), (Relief(seed, 1.0),), seed)


def test_the_nearer_triangle_hides_the_farther_one():
    screen = np.array([[2, 2], [2, 18], [18, 2], [0, 0], [0, 30], [30, 0]], float)
    near = np.array([5, 5, 5, 1, 1, 1], float)
    seen = rasterise(screen, near, np.array([[0, 1, 2], [3, 4, 5]]), (32, 32))
    assert seen.triangle[5, 5] == 0
    assert seen.triangle[20, 3] == 1
    assert seen.triangle[31, 31] == -1
    assert seen.depth[5, 5] == 5


def test_a_triangle_that_faces_away_is_not_drawn():
    screen = np.array([[2, 2], [18, 2], [2, 18]], float)
    seen = rasterise(screen, np.ones(3), np.array([[0, 1, 2]]), (20, 20))
    assert (seen.triangle == -1).all()


def test_the_shares_of_the_corners_add_up_inside_a_triangle():
    screen = np.array([[2, 2], [2, 18], [18, 2]], float)
    seen = rasterise(screen, np.array([1.0, 2.0, 3.0]), np.array([[0, 1, 2]]), (20, 20))
    shown = seen.triangle >= 0
    assert np.allclose(seen.weights[shown].sum(1), 1)
    assert np.allclose(seen.depth[shown], seen.weights[shown] @ [1, 2, 3])


def test_a_child_lies_between_its_parents_and_has_the_patterns_of_both():
    children = [inherit(genes(-0.8, 1), genes(0.8, 2), np.random.default_rng(k)) for k in range(60)]
    values = [child.shape["nose-hump|decr/incr"] for child in children]
    assert min(values) < -0.5 < 0.5 < max(values)
    assert abs(np.mean(values)) < 0.25
    assert {relief.seed for relief in children[0].reliefs} >= {1, 2}
    assert len({child.marks for child in children}) == 60


def test_a_gene_bends_both_halves_of_the_face_alike():
    bent = weights(genes(0.5, 1), "男", 30)
    assert bent["l-eye-scale-decr"] == bent["r-eye-scale-decr"] > 0
    assert "nose-hump-incr" in bent
    assert "nose-hump-decr" not in bent


def test_features_grow_with_age_and_the_body_ages():
    child, grown = (weights(genes(0.5, 1), "女", age) for age in (4, 30))
    assert child["nose-hump-incr"] < grown["nose-hump-incr"]
    assert child["asian-female-child"] > 0 < grown["asian-female-young"]
    assert "asian-female-old" not in child


def test_noise_is_smooth_and_the_same_each_time():
    line = np.linspace(0, 3, 400)[:, None] * np.array([[1.0, 0.3, 0.2]])
    one, again, other = (value_noise(line, 4, seed) for seed in (7, 7, 8))
    assert np.array_equal(one, again)
    assert not np.allclose(one, other)
    assert np.abs(np.diff(one)).max() < 0.15
    assert np.abs(one).max() <= 1


def test_grandparents_parents_and_siblings_follow_from_the_cast():
    kin = relatives("a5")
    assert kin["a1"] is kin["a2"] is Relationship.GRANDPARENT
    assert kin["a3"] is kin["a4"] is Relationship.PARENT
    assert kin["a6"] is Relationship.SIBLING
    assert relatives("a1")["a5"] is Relationship.GRANDCHILD
    assert len({role.id for role in CAST}) == len(CAST)
