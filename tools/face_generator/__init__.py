"""Draws the faces of the gallery: people who do not exist, with relatives that look like them."""
