"""Pixels: turned, rectified, denoised, cut into lines."""
