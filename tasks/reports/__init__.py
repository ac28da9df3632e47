"""Results for people and programs: outcome lines, reading lines, employer lists."""
