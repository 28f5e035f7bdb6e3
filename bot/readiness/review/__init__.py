"""The review of a pull request: what is on it, what should be said, and the one place that writes."""
