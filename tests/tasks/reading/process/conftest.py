"""A reading process that does what a file says."""

from tests.obedient_reading import obedient_program  # noqa: F401  (fixture)
