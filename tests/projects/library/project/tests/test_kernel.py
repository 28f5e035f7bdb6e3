import numpy as np

from smoothie import KernelSmoother


def test_a_constant_stays_a_constant():
    times = np.arange(5.0)
    assert np.allclose(KernelSmoother().fit(times, np.full(5, 3.0)).predict(times), 3.0)


def test_noise_is_smoothed():
    times = np.arange(200.0)
    noise = np.random.normal(size=200)
    assert KernelSmoother(width=5).fit(times, noise).predict(times).std() < noise.std()
