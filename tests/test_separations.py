"""Trials in which two normals move apart, their table, and their figure."""

import numpy as np
import pandas as pd
import pytest
from expost.analyses import separations
from expost.analyses.estimates_compared import compare
from expost.divergences import discriminators
from expost.divergences.bandwidth import largest_divergence
from expost.divergences.jensen_shannon import JensenShannon
from expost.divergences.separated import separated, true_divergence
from expost.divergences.targets import Mixture
from expost.figures import separations as figure
from expost.kinds import separations as kind
from expost.runtime import seeding
from expost.tables.separations_table import separations_table

STEPS = [0, 3, 6]


@pytest.fixture(scope="module")
def trials():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(discriminators, "MOST_STEPS", 100)
        return separations.simulate(2, [60, 100], 3, STEPS, "few")


def of(trials, **wanted):
    for column, value in wanted.items():
        trials = trials[trials[column] == value]
    return trials


def test_both_are_asked_about_the_same_codes_and_stand_beside_the_truth(trials):
    assert list(trials.columns) == separations.COLUMNS
    jsd = of(trials, metric="jsd")
    assert jsd.groupby(["estimator", "size"]).size().eq(3 * len(STEPS)).all()
    for s in STEPS:
        assert of(jsd, estimator="true", separation=s)["value"].eq(true_divergence(s)).all()
    codes, fresh, drawn = separations.sample(2, 100, 1, STEPS)
    h = largest_divergence(2, 100, rng=seeding.generator("bandwidth of separations", 2, 100))
    target = Mixture.standard_normal(2)
    found = of(jsd, estimator="kde", size=100, seed=1)["value"]
    wanted = [
        JensenShannon(a, target, c, b).at(h).bits
        for a, b, c in zip(codes, fresh, drawn, strict=True)
    ]
    assert list(found) == wanted
    assert of(trials, size=100, metric="bandwidth")["value"].eq(h).all()


def test_samples_follow_their_laws_and_are_of_their_own():
    codes, fresh, drawn = separations.sample(1, 4000, 0, [0, 6])
    assert codes.shape == (2, 4000, 1)
    assert fresh.shape == drawn.shape == (2, separations.FRESH, 1)
    for x, s in zip((codes[1], fresh[1]), (6, 6), strict=True):
        assert x.std() == pytest.approx(1, abs=0.05)
        near = np.mean(np.abs(x) < 0.5)  # between the two hardly anything is
        law = separated(1, s)
        grid = np.linspace(-0.5, 0.5, 1001)[:, None]
        assert near == pytest.approx(np.exp(law.log_density(grid)).mean(), abs=0.02)
    assert np.mean(np.abs(drawn[1]) < 0.5) == pytest.approx(0.383, abs=0.04)
    parts = [*codes[:, :9].reshape(2, -1), *fresh[:, :9].reshape(2, -1)]
    assert len({part.tobytes() for part in parts}) == 4


def test_correlations_are_within_trials(trials):
    one = of(trials, estimator="kde", size=60, seed=2)
    bits = of(one, metric="jsd").sort_values("separation")["value"]
    wanted = np.corrcoef(bits, STEPS)[0, 1]
    assert of(one, metric="correlation")["value"].item() == pytest.approx(wanted)
    assert of(trials, estimator="true", metric="correlation")["value"].gt(0.9).all()


def test_more_trials_begin_as_fewer_do():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(discriminators, "MOST_STEPS", 25)
        few, more = (separations.simulate(2, [30], n, STEPS, "few") for n in (1, 2))
    bits = [of(t, estimator="kde", metric="jsd", seed=0)["value"].tolist() for t in (few, more)]
    assert bits[0] == bits[1]


