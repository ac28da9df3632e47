"""Of the code itself: would its tests notice, how much of it a picture passes."""
