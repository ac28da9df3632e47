"""Taking an application in: its form understood, its files kept, nothing believed yet."""
