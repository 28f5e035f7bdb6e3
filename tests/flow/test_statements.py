"""Values flow through statements: assignments, branches, loops, and what leaves them early."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Check = Callable[[str], None]

ASSIGNMENTS = {
    "a name holds what it was given last": """
        x = source()
        y = x
        x = 1
        sink(x)
        sink(y)  #!
    """,
    "several targets share a value": """
        x = y = source()
        sink(x)  #!
        sink(y)  #!
    """,
    "an annotated name holds its value": """
        x: int = source()
        sink(x)  #!
    """,
    "adding keeps what was there and brings what comes": """
        x, y = source(), 1
        x += 1
        y += source()
        sink(x)  #!
        sink(y)  #!
    """,
    "a deleted name holds nothing": """
        x = source()
        del x
        sink(x)
    """,
    "a value flows through an assignment expression": """
        if (x := source()):
            sink(x)  #!
    """,
}
BRANCHES = {
    "what any branch leaves behind counts": """
        if c:
            x = source()
        else:
            x = 1
        sink(x)  #!
    """,
    "what every branch replaces is gone": """
        x = source()
        if c:
            x = 1
        elif d:
            x = 2
        else:
            x = 3
        sink(x)
    """,
    "a branch sees nothing of its sibling": """
        x = 1
        if c:
            x = source()
        else:
            sink(x)
    """,
    "a branch that does not come back leaves nothing behind": """
        def f():
            x = 1
            if c:
                x = source()
                return
            sink(x)
    """,
    "the chosen value carries, not what is asked": """
        sink(source() if c else 1)  #!
        sink(1 if source() else 2)
        sink(y or source())  #!
        sink(not source())
    """,
    "a case of `match` binds parts of the subject": """
        match source():
            case [first, *rest]:
                sink(first)  #!
                sink(rest)  #!
            case {"k": value, **others} | Point(value, others):
                sink(others)  #!
            case other if other:
                sink(1)
    """,
}
LOOPS = {
    "a loop sees what its last turn left": """
        x = 1
        for row in rows:
            sink(x)  #!
            x = source()
    """,
    "however many turns it takes": """
        a = b = c = d = 1
        while go():
            sink(a)  #!
            a, b = b, c
            c = d
            d = source()
    """,
    "what the body replaces may stay if it never runs": """
        x = source()
        for row in rows:
            x = 1
        sink(x)  #!
    """,
    "an element carries what all carry": """
        for row in source():
            sink(row)  #!
    """,
    "a loop may be left early": """
        while True:
            x = source()
            if c:
                break
            x = 1
        sink(x)  #!
    """,
    "the next turn may begin early": """
        x = 1
        for row in rows:
            sink(x)  #!
            if c:
                x = source()
                continue
            x = 2
    """,
    "`else` runs when the loop was not left": """
        for row in rows:
            x = source()
            break
        else:
            x = 1
            sink(x)
        sink(x)  #!
    """,
    "what is listed is walked one by one": """
        for name, value in [("a", source()), ("b", 1)]:
            sink(name)
            sink(value)  #!
        for value in (1, 2):
            sink(value)
    """,
    "in other orders as well": """
        both = [source(), 1]
        for number, value in enumerate(both):
            sink(number)
        for value, other in zip(both, [1, 2]):
            sink(other)
        for value in reversed(list(both)):
            sink(value)  #!
    """,
    "each turn of a listed loop changes its own element": """
        for frame in [train, test]:
            frame["x"] = frame["y"]
        train["y"] = source()
        for frame in [train, test]:
            frame["x"] = frame["y"]
        sink(test)
        sink(train)  #!
    """,
    "a list that grows is no longer listed": """
        values = [1]
        values.append(source())
        for value in values:
            sink(value)  #!
    """,
    "parts of elements are told apart in unknown orders too": """
        for number, value in enumerate(source()):
            sink(number)
            sink(value)  #!
        for left, right in zip(source(), others):
            sink(left)  #!
            sink(right)
    """,
}
OTHERS = {
    "a context manager is what it manages": """
        with source() as x, open(y) as z:
            sink(x)  #!
            sink(z)
    """,
    "a handler may begin anywhere in the body": """
        x = 1
        try:
            x = source()
            x = other()
        except ValueError as error:
            sink(x)  #!
            sink(error)
        else:
            sink(x)
        finally:
            sink(x)  #!
    """,
    "what raises nothing needs no handler": """
        x = 1
        try:
            pass
        except ValueError:
            x = source()
        sink(x)
    """,
    "nothing comes behind what was raised": """
        def f():
            x = source()
            try:
                raise ValueError(x)
            finally:
                y = x
            sink(y)
    """,
    "a coroutine gives what it awaits": """
        async def f():
            x = await source()
            async for y in x:
                sink(y)  #!
            async with x as z:
                sink(z)  #!
    """,
    "a class body runs where it stands": """
        x = source()
        class A:
            y = x
            sink(y)  #!
    """,
}
ALL = {**ASSIGNMENTS, **BRANCHES, **LOOPS, **OTHERS}


@pytest.mark.parametrize("name", ALL)
def test_values_flow_through_statements(name: str, check: Check) -> None:
    check(ALL[name])
