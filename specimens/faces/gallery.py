"""The gallery: pictures of people who do not exist, and who is related to whom."""
from pathlib import Path

FOLDER = Path(__file__).parent / "gallery"
