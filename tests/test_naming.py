"""How several autoencoders are written: titles, order, lines and colours in figures and tables."""

import pytest
from expost import objectives
from expost.figures import interpolation, methods, naming
from expost.study import definitions, summary, written
from planning import planned, write_study
from scored import scores, tables_of

NAMES = {
    "vae": ("VAE", True),
    "wae": ("WAE", True),
    "rae_l2": ("RAE-L2", False),
    "rae": (None, False),
    "ae": ("AE", False),
}


def labels(pairs, autoencoders=NAMES):
    with naming.of(autoencoders, pairs):
        return [methods.method(*pair).label for pair in pairs]


def test_an_autoencoder_is_written_by_its_title_or_its_name():
    pairs = [(name, "gmm") for name in (*NAMES, "other.ae")]
    assert labels(pairs) == [
        *("GMM (VAE)", "GMM (WAE)", "GMM (RAE-L2)", "GMM (rae)", "GMM (AE)"),
        "GMM (other.ae)",
    ]
    assert [methods.method(*pair).label for pair in pairs[-2:]] == ["GMM", "GMM (other.ae)"]


def test_originals_are_nobodys_unless_a_figure_has_them_of_several():
    once = [("ae", "copy"), ("ae", "held_out"), ("vae", "copy")]
    assert labels(once[:2]) == ["Training copies", "Held-out images"]
    assert labels(once) == ["Training copies (AE)", "Held-out images", "Training copies (VAE)"]


def test_a_models_own_prior_competes_and_that_of_another_is_a_control():
    with naming.of(NAMES):
        assert not methods.is_control("vae", "prior")
        assert not methods.is_control("wae", "prior")
        assert methods.is_control("rae", "prior")
        assert methods.method("vae", "prior").label == "Prior (VAE)"
        assert methods.method("wae", "prior").label == "Prior (WAE)"
        colours = [methods.method(name, "prior").colour for name in ("wae", "rae")]
        assert colours == [methods.METHODS[name].colour for name in ("vae/prior", "prior")]
    assert methods.is_control("wae", "prior")
    assert methods.method("vae", "prior").label == "VAE"


def test_methods_stand_by_autoencoder_in_the_studys_order_and_originals_last():
    pairs = [(name, sampler) for sampler in ("gmm", "reconstruction", "prior") for name in NAMES]
    pairs += [("vae", "held_out"), ("vae", "copy")]
    with naming.of(NAMES, pairs):
        ranked = sorted(pairs, key=lambda pair: methods.rank(*pair))
    assert ranked[:4] == [("vae", "gmm"), ("vae", "prior"), ("wae", "gmm"), ("wae", "prior")]
    assert [name for name, _ in ranked[4:7]] == ["rae_l2", "rae", "ae"]
    assert ranked[7:9] == [("vae", "reconstruction"), ("wae", "reconstruction")]
    assert ranked[-2:] == [("vae", "copy"), ("vae", "held_out")]


def test_colours_are_of_samplers_or_where_one_is_compared_of_autoencoders():
    compared = [(name, "gmm") for name in NAMES]
    with naming.of(NAMES, [*compared, ("ae", "copy"), ("ae", "held_out")]):
        looks = [methods.method(*pair) for pair in compared]
        assert len({look.colour for look in looks}) == len(NAMES)
        assert [look.colour for look in looks] == [k.colour for k in methods.PALETTE[: len(NAMES)]]
        assert {look.line for look in looks} == {"-"}
        assert methods.method("ae", "held_out").colour == methods.METHODS["held_out"].colour
    with naming.of(NAMES, [*compared, ("ae", "kde")]):
        looks = [methods.method(*pair) for pair in compared]
        assert {look.colour for look in looks} == {methods.METHODS["gmm"].colour}
        assert len({look.line for look in looks}) == len(NAMES)
    with naming.of(NAMES, [("rae", "gmm"), ("rae", "held_out")]):
        assert methods.method("rae", "gmm").colour == methods.METHODS["gmm"].colour


