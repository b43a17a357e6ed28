"""What does not fit together is refused before anything runs, by name, with what would fit."""

import pytest
from expost import kinds
from expost.study import config_checks, definitions
from expost.study.plan import Plan
from jsonschema import Draft202012Validator
from planning import CONFIG, STUDIES, figure, planned, schema, validate, write_study


def methods(*names):
    return figure("scores", methods=[*names, "ae/copy", "ae/held_out"])


def grid(**lists):
    entry = {"sampler": ["kde"], "dimension": [2], "size": [10]} | lists
    return figure("cost_over_sample_size", grid=[entry])


@pytest.mark.parametrize(
    ("overrides", "message"),
    [
        ({"samplers": {"gausian": {}}}, "'gausian'.*gaussian.*`samplers` of study 'ebcae'"),
        ({"samplers": {"kde": {"bandwith": 1}}}, "'kde'.*'bandwith'.*bandwidth.*`samplers`"),
        ({"samplers": {"smooth": {"sampler": "empirical_bta"}}}, "'empirical_bta'.*'smooth' in"),
        ({"samplers": {"smooth": {"sampler": "kde", "degree": 3}}}, "'degree'.*'smooth' in"),
        ({"samplers": {"kde": {"sampler": "gmm"}}}, "'gmm' for the entry 'kde'.*own"),
        ({"samplers": {"kde": {"on": {"digits": {"h": 1}}}}}, "'kde' has no option 'h'"),
        (methods("ae/gausian"), "unknown sampler 'gausian'.*gaussian.*figure 'scores' of study"),
        (methods("ea/gmm"), "unknown autoencoder 'ea' in figure 'scores'.* wanted one of ae, vae"),
        (
            methods("no.ae/gmm"),
            "unknown study 'no' in figure 'scores'.* wanted one of compare, ebcae",
        ),
        (figure("scores", on=["digit"]), "unknown data set 'digit' in figure 'scores'.*digits"),
        (figure("scores", methods=["ae/gmm", "ae/copy"]), "no method with the sampler held_out"),
        (figure("scores", epochs=[61]), "unknown epoch 61 in figure 'scores'.*one of 5, 15, 40"),
        (figure("scores", sizes=[998]), "size 998 in figure 'scores'.*digits has 997 training"),
        ({"draws": 401}, "draws 401.*800 test images.*at most 400"),
        (figure("scores", kind="score"), "unknown kind 'score' in figure 'scores'.*gallery"),
        (figure("scores", point=3), "figure 'scores'.*no option point; known are kind, title"),
        (figure("tsne", points="many"), "points 'many' in figure 'tsne'.*whole number above 0"),
        (figure("interpolation", steps=0), "steps 0 in figure 'interpolation'"),
        (figure("interpolation", pairs=True), "pairs True in figure 'interpolation'"),
        (figure("metrics_over_epochs", over="time"), "over 'time'.*one of epoch, size"),
        (figure("published_table1", where=[]), r"where \[\] in figure 'published_table1'.*text"),
        (
            figure("published_table1", compared_with="tsne"),
            "unknown figure with numbers 'tsne' in figure 'published_table1'.*computing_times",
        ),
        ({"figures": {"x": {"kind": "costs", "title": "X."}}}, "figure 'x'.* lacks grid"),
        ({"figures": {"x": {"kind": "curves", "title": "X."}}}, "figure 'x'.* lacks over"),
        (figure("interpolation", autoencoders=["eae"]), "'eae' in figure 'interpolation'.*ae, vae"),
        (figure("vine_trees", seeds=[0, 1]), "2 runs of digits in figure 'vine_trees'.*shows one"),
        (figure("vine_trees", methods=["ae/kde"]), "'kde' in figure 'vine_trees'.* no trees.*vine"),
        (figure("trade_off", epochs="all"), "epoch 5, 15, 40 in figure 'trade_off'.*wants one"),
        (
            figure("claims", methods=["ae/gmm"]),
            "figure 'claims'.*no option methods; known are kind",
        ),
        (figure("interpolation", draws=20), "figure 'interpolation'.*no option draws"),
        (figure("codes", kind="scores", title="X."), "figure called 'codes'.*name of files"),
        (methods("ae/gmm", "ebcae.ae/gmm"), "one method or autoencoder twice in figure 'scores'"),
        (figure("scores", features=["incepton"]), "feature space 'incepton'.*classifier"),
        ({"training": {"on": {"digts": {}}}}, "'digts' in overrides.ebcae.training.on.*digits"),
        ({"samplers": {"kde": {"on": {"digts": {}}}}}, "'digts' in .*samplers.kde.on.*digits"),
        (grid(size=[]), "no runs in the grid of figure 'cost_over_sample_size'"),
        (grid(sampler=["gausian"]), "'gausian'.*gaussian.*'cost_over_sample_size'"),
        (grid(size=10), "in the grid of figure 'cost_over_sample_size'.*lists of whole numbers"),
        (grid(dimension=[2.5]), "'dimension': .2.5.*in the grid of figure"),
        (grid(sizes=[3]), "'sizes'.*in the grid of figure"),
        (figure("cost_over_sample_size", grid={}), "got {} in the grid of figure"),
        (
            figure("targeted_sampling", methods=["vae/prior"]),
            "'prior'.*cannot be told what to draw.*gaussian, .*held_out",
        ),
        (figure("recombination", methods=["ae/kde"]), "'kde'.*no margins.*vine, empirical_beta"),
        (
            figure("trade_off", knobs={"ae/gm": {"x": [1]}}),
            "'gm' in the knobs of figure 'trade_off'.*gmm",
        ),
        (figure("scores", knobs={"ae/kde": {"h": [1]}}), "'kde'.*'h'.*figure 'scores'.*bandwidth"),
        (figure("trade_off", knobs={"ea/kde": {"bandwidth": [1]}}), "'ea' in figure 'trade_off'"),
    ],
)
def test_what_does_not_fit_is_named_with_what_would(overrides, message):
    with pytest.raises(ValueError, match=message):
        planned(overrides)


