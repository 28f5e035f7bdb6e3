"""What a pull request takes away is spoken of on it, although no line of it is there any more."""

import pytest

MONITOR = 'from scipy.stats import ks_2samp\nalarm = ks_2samp(old["age"], new["age"]).pvalue < 0.01\n'
SERVE = "risk = model.predict(rows)\n"
BASE = {"readiness.yaml": "select: [drift-monitoring-removed]\n", "monitor.py": MONITOR, "serve.py": SERVE}


@pytest.mark.parametrize("changes", [{"monitor.py": None}, {"monitor.py": "alarm = False\n"}])
def test_a_pull_request_that_removes_the_last_check_for_drift_is_asked_about_it(new_lab, changes):
    lab = new_lab()
    with lab.github:
        repo = lab.github.create_repo("lab/served", BASE)
        pull = lab.ada.open_pull(repo, changes)
        result = lab.run(pull)
        spoken = "\n".join(
            [*(thread.comments[0].body for thread in pull.threads), *(one.body for one in pull.conversation)]
        )
        assert "removes the last check for drift: line 2 of `monitor.py`" in spoken
        assert "drift-monitoring-removed" in result.job.summary


def test_a_check_that_only_moves_is_no_loss(new_lab):
    lab = new_lab()
    with lab.github:
        repo = lab.github.create_repo("lab/served", BASE)
        pull = lab.ada.open_pull(repo, {"monitor.py": None, "watch/drift.py": MONITOR})
        lab.run(pull)
        assert (pull.threads, pull.conversation) == ([], [])
