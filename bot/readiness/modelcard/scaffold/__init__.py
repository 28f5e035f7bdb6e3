"""Model cards that are begun from the facts of training code, and renewed when these change."""
