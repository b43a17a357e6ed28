"""The law of codes that were matched to N(0, I) by kernels, and which trainings have one."""

from types import SimpleNamespace

import numpy as np
import pytest
from expost import samplers
from expost.divergences.bandwidth import optimal_bandwidth
from expost.objectives import gen_target
from expost.runtime import seeding
from expost.study import of_training
from planning import planned

GEN = {"objective": "gen", "options": {"sample": 600}}
CODES = np.zeros((10, 5))


def plan(sampler="shrunk_prior", autoencoder=None, samplers=None, **config):
    methods = [f"ae/{sampler}", "ae/copy", "ae/held_out"]
    study = {
        "autoencoders": {"ae": GEN if autoencoder is None else autoencoder},
        "samplers": samplers or {},
        "figures": {"scores": {"methods": methods}},
    }
    return planned(study, **config)


def options(found, sampler="shrunk_prior"):
    (run, *_) = [run for run in found.figures["scores"].runs if run.sampler == sampler]
    return found.sampler(run)


def test_its_spread_is_what_the_kernels_of_that_many_codes_leave():
    rng = seeding.generator("bandwidth", 5, 600, 1)
    h = optimal_bandwidth(5, 600, rng=rng)
    drawn = samplers.build("shrunk_prior", kernels=600).fit(CODES).sample(200_000, 0)
    np.testing.assert_allclose(np.cov(drawn.T), (1 - h**2) * np.eye(5), atol=0.01)
    np.testing.assert_allclose(drawn.mean(axis=0), 0, atol=0.01)


def test_blurred_by_its_kernels_it_is_the_standard_normal():
    """Kernels at its draws: the density that the paper's equation 8 asks for."""
    from scipy.stats import norm

    one = samplers.build("shrunk_prior", kernels=600).fit(CODES[:, :1])
    x, centres = np.linspace(-2, 2, 5), one.sample(200_000, 1)
    h = np.sqrt(1 - one.scale_**2)
    blurred = norm.pdf(x[:, None], centres.T, h).mean(axis=1)
    np.testing.assert_allclose(blurred, norm.pdf(x), rtol=0.02)


def test_more_kernels_leave_more():
    few, many = (samplers.build("shrunk_prior", kernels=m).fit(CODES) for m in (100, 2000))
    assert few.scale_ < many.scale_ < 1


def test_a_plan_takes_the_kernels_from_the_training():
    assert options(plan()) == {"kernels": 600}
    assert options(plan(samplers={"law": {"sampler": "shrunk_prior"}}, sampler="law"), "law") == {
        "sampler": "shrunk_prior",
        "kernels": 600,
    }
    usual = {"objective": "gen"}
    assert samplers.build("shrunk_prior").kernels == gen_target.SAMPLE
    with pytest.raises(ValueError, match="options.sample 10000"):
        plan(autoencoder=usual)


def test_each_value_of_a_turned_setting_has_its_own():
    turns = {"ae": {"options.sample": [300, 600]}}
    figure = {"kind": "sweep", "title": "t", "turns": turns, "axis": "kernels"}
    figure["methods"] = ["ae/shrunk_prior", "ae/copy", "ae/held_out"]
    found = planned({"autoencoders": {"ae": GEN}, "figures": {"swept": figure}})
    runs = [run for run in found.figures["swept"].runs if run.sampler == "shrunk_prior"]
    kernels = {run.autoencoder: found.sampler(run)["kernels"] for run in runs}
    assert kernels == {"ebcae.ae-sample-300": 300, "ebcae.ae": 600}


@pytest.mark.parametrize(
    ("autoencoder", "said"),
    [
        ({"objective": "aae"}, "objective 'aae' have no law .* those of gen with"),
        ({"objective": "ae"}, "objective 'ae' have no law"),
        (
            {"objective": "gen", "options": {"sample": 600, "target": "mixture"}},
            "objective 'gen' with target 'mixture' have no law",
        ),
    ],
)
def test_a_training_without_such_a_law_is_refused_by_name(autoencoder, said):
    with pytest.raises(ValueError, match=f"{said}.*'shrunk_prior' on 'ebcae.ae', data set 'digi"):
        plan(autoencoder=autoencoder)


def test_kernels_are_never_written_and_files_have_none():
    with pytest.raises(ValueError, match="got kernels 600 for the sampler .*; leave it out"):
        plan(samplers={"shrunk_prior": {"kernels": 600}})
    files = SimpleNamespace(training=lambda *_: {"encoder": "e.onnx", "decoder": "d.onnx"})
    with pytest.raises(ValueError, match="codes from elsewhere .*'shrunk_prior' on 'a.b', .* take"):
        of_training.completed(files, "digits", "a.b", "shrunk_prior", {})


def test_codes_too_long_for_the_kernels_are_refused():
    with pytest.raises(ValueError, match="50 codes of 40 dimensions .* wanted 1,340 codes"):
        samplers.build("shrunk_prior", kernels=50).check_shape(100, 40)