def test_more_autoencoders_than_colours_have_some_by_their_names():
    many = {f"vae_{k}": (f"VAE, k = {k}", True) for k in range(12)}
    with naming.of(many, [(name, "gmm") for name in many]):
        colours = {methods.method(name, "gmm").colour for name in many}
    assert len(colours) == len(many)
    assert len(methods.PALETTE) < len(many)


def test_nothing_is_known_of_a_figure_once_it_is_drawn():
    assert labels([("rae_l2", "gmm")]) == ["GMM (RAE-L2)"]
    with pytest.raises(AttributeError):
        labels([("rae_l2", None)])
    assert methods.method("rae_l2", "gmm").label == "GMM (rae_l2)"


def test_tables_and_ways_between_images_have_titles_too():
    frame = scores({"gmm": [1.0, 1.1], "reconstruction": [0.5, 0.6]}).assign(autoencoder="rae_l2")
    with naming.of(NAMES):
        table = tables_of(frame)[0][0]
        assert interpolation.labels([("digits", "rae_l2", 5, 0)]) == ["RAE-L2"]
    assert [row[0] for row in table.rows[:2]] == ["GMM (RAE-L2)", "Reconstruction (RAE-L2)"]
    assert interpolation.labels([("digits", "ae", 5, 0)]) == ["Autoencoder"]


def test_a_study_says_how_its_autoencoders_are_written_and_trains_them_as_before():
    changes = {"autoencoders": {"vae": {"title": "β-VAE (k = 1)"}}}
    plan, before = planned(changes), planned()
    study = plan.studies["ebcae"]
    assert written.autoencoders(study) == {"ae": (None, False), "vae": ("β-VAE (k = 1)", True)}
    assert definitions.training(study, "vae", "digits") == before.training("digits", "ebcae.vae")
    assert summary.summary(plan)["autoencoders"] == ["ae", "β-VAE (k = 1)"]
    about = written.about(plan.figures["sample_grid"], study)
    assert about["methods"][-3:] == [("vae", "prior"), ("ae", "real_nvp"), ("ae", "held_out")]
    assert written.about(plan.figures["interpolation"], study)["methods"] == []


def test_codes_that_are_given_have_one_name_for_each_sampler():
    for sampler, name in {"vine": "Vine copula", "copy": "Training copies"}.items():
        look = methods.method("given", sampler)
        assert (look.label, look.tag) == (name, name)
    look = methods.method("given", "held_out")
    assert (look.label, look.tag) == ("Held-out codes", "Held-out codes")
    assert methods.method("ae", "vine").tag == "Vine"


def test_objectives_with_a_prior_are_objectives():
    assert set(written.WITH_PRIOR) < set(objectives.OBJECTIVES)


def test_a_mixture_is_not_the_prior_that_is_drawn_from():
    options = {"normal": {}, "mixture": {"target": "mixture"}}
    entries = {name: {"objective": "gen", "options": own} for name, own in options.items()}
    found = written.autoencoders({"autoencoders": entries})
    assert found == {"normal": (None, True), "mixture": (None, False)}


@pytest.mark.parametrize("title", ["", " a", "a ", "$x$", "a\nb", "a\n", "a\\b", "x" * 25, 3])
def test_a_title_that_cannot_be_written_is_refused(title):
    with pytest.raises(ValueError, match="study 'ebcae'"):
        planned({"autoencoders": {"vae": {"title": title}}})


@pytest.mark.parametrize("title", ["ae", "AE"])
def test_two_autoencoders_that_would_be_written_alike_are_refused(tmp_path, title):
    entries = {"ae": {"objective": "ae"}, "vae": {"objective": "vae", "title": title}}
    if title == "AE":
        entries["ae"]["title"] = title
    write_study(tmp_path, "ebcae", autoencoders=entries)
    with pytest.raises(ValueError, match=f"'ae' and 'vae' .* both be written {title!r}"):
        planned(folder=tmp_path)
