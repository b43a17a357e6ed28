"""What pictures and tables are made from, and what the report says of them."""

# What kinds can ask for, of each run of a figure.
FILES = {
    "codes": "results/runs/{run.dataset}/{run.autoencoder}/seed{run.seed}/epoch{run.epoch}/codes.npz",
    "draws": "results/runs/{run.dataset}/{run.autoencoder}/seed{run.seed}/epoch{run.epoch}/{run.sampler}/n{run.size}m{run.draws}/draws.npz",
    "times": "results/runs/{run.dataset}/{run.autoencoder}/seed{run.seed}/epoch{run.epoch}/{run.sampler}/n{run.size}m{run.draws}/timing.json",
    "scores": "results/runs/{run.dataset}/{run.autoencoder}/seed{run.seed}/epoch{run.epoch}/{run.sampler}/n{run.size}m{run.draws}/scores.json",
    "images": "results/runs/{run.dataset}/{run.autoencoder}/seed{run.seed}/epoch{run.epoch}/{run.sampler}/n{run.size}m{run.draws}/images.npy",
    "group_draws": "results/runs/{run.dataset}/{run.autoencoder}/seed{run.seed}/epoch{run.epoch}/{run.sampler}/n{run.size}m{run.draws}/{figure}/draws.npz",
    "group_images": "results/runs/{run.dataset}/{run.autoencoder}/seed{run.seed}/epoch{run.epoch}/{run.sampler}/n{run.size}m{run.draws}/{figure}/images.npy",
    "neighbours": "results/runs/{run.dataset}/{run.autoencoder}/seed{run.seed}/epoch{run.epoch}/{run.sampler}/n{run.size}m{run.draws}/neighbours.npz",
    "trees": "results/runs/{run.dataset}/{run.autoencoder}/seed{run.seed}/epoch{run.epoch}/{run.sampler}/n{run.size}m{run.draws}/trees.json",
    "places": "results/runs/{run.dataset}/{run.autoencoder}/seed{run.seed}/epoch{run.epoch}/{figure}/n{run.size}m{run.draws}.npz",
    "ends": "results/novelty/{figure}.npz",
    "modes": "results/modes/{figure}.npz",
    "ways": "results/runs/{run.dataset}/{run.autoencoder}/seed{run.seed}/epoch{run.epoch}/{figure}.npz",
    "draw_ways": "results/runs/{run.dataset}/{run.autoencoder}/seed{run.seed}/epoch{run.epoch}/{run.sampler}/n{run.size}m{run.draws}/{figure}.npz",
}


def shown_runs(wildcards):
    """The runs that one picture shows."""
    figure = plan.figures[wildcards.figure]
    if figure.kind.synthetic:
        return []
    return figure.runs_of(wildcards.dataset, figure.kind.one_seed)


def are_given(dataset):
    """Whether a data set is codes of somebody's own; synthetic codes are no data set."""
    known = plan.data_sets.get(dataset)
    return known is not None and known.kind == given_codes.KIND


def runs_of_codes(figure):
    """The runs of a table of scores on codes that are given, of which it names a sampler."""
    if figure.kind_name != "scores":
        return []
    return [run for run in figure.runs if are_given(run.dataset)]


def times_of(found):
    """How long each of some runs took to fit and to draw."""
    return [FILES["times"].format(run=run) for run in found]


def accuracies(name, *datasets):
    """How well the classifiers that a figure's numbers come of tell held-out images."""
    figure = plan.figures[name]
    trained_here = {"shares": True, "scores": "classifier" in figure.features}
    if not trained_here.get(figure.kind.numbers):
        return []
    return [
        f"results/data/{dataset}/classifier.json"
        for dataset in datasets or figure.datasets
        if "features classifier" not in plan.data_sets[dataset].lacks
    ]


def picture_from(wildcards):
    """The files that one picture is drawn from: those of its runs, or the numbers of all, or both."""
    kind, found = plan.figures[wildcards.figure].kind, shown_runs(wildcards)
    given = {
        name: [FILES[name].format(run=run, figure=wildcards.figure) for run in found]
        for name in kind.files
    }
    if not kind.files or "scores" in kind.files:
        given["numbers"] = f"results/{kind.numbers}/{wildcards.figure}.csv"
        given["accuracies"] = accuracies(wildcards.figure, wildcards.dataset)
    if plan.figures[wildcards.figure].options.get("dimension"):
        given["dimensions"] = (
            f"results/data/{wildcards.dataset}/intrinsic_dimension.csv"
        )
    if kind.data or are_given(wildcards.dataset):
        given["data"] = f"results/data/{wildcards.dataset}.npz"
    return given


def about_picture(wildcards):
    """What a kind is told of one picture."""
    figure, found = plan.figures[wildcards.figure], shown_runs(wildcards)
    hide = config["datasets"].get(wildcards.dataset, {}).get("hide_originals", False)
    about = {
        "kind": figure.kind_name,
        "dataset": wildcards.dataset,
        "names": written.about(figure, plan.studies[figure.study]),
        "runs": shown(figure, found),
        "lines": list(map(tuple, figure.lines)),
        "draws": figure.draws,
    }
    if figure.turns:
        about["turns"] = list(map(tuple, figure.turns_of(wildcards.dataset)))
    if figure.kind.files and "images" in figure.kind.capabilities:
        about["hide_originals"] = hide
        about["hidden"] = [hide and plan.shows_originals(run) for run in found]
    if figure.kind.data:
        about["groups"] = plan.data_sets[wildcards.dataset].recombined
    return about | {k: v for k, v in figure.options.items() if k != "grid"}


