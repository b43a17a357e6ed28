"""What a paper says of its trainings: what ours have otherwise is a reason not to compare."""

import pandas as pd
import pytest
from expost import kinds, metrics, samplers
from expost.figures import naming
from expost.papers import comparison, published_numbers
from expost.study import paper_settings
from expost.tables import published_table
from planning import STUDIES, figure, planned

SAID = {
    "epochs": 100,
    "images": 50_000,
    "latent": 16,
    "width": 1,
    "networks": "ebcae_mnist",
    "optimiser": {"name": "Adam", "learning_rate": 0.002},
    "schedule": {"kind": "halved_on_plateau", "patience": 5},
    "on": {"celeba": {"latent": 64, "size": 162_770}},
}
RAE = published_numbers.read(STUDIES / "rae/published.csv", "all")


def test_a_data_sets_own_settings_go_before_the_others():
    assert paper_settings.on(SAID, "celeba")["latent"] == 64
    assert paper_settings.on(SAID, "mnist")["latent"] == 16
    assert "size" not in paper_settings.on(SAID, "mnist")


def differences(said, **training):
    plan = planned({"training": training} if training else None)
    return paper_settings.differences(plan, plan.figures["scores"], said)


def test_what_a_training_has_otherwise_is_told_and_nothing_else():
    found = differences(SAID, validation=100, batch=50)
    trained = planned().data_sets["digits"].counts[0] - 100
    reasons = [
        "latent 10, not 16",
        "optimiser's learning rate 0.001, not 0.002",
        "schedule's kind constant, not halved_on_plateau",
        "schedule's patience unsaid, not 5",
        f"trained on {trained} images, not 50000",
    ]
    assert found == {"digits": {"ae": reasons, "vae": reasons}}
    assert differences({"latent": 10, "batch": 32, "epochs": 9})["digits"] == {"ae": [], "vae": []}


@pytest.mark.parametrize(
    ("networks", "reasons"),
    [
        ({"name": "ebcae_mnist"}, []),
        ({"name": "ebcae_svhn"}, ["networks ebcae_svhn, not ebcae_mnist"]),
        ("ebcae_svhn", ["networks ebcae_svhn, not ebcae_mnist"]),
    ],
)
def test_networks_are_the_papers_by_name_where_they_have_no_options(networks, reasons):
    assert differences({"networks": "ebcae_mnist"}, networks=networks)["digits"]["ae"] == reasons


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"latnt": 16}, "got paper_settings latnt in here; .*did you mean 'latent'"),
        ({"on": {"celeba": {"depth": 1}}}, "got paper_settings depth"),
        ({"on": {"mnits": {"latent": 1}}}, "paper_settings on mnits .*did you mean 'mnist'"),
        ({"on": ["mnist"]}, "wanted data sets, each with a mapping"),
        ({"on": {"mnist": 3}}, "wanted data sets, each with a mapping"),
        ({"epochs": [100]}, r"paper_settings.epochs in here.*whole number"),
        ({"images": 0}, "paper_settings.images in here"),
        ({"on": {"mnist": {"size": "many"}}}, "paper_settings.size in here"),
        ({"width": -3}, r"got width -3; .*\(paper_settings in here"),
        ({"on": {"celeba": {"latent": []}}}, r"got latent \[\]; .*\(paper_settings in here"),
        ({"schedule": "nonsense"}, "unknown schedule 'nonsense'.*in here"),
        ({"optimiser": {"name": "Adma"}}, "unknown optimiser 'Adma'.*in here"),
    ],
)
def test_what_no_training_has_and_the_paper_has_no_numbers_of_is_refused(said, message):
    with pytest.raises(ValueError, match=message):
        paper_settings.check(said, ["mnist", "celeba"], "here")


def test_what_a_paper_says_may_be_a_name_or_what_only_its_own_objective_has():
    said = {"optimiser": "Adam", "schedule": {"kind": "halved_on_plateau"}, "keep": "best"}
    paper_settings.check(SAID | said | {"options": {"beta": 2}}, ["mnist", "celeba"], "here")


def test_the_option_is_a_mapping():
    with pytest.raises(ValueError, match="got paper_settings 'all' .*; wanted a mapping"):
        planned(figure("published_table1", paper_settings="all"))


def scores(space="inception", epoch=100, size=50_000, shift=0.0, metric="frechet"):
    rows = RAE[(RAE["dataset"] == "mnist") & (RAE["metric"] == metric)]
    return pd.DataFrame(
        [
            ("mnist", row.autoencoder, row.sampler, epoch, size, seed, space, metric, value)
            for row in rows.itertuples()
            for seed, value in enumerate([row.value + shift - 0.1, row.value + shift + 0.1])
        ],
        columns=[
            *("dataset", "autoencoder", "sampler", "epoch", "size", "seed"),
            *("space", "metric", "value"),
        ],
    )


