"""The steps of a verification, one module each: plain functions of plain values."""
