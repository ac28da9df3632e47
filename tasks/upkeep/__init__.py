"""Operations on a whole installation: deadlines, retention, backup, key rotation, retries."""
