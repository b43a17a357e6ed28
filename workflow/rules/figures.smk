"""
What jobs have made to pictures and tables, and a target for each.

Needs     whatever a figure's kind asks for (workflow/expost/kinds), of the figure's runs
Makes     results/figures/{figure}/{dataset}.png, .pdf; results/tables/{figure}.csv, .md, .tex, .html
Options   figures.{figure} of its study, datasets.{dataset}.hide_originals; nothing here computes a result
"""

# What kinds can ask for, of each run of a figure.
FILES = {
    "images": "results/runs/{run.dataset}/{run.autoencoder}/seed{run.seed}/epoch{run.epoch}/{run.sampler}/n{run.size}m{run.draws}/images.npy",
    "group_draws": "results/runs/{run.dataset}/{run.autoencoder}/seed{run.seed}/epoch{run.epoch}/{run.sampler}/n{run.size}m{run.draws}/{figure}/draws.npz",
    "group_images": "results/runs/{run.dataset}/{run.autoencoder}/seed{run.seed}/epoch{run.epoch}/{run.sampler}/n{run.size}m{run.draws}/{figure}/images.npy",
    "neighbours": "results/runs/{run.dataset}/{run.autoencoder}/seed{run.seed}/epoch{run.epoch}/{run.sampler}/n{run.size}m{run.draws}/neighbours.npz",
    "trees": "results/runs/{run.dataset}/{run.autoencoder}/seed{run.seed}/epoch{run.epoch}/{run.sampler}/n{run.size}m{run.draws}/trees.json",
    "places": "results/runs/{run.dataset}/{run.autoencoder}/seed{run.seed}/epoch{run.epoch}/{figure}/n{run.size}m{run.draws}.npz",
    "ways": "results/runs/{run.dataset}/{run.autoencoder}/seed{run.seed}/epoch{run.epoch}/{figure}.npz",
}


def shown_runs(wildcards):
    """The runs that one picture shows."""
    figure = plan.figures[wildcards.figure]
    if figure.kind.of == "costs":
        return []
    return figure.runs_of(wildcards.dataset, figure.kind.one_seed)


def picture_from(wildcards):
    """The files that one picture is drawn from: those of its runs, or the numbers of all."""
    kind, found = plan.figures[wildcards.figure].kind, shown_runs(wildcards)
    given = {
        name: [FILES[name].format(run=run, figure=wildcards.figure) for run in found]
        for name in kind.files
    }
    if not kind.files:
        given["numbers"] = f"results/{kind.numbers}/{wildcards.figure}.csv"
    if kind.data:
        given["data"] = f"results/data/{wildcards.dataset}.npz"
    return given


def about_picture(wildcards):
    """What a kind is told of one picture."""
    figure, found = plan.figures[wildcards.figure], shown_runs(wildcards)
    hide = config["datasets"].get(wildcards.dataset, {}).get("hide_originals", False)
    about = {
        "kind": figure.kind_name,
        "dataset": wildcards.dataset,
        "runs": shown(figure, found),
        "lines": list(map(tuple, figure.lines)),
        "hide_originals": hide,
        "hidden": [hide and plan.shows_originals(run) for run in found],
        "draws": figure.draws,
    }
    if figure.kind.data:
        about["groups"] = plan.data_sets[wildcards.dataset].recombined
    return about | {k: v for k, v in figure.options.items() if k != "grid"}


def caption_of(wildcards):
    """Two or three sentences below a picture or a table."""
    figure = plan.figures[wildcards.figure]
    page = figure.kind.figure if "dataset" in wildcards.keys() else figure.kind.table
    about = {"dataset": wildcards.get("dataset"), "draws": figure.draws}
    about |= {"threads": config["threads"]} | figure.options
    return f"{figure.title} {page.caption.format_map(about)}"


def labels_of(wildcards):
    """How the report names a picture or a table."""
    figure = plan.figures[wildcards.figure]
    page = figure.kind.figure if "dataset" in wildcards.keys() else figure.kind.table
    dataset = wildcards.get("dataset", "all")
    return {"shown": page.shown, "target": wildcards.figure, "data set": dataset}


def category_of(wildcards):
    """The question of the report that a picture or a table answers."""
    figure = plan.figures[wildcards.figure]
    page = figure.kind.figure if "dataset" in wildcards.keys() else figure.kind.table
    return page.category


def paper_of(wildcards):
    """Whose study it is."""
    return plan.studies[plan.figures[wildcards.figure].study]["paper"]


