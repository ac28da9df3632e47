"""What people do with a case, put into effect: corrections, rechecks, samples, decisions."""
