"""What the history of a project teaches: concepts that come back, concepts that were learned, what to learn next."""