@pytest.mark.parametrize(
    ("config", "message"),
    [
        ({"studies": ["ebcea"]}, "unknown study 'ebcea' in `studies` of the config; .* ebcae"),
        ({"studies": ["ebcae/../ebcae"]}, "unknown study 'ebcae/../ebcae'"),
        ({"overrides": {"ebcea": {}}}, "unknown study 'ebcea' in `overrides` of the config"),
        ({"on": ["digit"]}, "unknown data set 'digit' in `on` of the config; .* digits"),
        ({"datasets": {"x": {"kind": "minst"}}}, "'minst'.*mnist"),
        (
            {"datasets": {"x": {"kind": "npz", "crop": 3, "path": "x"}}},
            "'npz' has no option",
        ),
    ],
)
def test_configs_that_name_what_is_not_there_are_refused(config, message):
    with pytest.raises(ValueError, match=message):
        planned(None, config)


def test_a_figure_without_any_methods_is_refused(tmp_path):
    study = definitions.read(STUDIES, "ebcae")
    write_study(tmp_path, "ebcae", figures={"scores": study["figures"]["scores"]}, methods=[])
    message = "no methods in figure 'scores' of study 'ebcae'; list some, or give the study"
    with pytest.raises(ValueError, match=message):
        Plan(CONFIG, kinds.every(), tmp_path, lambda study: None)


@pytest.mark.parametrize("text", ["- a", "3", "{a: [", "\0"])
def test_a_study_that_is_no_mapping_is_refused_by_its_file(text, tmp_path):
    (tmp_path / "ebcae").mkdir()
    (tmp_path / "ebcae/study.yaml").write_text(text)
    with pytest.raises(ValueError, match=r"study\.yaml"):
        planned(None, None, tmp_path)


def test_one_name_stands_for_one_sampler_on_an_autoencoder(tmp_path):
    methods = ["ebcae.ae/kde", "ae/copy", "ae/held_out"]
    scores = definitions.read(STUDIES, "ebcae")["figures"]["scores"]
    write_study(tmp_path, "ebcae", figures={"first": scores}, methods=methods, samplers={})
    other = {"samplers": {"kde": {"count": 3}}, "methods": methods}
    write_study(tmp_path, "other", figures={"second": scores}, **other)
    with pytest.raises(ValueError, match="'kde' in figure 'second' of study 'other', but another"):
        planned(None, {"studies": ["ebcae", "other"]}, tmp_path)


@pytest.mark.parametrize(
    ("overrides", "words"),
    [
        ({"draws": 9}, "study 'ebcae': 9 is less than"),
        ({"drows": 9}, "study 'ebcae': .*'drows' was unexpected"),
        (
            {"figures": {"all": {"kind": "claims", "title": "A."}}},
            "'ebcae': 'all' should not",
        ),
        ({"figures": {"a_": {"kind": "claims", "title": "A."}}}, "'a_' does not match"),
        ({"training": {"on": {"digits": 3}}}, "3 is not of type 'object'"),
        ({"training": {"on": {"digits": {"lattent": 3}}}}, "'lattent' was unexpected"),
        ({"autoencoders": {"ae": {"beta": 2}}}, "'beta' was unexpected"),
        ({"samplers": {"kde": {"on": {"digits": 3}}}}, "3 is not of type 'object'"),
        ({"methods": ["ae"]}, "'ae' does not match"),
        (
            {"samplers": {"kde": {"low": 2.0}}, "draws": 400.0},
            r"400\.0 for overrides\.ebcae\.draws",
        ),
    ],
)
def test_studies_that_overrides_spoil_are_refused_by_their_schema(overrides, words):
    with pytest.raises(ValueError, match=words):
        planned(overrides)


@pytest.mark.parametrize("name", ["config", "study"])
def test_the_schemas_are_schemas(name):
    Draft202012Validator.check_schema(schema(name))
    validate(definitions.read(STUDIES, "ebcae"))


def test_a_folder_of_data_is_one(tmp_path):
    config_checks.check_data_dir(None)
    config_checks.check_data_dir(str(tmp_path))
    with pytest.raises(ValueError, match="'no/such/folder', which is no folder"):
        config_checks.check_data_dir("no/such/folder")
