"""Cases before people: the queue, claims, opinions, corrections, samples."""
