"""Eyebrows, eyelashes and glasses."""

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from specimens.faces.cast import Sex
from tools.face_generator.figure.genes import Genes, Looks
from tools.face_generator.figure.mesh import Floats, ShapeData
from tools.face_generator.picture.camera import Camera
from tools.face_generator.picture.strands import Strands

_BROW_HAIRS: Final = 900
_UPPER_LASHES: Final = ("helper-l-eyelashes-2", "helper-r-eyelashes-2")


def brows(data: ShapeData, vertices: Floats, genes: Genes, sex: Sex, age: float) -> Strands:
    """Short hairs on the two brows.

    Args:
        data: The mesh at rest.
        vertices: Where it is now.
        genes: Height, slope, curve and width of the brows.
        sex: A woman's are thinner.
        age: A child's too.
    """
    rng, looks = np.random.default_rng(genes.marks), genes.looks
    rest, triangles = data.mesh.rest, data.mesh.parts["body"]
    centre = rest[triangles].mean(1)
    near = (
        (centre[:, 2] > -0.4) & (np.abs(centre[:, 1] - 0.22) < 0.22) & (np.abs(centre[:, 0]) < 0.75)
    )
    chosen = rng.choice(np.flatnonzero(near), _BROW_HAIRS * 40)
    shares = rng.dirichlet((1, 1, 1), len(chosen))
    at_rest = (shares[..., None] * rest[triangles[chosen]]).sum(1)
    along, off = _on_brow(at_rest, looks, float(data.mesh.eye[0]))
    width = (0.034 + 0.014 * looks.brow_width) * float(
        np.interp(age, (4, 18, 60, 85), (0.65, 1, 1, 0.8))
    )
    thick = (
        width
        * (0.72 if sex == "女" else 1.0)
        * np.interp(along, (-1, -0.7, 0.3, 1), (0.75, 1.0, 0.85, 0.25))
    )
    dense = np.exp(-((off / thick) ** 4)) * np.interp(np.abs(along), (0, 0.85, 1), (1, 0.8, 0))
    kept = np.flatnonzero(rng.random(len(chosen)) < dense)[:_BROW_HAIRS]
    start = (shares[kept, :, None] * vertices[triangles[chosen[kept]]]).sum(1) + np.array(
        [0, 0, 0.006]
    )
    return Strands(
        _hairs(start, at_rest[kept], along[kept], rng), 1 + 0.25 * rng.normal(size=len(kept))
    )


def lashes(data: ShapeData, vertices: Floats) -> Strands:
    """The upper lashes, as the mesh draws them."""
    faces = np.concatenate([data.mesh.parts[name] for name in _UPPER_LASHES])
    corners = vertices[faces]
    points = np.stack([corners[:, 0], corners.mean(1), corners[:, 2]], 1)
    return Strands(points, np.full(len(points), 0.5))


def draw_glasses(
    picture: NDArray[np.uint8], data: ShapeData, vertices: Floats, camera: Camera
) -> None:
    """Thin dark frames before the eyes; changes the picture."""
    eyes = [vertices[data.mesh.parts[f"joint-{side}-eye"]].mean((0, 1)) for side in "rl"]
    thick = max(2, round(camera.scale * 0.022))
    angles = np.linspace(0, 2 * np.pi, 40)
    bend = 2 / 3.2
    across = 0.25 * np.sign(np.cos(angles)) * np.abs(np.cos(angles)) ** bend
    up = 0.19 * np.sign(np.sin(angles)) * np.abs(np.sin(angles)) ** bend - 0.03
    for eye, side in zip(eyes, (-1, 1), strict=True):
        rim = np.stack([eye[0] + across + 0.02 * side, up, 0.40 - 0.25 * (eye[0] + across) ** 2], 1)
        _line(picture, camera, rim, thick)
        arm = np.array([[eye[0] + 0.27 * side, 0.02, 0.25], [side * 0.80, 0.03, -0.55]])
        _line(picture, camera, arm, thick)
    bridge = np.array(
        [[eyes[0][0] + 0.23, 0.03, 0.40], [0, 0.06, 0.43], [eyes[1][0] - 0.23, 0.03, 0.40]]
    )
    _line(picture, camera, bridge, thick)


def _on_brow(at_rest: Floats, looks: Looks, eye_x: float) -> tuple[Floats, Floats]:
    """Place along the brow (-1 inner to 1 outer end) and height above its middle line."""
    half = 0.225 + 0.025 * looks.brow_length
    along = (np.abs(at_rest[:, 0]) - eye_x - 0.03) / half
    line = 0.215 + 0.03 * looks.brow_height + 0.018 * looks.brow_slope * along
    line = line - (0.030 + 0.022 * looks.brow_curve) * (along - 0.15) ** 2
    return along, np.asarray(at_rest[:, 1] - line)


def _hairs(start: Floats, at_rest: Floats, along: Floats, rng: np.random.Generator) -> Floats:
    outward = np.sign(at_rest[:, 0])
    lift = np.interp(along, (-1, -0.5, 1), (0.9, 0.35, -0.2))
    heading = np.stack(
        [outward, lift + rng.normal(0, 0.25, len(start)), -0.15 * np.ones(len(start))], 1
    )
    heading /= np.linalg.norm(heading, axis=1, keepdims=True)
    length = rng.uniform(0.03, 0.06, len(start))[:, None]
    return np.stack([start, start + heading * length / 2, start + heading * length], 1)


def _line(picture: NDArray[np.uint8], camera: Camera, points: Floats, thick: int) -> None:
    screen, _ = camera.seen(points)
    cv2.polylines(picture, [np.round(screen * 16).astype(np.int32)], isClosed=False,
                  color=(32, 30, 34), thickness=thick, lineType=cv2.LINE_AA, shift=4)  # fmt: skip
