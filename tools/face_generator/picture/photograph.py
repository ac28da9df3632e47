"""Take one picture of an invented person in a scene."""

from pathlib import Path
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from tools.face_generator.figure.body import Body, Sitter, body_of, looked_up
from tools.face_generator.figure.hair import Scalp, grow
from tools.face_generator.figure.mesh import Floats, Ints, ShapeData, shape_data
from tools.face_generator.figure.skin import (
    Surface,
    cloth_colour,
    eye_colour,
    is_clothed,
    linear,
    skin_colour,
)
from tools.face_generator.picture.camera import Camera
from tools.face_generator.picture.light import Canvas, Lighting, lit
from tools.face_generator.picture.raster import Fragments, rasterise
from tools.face_generator.picture.strands import Strands, draw, shadow
from tools.face_generator.picture.trimmings import brows, draw_glasses, lashes

Pixels = NDArray[np.uint8]


class StudioScene(NamedTuple):
    """How the picture is taken.

    Attributes:
        size: Height and width, pixels.
        finer: The picture is drawn this many times larger, then shrunk: smooth edges.
        head: Share of the picture's height from chin to crown.
        eyes_at: Height of the eyes, share from the top; and their place across.
        distance: From the lens, decimetres.
        turn: Rotation of the head, 3 x 3.
        light: The lamps.
        exposure: Factor from linear light to the screen.
        backdrop: What stands behind, blue-green-red.
        expression: Weights of face units.
        gaze: Where the pupils turn, decimetres right and up.
        softness: Blur of the lens, pixels.
        grain: Noise of the sensor, grey levels.
    """

    size: tuple[int, int]
    finer: float
    head: float
    eyes_at: tuple[float, float]
    distance: float
    turn: Floats
    light: Lighting
    exposure: float
    backdrop: Pixels
    expression: dict[str, float]
    gaze: tuple[float, float]
    softness: float
    grain: float


def photograph(data_folder: Path, sitter: Sitter, scene: StudioScene, seed: int) -> Pixels:
    """One picture, blue-green-red.

    Args:
        data_folder: The mesh package's data.
        sitter: Whom it shows.
        scene: How it is taken.
        seed: For strands and grain.
    """
    data = shape_data(data_folder)
    body = body_of(data, sitter, scene.expression)
    camera = _camera(data, body, scene)
    screen, near = camera.seen(body.vertices)
    fragments = rasterise(screen, near, body.triangles, camera.size)
    count = int(np.interp(sitter.style.top + sitter.style.sides, (0.3, 2.0), (14_000, 26_000)))
    scalp = Scalp(body.triangles[: body.body_count], body.vertices, body.scalp)
    strands = grow(scalp, sitter.style, count, sitter.genes.marks)
    picture = _skin_picture(data, sitter, scene, body, camera, fragments, strands)
    hair_colour = linear(sitter.wear.hair)
    fine = (
        brows(data, body.vertices, sitter.genes, sitter.sex, sitter.age),
        lashes(data, body.vertices),
    )
    for lines in (*fine, strands):
        draw(picture, lines, hair_colour, scene.light, camera, fragments.depth, scene.exposure,
             filled=lines is strands)  # fmt: skip
    if sitter.wear.glasses:
        draw_glasses(picture, data, body.vertices, camera)
    return _developed(picture, scene, seed)


def _camera(data: ShapeData, body: Body, scene: StudioScene) -> Camera:
    skin = body.vertices[np.unique(body.triangles[: body.body_count])]
    tall = skin[:, 1].max() - body.vertices[data.mesh.chin][1]
    height, width = (round(side * scene.finer) for side in scene.size)
    centre = (width * scene.eyes_at[1], height * scene.eyes_at[0])
    return Camera((height, width), scene.head * height / tall, centre, scene.distance, scene.turn)


