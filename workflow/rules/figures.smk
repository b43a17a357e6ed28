"""
What jobs have made to pictures and tables, and a target for each.

Needs     whatever a figure's kind asks for (workflow/expost/kinds), of the figure's runs
Makes     results/figures/{figure}/{dataset}.png, .pdf; results/tables/{figure}.csv, .md, .tex, .html
Options   figures.{figure} of its study, datasets.{dataset}.hide_originals; nothing here computes a result
"""


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
        code=lambda w: page_code("figure", w.figure),
    script:
        "../scripts/figure.py"


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
        code=lambda w: page_code("table", w.figure),
    script:
        "../scripts/table.py"


try:
    claimed = {study: claimed_figures(study) for study in config["studies"]}
    for figure in plan.figures.values():
        if figure.options.get("table"):
            check_published(figure)
except (ValueError, OSError) as error:
    raise WorkflowError(error) from None

pictures, tables = {}, {}  # figure -> what its target makes
taken = {rule.name for rule in workflow.rules} | {"all", "figures", "tables"}
if clashes := taken & {*plan.figures, *config["studies"]}:
    raise WorkflowError(
        f"got a figure or a study called {', '.join(sorted(clashes))}, as rules of the pipeline "
        "are; give it another name"
    )
for name, figure in plan.figures.items():
    drawn_for = ["synthetic"] if figure.kind.synthetic else figure.datasets
    if figure.kind.figure:
        pictures[name] = [f"results/figures/{name}/{d}.png" for d in drawn_for]
    # Claims are listed where there is nothing to judge them by; numbers stand beside others.
    if figure.kind.of == "nothing":
        drawn_for = figure.kind_name == "claims" or others_of(figure)
    if figure.kind.table and drawn_for:
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
