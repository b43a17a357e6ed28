"""
Scores and timings to tables, all data sets in one.

Needs     results/scores/scores.csv, results/timing/computing_times.csv
Makes     results/tables/{stem}.csv, .md, .tex, .html
Options   experiments.{stem}
"""


rule scores:
    """Every metric of every method, mean and interval over seeds."""
    input:
        "results/tables/scores.csv",
    localrule: True


rule computing_times:
    """Seconds to fit a sampler and to draw from it (EBCAE Table 1)."""
    input:
        "results/tables/computing_times.csv",
    localrule: True


rule tables:
    """Every table."""
    input:
        rules.scores.input,
        rules.computing_times.input,
        rules.published_table1.input,
        rules.published_figure3.input,
        rules.claims.input,
        rules.table_targeted_sampling.output.csv,
        rules.table_recombination.output.csv,
    localrule: True


rule table_scores:
    """Set the scores of all methods."""
    input:
        scores="results/scores/scores.csv",
    output:
        csv="results/tables/scores.csv",
        tex="results/tables/scores.tex",
        md="results/tables/scores.md",
        html=report(
            "results/tables/scores.html",
            caption="../report/table_scores.rst",
            category="2 How good are they?",
            labels={"shown": "all scores, with intervals", "data set": "all"},
        ),
    log:
        "logs/table_scores.log",
    benchmark:
        "results/tables/scores.tsv"
    conda:
        "../../envs/plots.yaml"
    threads: 1
    resources:
        mem_mb=growing(1000),
        runtime=growing(20),
    params:
        code=code("table_scores"),
    script:
        "../scripts/table_scores.py"


rule table_computing_times:
    """Set the times of all samplers."""
    input:
        timing="results/timing/computing_times.csv",
    output:
        csv="results/tables/computing_times.csv",
        tex="results/tables/computing_times.tex",
        md="results/tables/computing_times.md",
        html=report(
            "results/tables/computing_times.html",
            caption="../report/table_computing_times.rst",
            category="4 What do they cost?",
            labels={"shown": "seconds to fit and draw", "data set": "all"},
        ),
    log:
        "logs/table_computing_times.log",
    benchmark:
        "results/tables/computing_times.tsv"
    conda:
        "../../envs/plots.yaml"
    threads: 1
    resources:
        mem_mb=growing(1000),
        runtime=growing(20),
    params:
        code=code("table_computing_times"),
        draws=config["draws"],
        departures=config_checks.departures(config),
    script:
        "../scripts/table_computing_times.py"
