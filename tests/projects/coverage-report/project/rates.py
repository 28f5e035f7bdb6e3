"""Rates of a clinic."""


def missed_rate(appointments):
    """Share of appointments that nobody came to."""
    missed = [item for item in appointments if item["missed"]]
    total = len(appointments)
    return len(missed) / total


def late_rate(appointments):
    """Share of appointments that began late; no test names it, yet the coverage report says that it ran."""
    late = [item for item in appointments if item["minutes_late"] > 5]
    total = len(appointments)
    return len(late) / total


def full_rate(appointments, places):
    """Share of places that were taken; a test imports it and the coverage report says that it never ran."""
    taken = len(appointments)
    free = max(places - taken, 0)
    return taken / (taken + free)
