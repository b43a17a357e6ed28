"""Settings of autoencoders that figures turn: each value is one more training, named after it."""

import pytest
from expost.figures import interpolation, methods
from expost.study import identities, runs, summary
from planning import planned

CONTROLS = ["ae/copy", "ae/held_out"]
VAE = {"vae": {"on": {"digits": {"options": {"beta": 0.5}}}}}


def turned(turns, shown=("vae/reconstruction", "vae/prior"), kind="sweep", **more):
    """A change of the study by one figure that turns settings."""
    new = {"kind": kind, "title": "A sweep.", "methods": [*shown, *CONTROLS], "turns": turns}
    return {"autoencoders": VAE, "figures": {"one": new}} | more


def names(plan, figure="one", dataset="digits"):
    return list(dict.fromkeys(run.autoencoder for run in plan.figures[figure].runs_of(dataset)))


def test_each_value_is_a_training_and_its_own_value_is_the_autoencoder_itself():
    plan = planned(turned({"vae": {"options.beta": [0.1, 0.5, 2]}}))
    wanted = ["ebcae.vae-beta-0.1", "ebcae.vae", "ebcae.vae-beta-2"]
    assert names(plan) == [*wanted, "ebcae.ae"]
    assert {*wanted, "ebcae.vae-beta-0.5"} <= set(plan.autoencoders())
    found = [plan.training("digits", name) for name in wanted]
    assert [training["options"] for training in found] == [{"beta": b} for b in (0.1, 0.5, 2)]
    for training in found:
        assert training | {"options": 0} == found[1] | {"options": 0}


def test_what_a_study_says_of_a_data_set_holds_for_turned_autoencoders_too():
    turns = {"vae": {"latent": [3, 10], "optimiser.learning_rate": [0.5]}}
    changes = turned(turns, kind="scores")
    plan = planned(changes | {"training": {"on": {"digits": {"batch": 16, "latent": 7}}}})
    assert names(plan)[:3] == [
        *("ebcae.vae-latent-3", "ebcae.vae-latent-10", "ebcae.vae-learning_rate-0.5")
    ]
    usual = plan.training("digits", "ebcae.vae")
    assert (usual["batch"], usual["latent"], usual["options"]) == (16, 7, {"beta": 0.5})
    assert plan.training("digits", "ebcae.vae-latent-3") == usual | {"latent": 3}
    faster = usual["optimiser"] | {"learning_rate": 0.5}
    found = plan.training("digits", "ebcae.vae-learning_rate-0.5")
    assert found == usual | {"optimiser": faster}
    assert plan.epochs("digits", "ebcae.vae-latent-3") == plan.epochs("digits", "ebcae.vae")


def test_an_own_value_is_looked_for_on_each_data_set():
    config = {"on": ["digits", "more"], "datasets": {"more": {"kind": "digits", "size": 32}}}
    plan = planned(turned({"vae": {"options.beta": [0.5, 1]}}), config)
    assert names(plan, dataset="digits")[:2] == ["ebcae.vae", "ebcae.vae-beta-1"]
    assert names(plan, dataset="more")[:2] == ["ebcae.vae-beta-0.5", "ebcae.vae"]


def test_controls_that_show_originals_are_run_once():
    plan = planned(
        turned({"vae": {"latent": [2, 4]}}, ["vae/gmm", "vae/reconstruction", "vae/held_out"])
    )
    found = {}
    for run in plan.figures["one"].runs:
        found.setdefault(run.sampler, set()).add(run.autoencoder)
    both = {"ebcae.vae-latent-2", "ebcae.vae-latent-4"}
    assert found["gmm"] == found["reconstruction"] == both
    assert found["held_out"] == {"ebcae.vae", "ebcae.ae"}
    assert found["copy"] == {"ebcae.ae"}


def test_several_autoencoders_and_knobs_are_turned_at_once():
    changes = turned({"vae": {"latent": [2, 4]}, "ae": {"latent": [4, 8]}}, ["vae/gmm", "ae/gmm"])
    changes["figures"]["one"]["knobs"] = {"vae/kde": {"bandwidth": [0.5]}}
    plan = planned(changes)
    found = [run[1:3] for run in plan.figures["one"].runs_of("digits", one_seed=True)]
    assert set(found) == {
        *((f"ebcae.{name}", "gmm") for name in ("ae-latent-4", "ae-latent-8")),
        *(
            (f"ebcae.vae-latent-{latent}", sampler)
            for latent in (2, 4)
            for sampler in ("gmm", "kde", "kde-bandwidth-0.5")
        ),
        *(("ebcae.ae", sampler) for sampler in ("copy", "held_out")),
    }
    for run in plan.figures["one"].runs:
        assert plan.sampler(run).get("bandwidth") == (0.5 if "-" in run.sampler else None)


