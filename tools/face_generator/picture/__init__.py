"""The picture of a person: camera, light, triangles and hairs to pixels."""
