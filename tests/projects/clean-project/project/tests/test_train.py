import pandas as pd

from bedtime.train import fit_ridge


def test_a_straight_line_is_learned():
    beds = pd.DataFrame({"yesterday": range(50), "beds": range(50)})
    model, error = fit_ridge(beds)
    assert error < 0.1
    assert round(float(model.coef_[0]), 2) == 1.0
