"""The head that every invented face is bent from: a CC0 mesh with its shape targets."""

import gzip
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_BELOW_EYES: Final = 4.0
"""How far below the eyes the mesh is kept, decimetres: to the chest."""
_FACE_UNITS: Final = "faceunits01/targets/faceunits"
_SHAPES: Final = "mpfb2/targets"


class Mesh(NamedTuple):
    """A head and shoulders at rest; decimetres, x to the person's left, y up, z forward.

    Attributes:
        rest: Vertices relative to the point between the eyes.
        parts: Triangles of each named part (corners of `rest`).
        uv: Texture coordinates, 0 to 1, the origin at the lower left.
        body_uv: For each body triangle its corners in `uv`.
        eye: The person's left eye's centre; the right one mirrors it.
        chin: The vertex at the tip of the chin.
    """

    rest: Floats
    parts: dict[str, Ints]
    uv: Floats
    body_uv: Ints
    eye: Floats
    chin: int


class ShapeData:
    """Everything that is read from the folder of shape data, each file once."""

    def __init__(self, data: Path) -> None:
        """Read the mesh.

        Args:
            data: The `data` folder of the package that carries the mesh.
        """
        self._data = data
        self.mesh = _read_mesh(data / "mpfb2/3dobjs/base.obj")
        self._masks: dict[str, NDArray[np.uint8]] = {}
        self._targets: dict[str, tuple[Ints, Floats]] = {}
        self._files = {
            path.name.split(".")[0]: path
            for folder in (_SHAPES, _FACE_UNITS)
            for path in sorted((data / folder).rglob("*.target*"))
        }

    def names(self, folder: str) -> list[str]:
        """Names of the targets of one region, sorted."""
        return sorted(name for name, path in self._files.items() if path.parent.name == folder)

    def bent(self, weights: dict[str, float]) -> Floats:
        """The vertices after every target was added by its weight."""
        vertices = self.mesh.rest.copy()
        for name, weight in weights.items():
            corners, offsets = self._target(name)
            vertices[corners] += weight * offsets
        return vertices

    def mask(self, name: str) -> NDArray[np.uint8]:
        """A painted region in texture space (lips, ears), its edge softened."""
        if name not in self._masks:
            path = self._data / f"mpfb2/textures/mpfb_{name}.jpg"
            picture = cv2.imread(str(path), cv2.IMREAD_GRAYSCALE)
            soft = cv2.GaussianBlur(np.asarray(picture, np.uint8), (0, 0), 2)
            self._masks[name] = np.asarray(soft, np.uint8)
        return self._masks[name]

    def _target(self, name: str) -> tuple[Ints, Floats]:
        if name not in self._targets:
            self._targets[name] = _read_target(self._files[name])
        return self._targets[name]


@cache
def shape_data(data: Path) -> ShapeData:
    """The data of one folder, read once."""
    return ShapeData(data)


def _read_target(path: Path) -> tuple[Ints, Floats]:
    raw = path.read_bytes()
    text = (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode()
    lines = (line for line in text.splitlines() if line.strip() and not line.startswith("#"))
    table = np.array([line.split() for line in lines], float).reshape(-1, 4)
    return table[:, 0].astype(np.int64), table[:, 1:4]


def _read_mesh(path: Path) -> Mesh:
    places: list[list[str]] = []
    flat: list[list[str]] = []
    corners: dict[str, list[list[str]]] = defaultdict(list)
    part = ""
    for line in path.read_text().splitlines():
        head, *rest = line.split() or [""]
        if head == "v":
            places.append(rest)
        elif head == "vt":
            flat.append(rest)
        elif head == "g":
            part = rest[0]
        elif head == "f":
            corners[part] += [[rest[0], rest[k], rest[k + 1]] for k in range(1, len(rest) - 1)]
    vertices, uv = np.array(places, float), np.array(flat, float)
    both = {name: _corners(faces) for name, faces in corners.items()}
    parts = {name: pair[..., 0] for name, pair in both.items()}
    left, right = (vertices[parts[f"joint-{side}-eye"]].mean((0, 1)) for side in "lr")
    rest_pose = vertices - (left + right) / 2
    kept = rest_pose[parts["body"]][..., 1].min(1) > -_BELOW_EYES
    body, body_uv = parts["body"][kept], both["body"][kept][..., 1]
    return Mesh(
        rest_pose, parts | {"body": body}, uv, body_uv, (left - right) / 2, _chin(rest_pose, body)
    )


def _corners(faces: list[list[str]]) -> Ints:
    """Triangles x corners x (vertex, texture), counted from nought."""
    return np.array([[c.split("/")[:2] for c in face] for face in faces], np.int64) - 1


def _chin(rest: Floats, body: Ints) -> int:
    used = np.unique(body)
    place = rest[used]
    near = (np.abs(place[:, 0]) < 0.1) & (place[:, 1] > -1.2) & (place[:, 1] < -0.95)
    return int(used[near][place[near, 2].argmax()])
