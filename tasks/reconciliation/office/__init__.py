"""What belongs to no application: who may act, under which policies, and unknown objects."""
