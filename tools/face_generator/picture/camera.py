"""From the head's own axes to a picture's pixels."""

from typing import NamedTuple

import numpy as np

from tools.face_generator.figure.mesh import Floats


class Camera(NamedTuple):
    """A camera in front of a head; angles in radians, lengths in decimetres.

    Attributes:
        size: Height and width of the picture in pixels.
        scale: Pixels a decimetre at the eyes.
        centre: Where the point between the eyes lies, pixels (x, y).
        distance: From the lens to the eyes; small exaggerates the nose.
        turn: Rotation of the head's axes to the camera's, 3 x 3.
    """

    size: tuple[int, int]
    scale: float
    centre: tuple[float, float]
    distance: float
    turn: Floats

    def seen(self, places: Floats) -> tuple[Floats, Floats]:
        """Pixels (x, y) and nearness of places relative to the point between the eyes."""
        turned = places @ self.turn.T
        shrink = self.scale * self.distance / np.maximum(self.distance - turned[..., 2], 0.5)
        x = self.centre[0] + turned[..., 0] * shrink
        y = self.centre[1] - turned[..., 1] * shrink
        return np.stack([x, y], -1), np.asarray(turned[..., 2])

    def directions(self, vectors: Floats) -> Floats:
        """Directions in the camera's axes."""
        return np.asarray(vectors @ self.turn.T)


def turned(yaw: float, pitch: float, roll: float) -> Floats:
    """A head turned left (yaw), up (pitch) and tilted (roll), radians."""
    cy, sy, cp, sp, cr, sr = (f(a) for a in (yaw, pitch, roll) for f in (np.cos, np.sin))
    about_y = np.array([[cy, 0, sy], [0, 1, 0], [-sy, 0, cy]])
    about_x = np.array([[1, 0, 0], [0, cp, sp], [0, -sp, cp]])
    about_z = np.array([[cr, -sr, 0], [sr, cr, 0], [0, 0, 1]])
    return np.asarray(about_z @ about_x @ about_y)
