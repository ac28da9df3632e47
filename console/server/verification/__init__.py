"""The main job: batches verified in worker processes of this machine."""
