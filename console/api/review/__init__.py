"""People's work on cases, for programs that members of staff sign in with."""