rule figure:
    """Draw one figure for one data set, as its kind does."""
    input:
        unpack(picture_from),
    output:
        pdf="results/figures/{figure}/{dataset}.pdf",
        png=report(
            "results/figures/{figure}/{dataset}.png",
            caption="../report/page.rst",
            category=category_of,
            subcategory=paper_of,
            labels=labels_of,
        ),
    log:
        "logs/figure/{figure}/{dataset}.log",
    benchmark:
        "results/figures/{figure}/{dataset}.tsv"
    wildcard_constraints:
        dataset=one_of([*plan.data_sets, "synthetic"]),
    conda:
        "../../envs/plots.yaml"
    threads: 1
    resources:
        mem_mb=growing(8000),
        runtime=growing(20),
    params:
        about=about_picture,
        caption=caption_of,
        code=lambda w: code("figure", f"kinds/{plan.figures[w.figure].kind_name}"),
    script:
        "../scripts/figure.py"


def others_of(figure):
    """The figures whose numbers a table without runs of its own is about -> what these are."""
    known = plan.numbered(figure.study)
    if figure.kind_name == "claims":
        return {
            name: known[name] for name in sorted(claimed[figure.study] & known.keys())
        }
    return {figure.options["compared_with"]: known[figure.options["compared_with"]]}


def table_from(wildcards):
    """The files that one table is set from: the numbers of its runs, or the paper's and others'."""
    figure = plan.figures[wildcards.figure]
    if figure.kind.numbers:
        return {"numbers": f"results/{figure.kind.numbers}/{wildcards.figure}.csv"}
    others = others_of(figure)
    file = "claims.yaml" if figure.kind_name == "claims" else "published.csv"
    given = {"paper": shipped(f"workflow/studies/{figure.study}/{file}")}
    if others:
        given["others"] = [
            f"results/{numbers}/{other}.csv" for other, numbers in others.items()
        ]
    return given


def about_table(wildcards):
    """What a kind is told of one table."""
    figure = plan.figures[wildcards.figure]
    study = plan.studies[figure.study]
    about = {
        "kind": figure.kind_name,
        "draws": figure.draws,
        "departures": config_checks.departures(definitions.samplers(study)),
    }
    if not figure.kind.numbers:
        about |= {
            "others": others_of(figure),
            "all_figures": list(plan.numbered(figure.study)),
            "autoencoders": list(study["autoencoders"]),
            "kinds": {name: known.kind for name, known in plan.data_sets.items()},
        }
    return about | figure.options


rule table:
    """Set one table of all data sets, as its kind does."""
    input:
        unpack(table_from),
    output:
        csv="results/tables/{figure}.csv",
        tex="results/tables/{figure}.tex",
        md="results/tables/{figure}.md",
        html=report(
            "results/tables/{figure}.html",
            caption="../report/page.rst",
            category=category_of,
            subcategory=paper_of,
            labels=labels_of,
        ),
    log:
        "logs/table/{figure}.log",
    benchmark:
        "results/tables/{figure}.tsv"
    conda:
        "../../envs/plots.yaml"
    threads: 1
    resources:
        mem_mb=growing(1000),
        runtime=growing(20),
    params:
        about=about_table,
        caption=caption_of,
        code=lambda w: code("table", f"kinds/{plan.figures[w.figure].kind_name}"),
    script:
        "../scripts/table.py"


claimed = {}  # study -> the figures whose numbers its claims are about
for study in config["studies"]:
    path = library / "studies" / study / "claims.yaml"
    if path.is_file():
        try:
            claims = ledger.load(
                path, plan.numbered(study), plan.studies[study]["autoencoders"]
            )
        except ValueError as error:
            raise WorkflowError(error) from None
        claimed[study] = {claim.figure for claim in claims if claim.figure}

pictures, tables = {}, {}  # figure -> what its target makes
for name, figure in plan.figures.items():
    drawn_for = ["synthetic"] if figure.kind.of == "costs" else figure.datasets
    if figure.kind.figure:
        pictures[name] = [f"results/figures/{name}/{d}.png" for d in drawn_for]
    if figure.kind.table and (drawn_for or figure.kind.of == "nothing"):
        tables[name] = [f"results/tables/{name}.csv"]

    rule:
        name:
            name
        input:
            pictures.get(name, []),
            tables.get(name, []),
        localrule: True

    workflow.get_rule(name).docstring = figure.title


for study in config["studies"]:

    rule:
        name:
            study
        input:
            [
                path
                for name, figure in plan.figures.items()
                if figure.study == study
                for path in (*pictures.get(name, []), *tables.get(name, []))
            ],
        localrule: True

    title = plan.studies[study]["title"]
    workflow.get_rule(study).docstring = (
        f"Every figure and table of the study: {title}."
    )


rule figures:
    """Every figure of every study."""
    input:
        list(pictures.values()),
    localrule: True


rule tables:
    """Every table of every study."""
    input:
        list(tables.values()),
    localrule: True
