import pytest

from readiness.facts.packages import packages
from readiness.source.python import PythonSource


def read(text):
    return [
        (one.module, one.hit.location.line, one.optional, one.lazy)
        for one in packages(PythonSource.parse("a.py", text))
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("import os, json\nfrom . import rows\nfrom .rows import load", []),
        ("import pandas as pd\nimport pandas.testing", [("pandas", 1, False, False)]),
        ("from sklearn.svm import SVC", [("sklearn", 1, False, False)]),
        ("try:\n    import torch\nexcept ImportError:\n    torch = None", [("torch", 2, True, False)]),
        (
            "try:\n    import ujson\nexcept ImportError:\n    import simplejson",
            [("ujson", 2, True, False), ("simplejson", 4, True, False)],
        ),
        ("if TYPE_CHECKING:\n    import pandas", [("pandas", 2, True, False)]),
        ("if __name__ == '__main__':\n    import pandas", [("pandas", 2, False, False)]),
        ("def f():\n    import pandas", [("pandas", 2, False, True)]),
        ("def f():\n    import pandas\nimport pandas", [("pandas", 3, False, False)]),
        (
            "try:\n    import pandas\nexcept ImportError:\n    pass\ndef f():\n    import pandas",
            [("pandas", 6, False, True)],
        ),
    ],
)
def test_each_package_stands_at_the_import_that_needs_it_most(text, found):
    assert read(text) == found
