"""One invented person: shape of the head, inheritance, skin, hair and clothes."""
