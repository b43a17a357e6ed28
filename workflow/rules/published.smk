"""
What the papers printed and claimed, beside what came out here.

Needs     workflow/published/ebcae.csv, claims.yaml, results/scores/*.csv, results/timing/*.csv
Makes     results/tables/published_table1, published_figure3, claims: .csv, .md, .tex, .html
          results/tables/claims_counts.csv, claims_overview.csv
Options   none of its own; which values can be compared depends on everything
"""

from expost.papers.claims import ledger

try:
    claimed = {
        claim.experiment
        for claim in ledger.load(shipped("workflow/published/claims.yaml"))
    }
except ValueError as error:
    raise WorkflowError(error) from None
claimed &= set(config["experiments"])
timed_claims = sorted(claimed & ledger.TIMED)
shared_claims = sorted(claimed & ledger.SHARED)
scored_claims = sorted(claimed - ledger.TIMED - ledger.SHARED)


rule published_table1:
    """The paper's seconds to fit and to draw beside ours (EBCAE Table 1)."""
    input:
        "results/tables/published_table1.csv",
    localrule: True


rule published_figure3:
    """The paper's CelebA metrics over epochs, read off its curves, beside ours (EBCAE Fig. 3)."""
    input:
        "results/tables/published_figure3.csv",
    localrule: True


rule claims:
    """Every claim of the paper's text: supported, not supported or not tested here."""
    input:
        "results/tables/claims.csv",
    localrule: True


rule table_published:
    """Compare the numbers of one table or figure of the paper with ours."""
    input:
        published=shipped("workflow/published/ebcae.csv"),
        ours=lambda w: {
            "table1": "results/timing/computing_times.csv",
            "figure3": "results/scores/metrics_over_epochs.csv",
        }[w.table],
    output:
        csv="results/tables/published_{table}.csv",
        tex="results/tables/published_{table}.tex",
        md="results/tables/published_{table}.md",
        html=report(
            "results/tables/published_{table}.html",
            caption="../report/table_published.rst",
            category="6 Does it agree with the paper?",
            labels=lambda w: {
                "shown": {
                    "table1": "Table 1, computing times",
                    "figure3": "Figure 3, metrics over epochs",
                }[w.table],
                "data set": "all",
            },
        ),
    log:
        "logs/table_published/{table}.log",
    benchmark:
        "results/tables/published_{table}.tsv"
    wildcard_constraints:
        table="table1|figure3",
    conda:
        "../../envs/plots.yaml"
    threads: 1
    resources:
        mem_mb=growing(1000),
        runtime=growing(20),
    params:
        code=code("table_published"),
        draws=config["draws"],
        kinds={name: entry["kind"] for name, entry in config["datasets"].items()},
        departures=config_checks.departures(config),
    script:
        "../scripts/table_published.py"


rule table_claims:
    """Judge every claim by the scores of the experiments that there are."""
    input:
        claims=shipped("workflow/published/claims.yaml"),
        scores=collect("results/scores/{experiment}.csv", experiment=scored_claims),
        timings=collect("results/timing/{experiment}.csv", experiment=timed_claims),
        shares=collect("results/shares/{experiment}.csv", experiment=shared_claims),
    output:
        csv="results/tables/claims.csv",
        tex="results/tables/claims.tex",
        md="results/tables/claims.md",
        html=report(
            "results/tables/claims.html",
            caption="../report/table_claims.rst",
            category="6 Does it agree with the paper?",
            labels={"shown": "claims and verdicts", "data set": "all"},
        ),
        counts="results/tables/claims_counts.csv",
        overview="results/tables/claims_overview.csv",
    log:
        "logs/table_claims.log",
    benchmark:
        "results/tables/claims.tsv"
    conda:
        "../../envs/plots.yaml"
    threads: 1
    resources:
        mem_mb=growing(1000),
        runtime=growing(20),
    params:
        code=code("table_claims"),
        scored=scored_claims,
        timed=timed_claims,
        shared=shared_claims,
    script:
        "../scripts/table_claims.py"