def page_of(wildcards):
    """What a kind says of its pictures, or of its tables, which are of all data sets."""
    kind = plan.figures[wildcards.figure].kind
    return kind.figure if "dataset" in wildcards.keys() else kind.table


def caption_of(wildcards):
    """Two or three sentences below a picture or a table."""
    figure = plan.figures[wildcards.figure]
    about = {"dataset": wildcards.get("dataset"), "draws": figure.draws}
    about |= {"threads": config["threads"]} | figure.options
    if about["dataset"] and "groups" in figure.kind.capabilities:
        about |= plan.data_sets[wildcards.dataset].groups_in_words()
    return f"{escaping.in_rst(figure.title)} {page_of(wildcards).caption.format_map(about)}"


def labels_of(wildcards):
    """How the report names a picture or a table."""
    return report_rows.labels(plan, wildcards.figure, wildcards.get("dataset"))


def category_of(wildcards):
    """The question of the report that a picture or a table answers."""
    return page_of(wildcards).category


def claimed_figures(study):
    """The figures whose numbers the claims of a study are about, if it has a table of claims."""
    figures = plan.studies[study]["figures"].values()
    if all(figure["kind"] != "claims" for figure in figures):
        return set()
    path = library / "studies" / study / "claims.yaml"
    autoencoders = plan.studies[study]["autoencoders"]
    measured = plan.measured(study)
    claims = ledger.load(path, plan.numbered(study), autoencoders, measured)
    return {claim.figure for claim in claims if claim.figure}


def check_published(figure):
    """Refuse a table of published numbers that the study's file, or its paper, does not have."""
    path = library / "studies" / figure.study / "published.csv"
    rows = published_numbers.read(path, figure.options["table"])
    if "paper_settings" not in figure.options:
        return
    said, where = figure.options["paper_settings"], f"figure {figure.name!r}"
    paper_settings.check(said, rows["dataset"].unique(), where)


def others_of(figure):
    """The figures whose numbers a table without runs of its own is about -> what these are."""
    found = plan.numbered(figure.study) | plan.measured(figure.study)
    known = {
        name: numbers
        for name, numbers in found.items()
        if plan.figures[name].datasets or plan.figures[name].kind.of == "simulations"
    }
    if figure.kind_name == "claims":
        wanted = claimed[figure.study]
    else:
        wanted = {figure.options.get("compared_with")}
    return {name: known[name] for name in sorted(wanted & known.keys())}


def paper_of(figure):
    """The file with what a study's paper says, in words or in numbers."""
    file = "claims.yaml" if figure.kind_name == "claims" else "published.csv"
    return shipped(f"workflow/studies/{figure.study}/{file}")


def table_from(wildcards):
    """The files that one table is set from: the numbers of its runs, or the paper's and others'."""
    figure = plan.figures[wildcards.figure]
    if figure.kind.numbers:
        found = runs_of_codes(figure)
        given = {"paper": paper_of(figure)} if figure.options.get("table") else {}
        return given | {
            "numbers": f"results/{figure.kind.numbers}/{wildcards.figure}.csv",
            "accuracies": accuracies(wildcards.figure),
            "data": [
                f"results/data/{dataset}.npz"
                for dataset in dict.fromkeys(run.dataset for run in found)
            ],
            "times": times_of(found),
        }
    others = others_of(figure)
    given = {"paper": paper_of(figure)}
    if others:
        given["others"] = [
            f"results/{numbers}/{other}.csv" for other, numbers in others.items()
        ]
        given["accuracies"] = sorted(set(chain(*map(accuracies, others))))
    return given


def about_table(wildcards):
    """What a kind is told of one table."""
    figure = plan.figures[wildcards.figure]
    study = plan.studies[figure.study]
    about = {
        "kind": figure.kind_name,
        "names": written.about(figure, study),
        "draws": figure.draws,
        "departures": config_checks.departures(
            definitions.samplers(study), figure.study
        ),
    }
    if found := runs_of_codes(figure):
        about |= {"columns": runs.AXES, "runs": shown(figure, found)}
    if not figure.kind.numbers:
        about |= {
            "others": others_of(figure),
            "all_figures": list(plan.numbered(figure.study)),
            "autoencoders": list(study["autoencoders"]),
            "kinds": {name: known.kind for name, known in plan.data_sets.items()},
        }
    if measured := list(plan.measured(figure.study)):
        about["measured"] = measured
    if figure.kind_name == "published":
        other = plan.figures[figure.options["compared_with"]]
        about["trainings"] = paper_settings.differences(
            plan, other, figure.options["paper_settings"]
        )
    if figure.kind_name == "claims":
        of_methods = others_of(figure).keys() & plan.numbered(figure.study).keys()
        about["same"] = identities.methods(
            plan, map(plan.figures.get, sorted(of_methods))
        )
    return about | figure.options


def page_code(script, figure):
    """A digest of the code behind a picture or a table, with what metrics and spaces are called."""
    shown = plan.figures[figure]
    of_scores = shown.kind.numbers == "scores" or shown.kind.of == "nothing"
    modules = scored_modules(shown) if of_scores else []
    return code(script, f"kinds/{shown.kind_name}", *modules)