def compared(ours, trainings=None, draws=10_000):
    said = {"mnist": {"epochs": 100, "size": 50_000}}
    paper = comparison.Paper(162_770, 10_000, said, {"mnist": trainings or {}})
    found = comparison.compare(RAE, ours, draws, {"mnist": "mnist"}, {}, paper)
    return found[found["ours"].notna()]


def test_numbers_without_an_epoch_are_of_the_last_that_the_paper_says():
    assert set(compared(scores())["verdict"]) == {"agrees"}
    assert set(compared(scores(shift=30.0))["verdict"]) == {"worse"}
    both = pd.concat([scores(), scores(epoch=200, shift=30.0)])
    assert set(compared(both)["verdict"]) == {"agrees"}
    early = compared(scores(epoch=15))
    assert set(early["reason"]) == {"after 15 epochs, not 100"}
    assert set(early["verdict"]) == {"not comparable"}


def test_how_many_codes_a_sampler_is_fitted_to_is_nothing_to_one_that_is_not_fitted():
    few = compared(scores(size=800)).groupby("sampler")["reason"].unique()
    assert set(few["gmm"]) == set(few["gaussian"]) == {"fitted to 800 codes, not 50000"}
    for control in ("prior", "reconstruction", "interpolation"):
        assert set(few[control]) == {""}


def test_another_training_is_a_reason_for_its_autoencoder_alone():
    found = compared(scores(), {"rae_l2": ["width 0.125, not 1", "latent 8, not 16"]})
    reasons = found.set_index("autoencoder")["reason"]
    assert set(reasons["rae_l2"]) == {"width 0.125, not 1; latent 8, not 16"}
    assert set(reasons.drop("rae_l2")) == {""}


def test_a_reason_that_all_of_a_data_set_share_stands_once_in_the_note():
    found = compared(scores("classifier"), {"ae": ["latent 8, not 16"]}, draws=2000)
    names = {"rae_l2": ("RAE-L2", False), "ae": ("AE", False)}
    with naming.of(names):
        (table,), note = published_table.published_tables(found, "RAE, Table 1")
    assert table.title == "mnist, Inception features: Fréchet distance ↓"
    assert len(table.rows) == 32
    assert "All of mnist: another feature net (classifier); 2000 draws, not 10000." in note
    why = {row[0]: row[5] for row in table.rows}
    assert why["GMM (RAE-L2)"] == ""
    assert why["GMM (AE)"] == "latent 8, not 16"
    assert {row[4] for row in table.rows} == {"not comparable"}
    one, note = published_table.published_tables(found.iloc[:1], "RAE, Table 1")
    assert one[0].rows[0][5].startswith("another feature net")
    assert "All of" not in note


def test_the_table_is_set_with_what_the_rules_hand_in(tmp_path):
    scores("classifier", epoch=15).to_csv(tmp_path / "scores.csv", index=False)
    about = {"table": "all", "where": "RAE", "paper_size": 9, "paper_draws": 9, "draws": 9}
    about |= {"others": {"rae_table1": "scores"}, "kinds": {"mnist": "mnist"}, "departures": {}}
    about |= {"paper_settings": SAID, "trainings": {"mnist": {"ae": ["latent 8, not 16"]}}}
    given = {"paper": [STUDIES / "rae/published.csv"], "others": [tmp_path / "scores.csv"]}
    found, tables, note = kinds.load("published").tabulate(given, about)
    assert "All of mnist: another feature net (classifier); after 15 epochs, not 100." in note
    assert len(found) == 192
    lost = scores("classifier", epoch=15)
    lost["collapsed"] = ((lost["autoencoder"] == "vae") & (lost["seed"] == 0)).astype(int)
    lost.to_csv(tmp_path / "scores.csv", index=False)
    assert "in no mean: 1 of " in kinds.load("published").tabulate(given, about)[2]
    assert tables[-1].title == "RAE: without a number of ours"


def test_the_numbers_of_the_rae_paper_are_all_there():
    assert RAE["table"].value_counts().to_dict() == {"table1": 96, "table2": 96}
    assert set(RAE["metric"]) <= set(metrics.NAMES)
    assert set(RAE["sampler"]) <= set(samplers.SAMPLERS)
    assert set(RAE["space"]) == {"inception"}
    column = RAE[RAE["sampler"].isin(["prior", "gaussian"])]
    assert set(column[column["sampler"] == "prior"]["autoencoder"]) == {"vae", "wae"}
    assert (column.groupby(["dataset", "autoencoder", "metric"]).size() == 1).all()
    printed = RAE.set_index(["dataset", "autoencoder", "sampler", "metric"])["value"]
    assert printed["mnist", "ae", "gaussian", "frechet"] == 58.73
    assert printed["celeba", "rae_gp", "gaussian", "frechet"] == 116.30
    assert printed["cifar10", "wae", "prior", "prd_recall"] == 0.68
    assert printed["celeba", "rae_sn", "interpolation", "frechet"] == 39.53
