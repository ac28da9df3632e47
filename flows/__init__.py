"""The orchestrator's flows; `verify_batch` is the main job, each reads from top to bottom.

Only this package knows the orchestrator. Parameters, names, logs and states carry identifiers
and codes, never anything personal: everybody who can open the run history can read them.
"""
