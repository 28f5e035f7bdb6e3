"""The small projects here are read by the tests, never collected as tests."""

collect_ignore_glob = ["*"]
