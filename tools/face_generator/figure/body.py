"""One person's head and shoulders on one day, bent from the mesh."""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from specimens.faces.cast import Sex
from tools.face_generator.figure.genes import Genes, weights
from tools.face_generator.figure.hair import HairStyle, scalp_share
from tools.face_generator.figure.mesh import Floats, Ints, ShapeData
from tools.face_generator.figure.noise import value_noise
from tools.face_generator.figure.skin import Wear, is_clothed

_RELIEF: Final = 0.09
"""Height of a person's own bumps, decimetres."""
_EYES: Final = ("helper-l-eye", "helper-r-eye")
_CLOTH: Final = 0.07
"""Thickness of the clothes, decimetres."""


class Sitter(NamedTuple):
    """Whom the picture shows, on the day it is taken."""

    genes: Genes
    sex: Sex
    age: float
    style: HairStyle
    wear: Wear


class Body(NamedTuple):
    """The mesh as it is seen.

    Attributes:
        vertices: Relative to the point between the eyes, decimetres.
        triangles: Skin first, then the eyeballs.
        body_count: How many of the triangles are skin.
        normals: One for each vertex.
        scalp: How much each vertex belongs to the scalp, 0 to 1.
    """

    vertices: Floats
    triangles: Ints
    body_count: int
    normals: Floats
    scalp: Floats


def body_of(data: ShapeData, sitter: Sitter, expression: dict[str, float]) -> Body:
    """The body of a sitter with an expression of the face (weights of face units)."""
    vertices = data.bent(weights(sitter.genes, sitter.sex, sitter.age) | expression)
    parts = data.mesh.parts
    eyes = [vertices[parts[f"joint-{side}-eye"]].mean((0, 1)) for side in "lr"]
    vertices = _own_relief(vertices - (eyes[0] + eyes[1]) / 2, data.mesh.rest, sitter)
    skin = parts["body"]
    triangles = np.concatenate([skin, *(parts[name] for name in _EYES)])
    normals = _normals(vertices, triangles)
    clothed = is_clothed(data.mesh.rest, sitter.wear)
    vertices = vertices + normals * _CLOTH * clothed[:, None]
    ears = _vertex_mask(data, "ears")
    scalp = scalp_share(data.mesh.rest, ears, sitter.genes.looks.hairline, sitter.style)
    return Body(vertices, triangles, len(skin), normals, scalp)


def _own_relief(vertices: Floats, rest: Floats, sitter: Sitter) -> Floats:
    """Small bumps and hollows that no shape target has, alike on both sides; eyes stay put."""
    mirrored = np.abs(rest) * np.array([1, 0, 0]) + rest * np.array([0, 1, 1])
    eyes = np.exp(-(((mirrored[:, 0] - 0.31) / 0.2) ** 2) - (rest[:, 1] / 0.13) ** 2)
    head = (
        np.clip((rest[:, 1] + 1.3) * 3, 0, 1) * np.clip((rest[:, 2] + 0.8) * 3, 0, 1) * (1 - eyes)
    )
    moved = vertices.copy()
    for relief in sitter.genes.reliefs:
        field = np.stack([value_noise(mirrored, 2.2, relief.seed + axis) for axis in range(3)], 1)
        field[:, 0] *= np.tanh(rest[:, 0] * 8)
        moved += relief.share * _RELIEF * field * head[:, None]
    return moved


def _normals(vertices: Floats, triangles: Ints) -> Floats:
    corners = vertices[triangles]
    flat = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    normals = np.zeros_like(vertices)
    for corner in range(3):
        np.add.at(normals, triangles[:, corner], flat)
    return np.asarray(normals / (np.linalg.norm(normals, axis=1, keepdims=True) + 1e-12))


def _vertex_mask(data: ShapeData, name: str) -> Floats:
    """A painted region's value at each vertex, 0 to 1."""
    mask = data.mask(name)
    share = np.zeros(len(data.mesh.rest))
    share[data.mesh.parts["body"]] = looked_up(mask, data.mesh.uv[data.mesh.body_uv])
    return share


def looked_up(mask: NDArray[np.uint8], uv: Floats) -> Floats:
    """The mask's value at texture coordinates, 0 to 1."""
    side = mask.shape[0] - 1
    column = np.clip((uv[..., 0] * side).astype(int), 0, side)
    row = np.clip(((1 - uv[..., 1]) * side).astype(int), 0, side)
    return np.asarray(mask[row, column] / 255.0)
