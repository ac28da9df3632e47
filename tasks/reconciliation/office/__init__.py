"""What belongs to no application: who may act, under which policies, and what lies in no books."""
