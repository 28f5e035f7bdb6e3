import rates
from rates import full_rate


def test_rates_of_one_appointment():
    for name in ("missed_rate", "late_rate"):
        assert getattr(rates, name)([{"missed": False, "minutes_late": 0}]) == 0


def test_full_rate_is_there():
    assert full_rate is not None