def _skin_picture(
    data: ShapeData, sitter: Sitter, scene: StudioScene, body: Body, camera: Camera,
    seen: Fragments, strands: Strands,
) -> Pixels:  # fmt: skip
    shown = seen.triangle >= 0
    owner, share = seen.triangle[shown], seen.weights[shown]
    corners = body.triangles[owner]
    rest = (share[..., None] * data.mesh.rest[corners]).sum(1)
    normal = camera.directions((share[..., None] * body.normals[corners]).sum(1))
    colour, skin, gloss = _surface_colour(data, sitter, scene, body, (owner, share, rest))
    canvas = Canvas(
        _spread(shown, normal / (np.linalg.norm(normal, axis=1, keepdims=True) + 1e-9)),
        seen.depth, _spread(shown, skin), 1.55 * camera.scale,
    )  # fmt: skip
    light = lit(canvas, _spread(shown, colour), _spread(shown, gloss), scene.light)
    light *= shadow(strands, scene.light, camera)[..., None]
    ground = cv2.resize(scene.backdrop, camera.size[::-1], interpolation=cv2.INTER_CUBIC)
    face = np.clip(_film(light * scene.exposure) * 255, 0, 255)[..., ::-1]
    return np.where(shown[..., None], face, ground).astype(np.uint8)


def _surface_colour(
    data: ShapeData, sitter: Sitter, scene: StudioScene, body: Body, at: tuple[Ints, Floats, Floats]
) -> tuple[Floats, Floats, Floats]:
    """Colour, "is skin" and gloss of each visible place."""
    owner, share, rest = at
    eye_x = float(data.mesh.eye[0])
    is_eye = owner >= body.body_count
    uv = (share[..., None] * data.mesh.uv[data.mesh.body_uv[np.where(is_eye, 0, owner)]]).sum(1)
    lips = looked_up(data.mask("lips"), uv)
    scalp = (share * body.scalp[body.triangles[owner]]).sum(1)
    clothed = is_clothed(rest, sitter.wear) & ~is_eye
    bare = ~clothed & ~is_eye
    colour = np.empty_like(rest)
    places = Surface(rest[bare], lips[bare])
    own = skin_colour(places, sitter.genes, sitter.sex, sitter.age, eye_x)
    stubble = np.clip(scalp[bare] * 1.1 - 0.1, 0, 1)[:, None] * 0.93
    colour[bare] = own * (1 - stubble) + linear(sitter.wear.hair) * 0.6 * stubble
    colour[clothed] = cloth_colour(rest[clothed], sitter.wear)
    colour[is_eye] = eye_colour(rest[is_eye], eye_x, sitter.genes.looks.shade, scene.gaze)
    skin = np.where(is_eye | clothed, 0.0, 1 - scalp)
    gloss = np.where(is_eye, 0.9, 0.10 + 0.10 * lips) * ~clothed * (1 - 0.8 * scalp)
    return colour, skin, np.asarray(gloss)


def _spread(shown: NDArray[np.bool_], values: Floats) -> Floats:
    out = np.zeros((*shown.shape, *values.shape[1:]))
    out[shown] = values
    return out


def _film(light: Floats) -> Floats:
    """Linear light to screen values, with a soft shoulder in the highlights."""
    bent = np.where(light > 0.75, 0.75 + 0.25 * np.tanh((light - 0.75) / 0.25), light)
    return np.asarray(np.clip(bent, 0, 1) ** (1 / 2.2))


def _developed(picture: Pixels, scene: StudioScene, seed: int) -> Pixels:
    height, width = scene.size
    small = cv2.resize(picture, (width, height), interpolation=cv2.INTER_AREA)
    if scene.softness:
        small = cv2.GaussianBlur(small, (0, 0), scene.softness)
    rng = np.random.default_rng(seed)
    noise = cv2.GaussianBlur(rng.normal(0, 1, (height, width, 3)), (0, 0), 0.6) * scene.grain
    return np.clip(small + noise, 0, 255).astype(np.uint8)
