"""GitHub Actions: the event that started the run, and what the runner shows of its result."""
