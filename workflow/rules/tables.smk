"""
Scores and timings to tables, all data sets in one.

Needs     results/scores/scores.csv, results/timing/computing_times.csv, workflow/published/ebcae.csv
Makes     results/tables/{stem}.csv, .md, .tex, .html
Options   experiments.{stem}
"""


rule scores:
    """Every metric of every method, mean and interval over seeds."""
    input:
        "results/tables/scores.csv",
    localrule: True


rule computing_times:
    """Seconds to fit a sampler and to draw from it, beside the paper's (EBCAE Table 1)."""
    input:
        "results/tables/computing_times.csv",
    localrule: True


rule tables:
    """Every table."""
    input:
        rules.scores.input,
        rules.computing_times.input,
    localrule: True


rule table_scores:
    """Set the scores of all methods."""
    input:
        scores="results/scores/scores.csv",
        code=code("table_scores"),
    output:
        csv="results/tables/scores.csv",
        tex="results/tables/scores.tex",
        md="results/tables/scores.md",
        html=report(
            "results/tables/scores.html",
            caption="../report/table_scores.rst",
            category="Tables",
            labels={"table": "scores"},
        ),
    log:
        "logs/table_scores.log",
    benchmark:
        "results/tables/scores.tsv"
    conda:
        "../../envs/plots.yaml"
    threads: 1
    resources:
        mem_mb=1000,
        runtime=20,
    script:
        "../scripts/table_scores.py"


rule table_computing_times:
    """Set the times of all samplers beside the published ones."""
    input:
        timing="results/timing/computing_times.csv",
        published="workflow/published/ebcae.csv",
        code=code("table_computing_times"),
    output:
        csv="results/tables/computing_times.csv",
        tex="results/tables/computing_times.tex",
        md="results/tables/computing_times.md",
        html=report(
            "results/tables/computing_times.html",
            caption="../report/table_computing_times.rst",
            category="Tables",
            labels={"table": "computing times"},
        ),
    log:
        "logs/table_computing_times.log",
    benchmark:
        "results/tables/computing_times.tsv"
    conda:
        "../../envs/plots.yaml"
    threads: 1
    resources:
        mem_mb=1000,
        runtime=20,
    params:
        draws=config["draws"],
        options=config["samplers"],
    script:
        "../scripts/table_computing_times.py"
