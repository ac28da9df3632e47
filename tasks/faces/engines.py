"""Both engines by name."""

from tasks.faces.dlib_face import DlibEngine, dlib_engine
from tasks.faces.sface import SFaceEngine, sface_engine

__all__ = ["DlibEngine", "SFaceEngine", "dlib_engine", "sface_engine"]
