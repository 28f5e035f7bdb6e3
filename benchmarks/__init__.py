"""Speed and memory of `readiness check`, measured against other tools in the same run; `make bench` prints the table."""