def test_kinds_of_autoencoders_turn_settings_too():
    new = {"kind": "interpolation", "title": "Ways.", "autoencoders": ["vae"]}
    plan = planned({"figures": {"one": new | {"turns": {"vae": {"latent": [2, 10]}}}}})
    assert names(plan) == ["ebcae.vae-latent-2", "ebcae.vae"]
    shown = [("digits", "vae-latent-2", 40, 0), ("digits", "vae", 40, 0)]
    long = "Variational autoencoder"
    assert interpolation.labels(shown) == [f"{long}, latent 2", long]


def test_seeds_and_the_first_page_know_a_turned_autoencoder_by_its_name():
    assert runs.bare("ebcae.vae-beta-0.5") == "vae-beta-0.5"
    plan = planned(turned({"vae": {"options.beta": [0.1]}}))
    (run, *_) = plan.figures["one"].runs
    assert runs.identity(run)[1] == "vae-beta-0.1"
    assert summary.summary(plan)["autoencoders"] == ["ae", "vae"]


@pytest.mark.parametrize(
    ("turns", "message"),
    [
        ({"vae": {"options.beat": [1]}}, "unknown option beat; it takes beta.*{}: options.beat"),
        ({"vae": {"beta": [1]}}, "'beta' in {}: beta, which is an option.*write options.beta"),
        ({"vae": {"latnet": [2]}}, "unknown settings latnet; .*'latent'.*{}: latnet"),
        ({"vae": {"latent": [2, 0]}}, "latent 0; wanted .*'vae-latent-0' of.*{}: latent"),
        ({"vae": {"options.beta": [-1]}}, "beta -1; wanted .*'vae-beta--1' .*{}: options.beta"),
        ({"vae": {"epochs": [3]}}, "got epochs 3; wanted a list.*{}: epochs"),
        ({"vea": {"latent": [2]}}, "unknown autoencoder 'vea' in figure 'one'"),
        ({"vae": {"latent": [2], "width": [0.5]}}, "got latent, width in the `turns` of figure 'o"),
        ({"vae": {"latent": []}}, "got no setting in the `turns` of figure 'one'"),
        ({"vae": {"reconstruction": ["squared_error"]}}, "'squared_error' of recon.*wants numbers"),
        ({"ae": {"latent": [2]}, "vae": {"width": [1]}}, "got latent, width in the `turns`"),
    ],
)
def test_what_no_training_can_have_is_refused_where_it_stands(turns, message):
    where = "`turns` of figure 'one' of study 'ebcae', ebcae.vae"
    with pytest.raises(ValueError, match=message.replace("{}", where)):
        planned(turned(turns, ["vae/gmm", "ae/gmm"]))


def test_the_intrinsic_dimension_is_shown_beside_lengths_of_codes_alone():
    changes = turned({"vae": {"options.beta": [1, 2]}})
    changes["figures"]["one"]["dimension"] = True
    with pytest.raises(
        ValueError, match="options.beta along its horizontal axis; .*`latent` alone"
    ):
        planned(changes)


def test_a_turned_autoencoder_is_one_that_the_figure_shows():
    with pytest.raises(ValueError, match="autoencoder 'ebcae.vae' in the `turns` of .*ebcae.ae"):
        planned(turned({"vae": {"latent": [2]}}, ["ae/gmm"]))


def test_one_name_does_not_stand_for_two_trainings():
    changes = turned({"vae": {"options.beta": [0.1]}})
    changes["figures"]["two"] = {
        **changes["figures"]["one"],
        "kind": "scores",
        "turns": {"vae": {"options.beta": ["0.1"]}},
    }
    with pytest.raises(ValueError, match="the same name, ebcae.vae-beta-0.1; leave one"):
        planned(changes)


def test_claims_may_call_the_own_value_by_its_name():
    plan = planned(turned({"vae": {"options.beta": [0.1, 0.5]}}))
    known = identities.methods(plan, [plan.figures["one"]])["digits"]
    assert known["vae-beta-0.5/prior"] == known["vae/prior"] != known["vae-beta-0.1/prior"]
    assert "vae-beta-0.5/held_out" not in known


def test_names_are_shown_in_words_and_in_the_order_of_numbers():
    assert methods.method("vae-beta-0.5", "prior").label == "VAE, beta 0.5"
    assert methods.method("ae-latent-4", "gmm").label == "GMM (ae, latent 4)"
    assert methods.method("vae-latent-4", "kde-bandwidth-2").label == (
        "KDE, bandwidth 2 (vae, latent 4)"
    )
    assert not methods.is_control("vae-beta-0.5", "prior")
    assert methods.is_control("vae-beta-0.5", "reconstruction")
    order = [(f"vae{turn}", "prior") for turn in ("", "-beta-0.5", "-beta-2", "-beta-10")]
    assert sorted(set(order), key=lambda pair: methods.rank(*pair)) == order
