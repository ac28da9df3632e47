"""How a picture is taken: by scanner or phone, well or badly."""

from typing import Final, NamedTuple

from specimens.dice import Dice

LEVELS: Final = ("scan", "phone", "hard", "small", "bad", "sketch")
SKETCH: Final = 3.0
"""Pixels a millimetre of the level "sketch": nothing to read, but quick to draw."""


class Shot(NamedTuple):
    """How a picture is taken; lengths as shares of the picture's longer side.

    Attributes:
        long_side: Pixels of the picture's longer side.
        fill: Share of the picture that the page may span.
        tilt: How far corners move by perspective, share of the page.
        skew: Rotation in degrees.
        bend: How far paper waves and folds displace, pixels at 2,000.
        light: How uneven the light is, 0 to 0.6.
        shadow: Darkness of a cast shadow, 0 to 0.7.
        glare: Strength of burnt-out blobs, 0 to 1.
        blur: Sigma of defocus, pixels.
        motion: Length of motion blur, pixels.
        noise: Sigma of the sensor's noise, grey levels.
        quality: Of the JPEG, 1 to 100.
        turn: Quarter turns clockwise of the page in the picture, 0 to 3.
        exif: Whether the turn is told in EXIF (the picture then shows upright).
        flat: A scan: no background around, no perspective.
    """

    long_side: int = 2200
    fill: float = 0.86
    tilt: float = 0.02
    skew: float = 0.0
    bend: float = 0.0
    light: float = 0.1
    shadow: float = 0.0
    glare: float = 0.0
    blur: float = 0.0
    motion: float = 0.0
    noise: float = 2.0
    quality: int = 90
    turn: int = 0
    exif: bool = False
    flat: bool = False


def invent_shot(level: str, width: float, dice: Dice) -> Shot:
    """A way of taking the picture, within what a level allows.

    Args:
        level: One of LEVELS.
        width: Of the sheet, millimetres; a scanner's picture follows from it.
        dice: Chance.

    Raises:
        ValueError: No such level.
    """
    match level:
        case "scan":
            return _scan(width, dice)
        case "phone":
            return _phone(dice)
        case "hard":
            return _hard(dice)
        case "small":
            return _small(dice)
        case "sketch":
            return Shot(long_side=round(width * SKETCH), fill=1.0, tilt=0, noise=0, flat=True)
        case "bad":
            return _hard(dice)._replace(
                long_side=dice.whole(520, 800), blur=dice.real(2.2, 3.5), motion=dice.real(6, 12)
            )
    message = f"no capture level {level!r}; there are {', '.join(LEVELS)}"
    raise ValueError(message)


def _scan(width: float, dice: Dice) -> Shot:
    dots = dice.whole(200, 300)
    return Shot(
        long_side=round(width / 25.4 * dots),
        fill=1.0,
        tilt=0,
        skew=dice.sway(0.6),
        light=0.02,
        noise=dice.real(0.5, 2),
        blur=dice.real(0, 0.5),
        quality=dice.whole(82, 95),
        flat=True,
    )


def _phone(dice: Dice) -> Shot:
    turn = dice.weighted({0: 8, 1: 1, 3: 1})
    return Shot(
        long_side=dice.whole(1600, 3000),
        fill=dice.real(0.74, 0.95),
        tilt=dice.real(0.005, 0.035),
        skew=dice.sway(2.2),
        bend=dice.real(0, 5),
        light=dice.real(0.05, 0.25),
        shadow=dice.real(0, 0.25) if dice.chance(0.4) else 0,
        glare=dice.real(0.2, 0.5) if dice.chance(0.2) else 0,
        blur=dice.real(0.2, 0.9),
        noise=dice.real(1.5, 4.5),
        quality=dice.whole(78, 94),
        turn=turn,
        exif=dice.chance(0.6),
    )


def _hard(dice: Dice) -> Shot:
    return Shot(
        long_side=dice.whole(900, 1400),
        fill=dice.real(0.7, 0.97),
        tilt=dice.real(0.02, 0.07),
        skew=dice.sway(5),
        bend=dice.real(3, 13),
        light=dice.real(0.15, 0.45),
        shadow=dice.real(0.25, 0.55) if dice.chance(0.6) else 0,
        glare=dice.real(0.5, 0.95) if dice.chance(0.45) else 0,
        blur=dice.real(0.5, 1.15),
        motion=dice.real(2, 4) if dice.chance(0.3) else 0,
        noise=dice.real(3, 8),
        quality=dice.whole(55, 85),
        turn=dice.weighted({0: 5, 1: 2, 2: 1.5, 3: 2}),
        exif=dice.chance(0.3),
    )


def _small(dice: Dice) -> Shot:
    """A photograph as a messenger passes it on: 900 pixels, grainy, compressed hard."""
    return Shot(
        long_side=900,
        fill=dice.real(0.78, 0.97),
        tilt=dice.real(0.01, 0.05),
        skew=dice.sway(3),
        bend=dice.real(0, 6),
        light=dice.real(0.1, 0.35),
        shadow=dice.real(0.15, 0.4) if dice.chance(0.4) else 0,
        glare=dice.real(0.4, 0.8) if dice.chance(0.4) else 0,
        blur=dice.real(0.4, 0.8),
        noise=dice.real(5, 9),
        quality=50,
        turn=dice.weighted({0: 2, 1: 1, 3: 1}),
    )
