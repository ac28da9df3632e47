"""The processes of a running system: orchestrator, workers, supervision, the main job."""