def test_the_setting_that_says_most_of_unseen_codes_is_taken(monkeypatch):
    known = dict(zip(separations.SETTINGS["few"], (0.1, 0.3), strict=True))

    class Known:
        def __init__(self, setting):
            self.setting = setting

        def bits(self, fresh, drawn):
            assert fresh.shape == drawn.shape == (2 * len(STEPS), separations.FRESH, 2)
            return np.full(len(fresh), known[self.setting])

    monkeypatch.setattr(discriminators, "train", lambda codes, setting, rng: Known(setting))
    assert separations._tuned(2, 30, STEPS, "few") == separations.SETTINGS["few"][1]


def made(kde, discriminator, size=100):
    """Trials with these correlations."""
    common = {"dataset": "simulated", "dimensions": 5, "size": size}
    rows = []
    for name, values in (
        ("kde", kde),
        ("discriminator", discriminator),
        ("true", [0.92] * len(kde)),
    ):
        for seed, value in enumerate(values):
            key = common | {"estimator": name, "seed": seed}
            rows += [key | {"metric": "correlation", "value": value}]
            rows += [
                key | {"metric": "jsd", "separation": s, "value": s * value - 0.1} for s in STEPS
            ]
    single = {"bandwidth": 0.5, "learning_rate": 0.003, "weight_decay": 1.0, "steps": 50.0}
    rows += [common | {"seed": 0, "metric": name, "value": v} for name, v in single.items()]
    return pd.DataFrame(rows)


def test_the_higher_is_bold_where_the_paired_difference_is_beyond_chance():
    apart = made([0.9, 0.5, 0.1], [0.8, 0.41, -0.02])  # far apart in themselves, alike in pairs
    unclear = made([0.9, 0.5, 0.1], [0.1, 0.9, 0.4], size=200)
    lower = made([0.1, 0.2, 0.3], [0.8, 0.9, 0.99], size=400)
    cells = compare(pd.concat([apart, unclear, lower]))
    assert list(cells["higher"]) == ["kde", "", "discriminator"]
    difference = np.array([0.1, 0.09, 0.12])
    assert cells["difference"][0] == pytest.approx(difference.mean())
    wanted = 4.302653 * difference.std(ddof=1) / np.sqrt(3)
    assert cells["half_width"][0] == pytest.approx(wanted, rel=1e-6)
    assert np.allclose(cells["kde_at_0"], -0.1)
    (table,), note = separations_table(cells, 15)
    assert table.bold == {(0, 3), (2, 2)}
    assert "kernels are higher in 1, the discriminator in 1 and neither in 1 of 3 cells" in note
    assert "the best of 15" in note
    assert "has 0.92 itself" in note


def test_of_one_trial_nothing_is_told():
    cells = compare(made([0.9], [0.1]))
    assert list(cells["higher"]) == [""]


def test_the_figure_has_samples_curves_of_the_nearest_cell_and_the_grid(trials):
    whole = figure.figure(trials)
    *samples, curves, grid = whole.axes
    assert [panel.get_title() for panel in samples] == ["s = 0", "s = 3", "s = 6"]
    assert curves.get_title() == "2 dimensions, 100 codes"
    drawn = {line.get_label(): line for line in curves.containers}
    assert set(drawn) == {"kernels", "discriminator", "true"}
    means = (
        of(trials, metric="jsd", size=100, estimator="kde").groupby("separation")["value"].mean()
    )
    assert list(drawn["kernels"].lines[0].get_ydata()) == list(means)
    cells = compare(trials)
    shown = [text.get_text() for text in grid.texts]
    wanted = [f"{cells[n][i]:.2f}" for i in range(2) for n in ("discriminator", "kde")]
    assert [text.replace("−", "-") for text in shown] == wanted


def test_the_kind_sets_both(trials, tmp_path):
    trials.to_csv(tmp_path / "t.csv", index=False)
    given, about = {"numbers": [str(tmp_path / "t.csv")]}, {"tuning": "few"}
    cells, (table,), note = kind.tabulate(given, about)
    assert len(cells) == len(table.rows) == 2
    assert "the best of 2 " in note
    assert kind.draw(given, about).axes
