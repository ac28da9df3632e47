"""The reasons that the signals of a picture give."""

from models.checks.reason import Reason
from tasks.reading.signals.assess_picture import (
    measure_quality,
    measure_signals,
    signal_findings,
)
from tasks.reading.signals.scene import PictureScene


def codes(scene: PictureScene) -> set[Reason]:
    measures = measure_signals(scene)
    quality = measure_quality(scene, measures, rotation=0, scale=1.0)
    return {found.code for found in signal_findings(scene, measures, quality)}
