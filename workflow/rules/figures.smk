"""
Images, scores and timings to figures, a file a data set.

Needs     results/scores/{experiment}.csv, images.npy of the runs of sample_grid,
          results/timing/cost_over_sample_size.csv
Makes     results/figures/{stem}/{dataset}.png, .pdf; of costs, synthetic.png, .pdf
Options   experiments.{stem}, datasets.{dataset}.hide_originals; no figure computes anything that is in a table already
"""


rule sample_grid:
    """Samples, a row a method, real images last (EBCAE Fig. 2, 14)."""
    input:
        collect(
            "results/figures/sample_grid/{dataset}.png",
            dataset=datasets_of("sample_grid"),
        ),
    localrule: True


rule metrics_over_epochs:
    """Every metric against the autoencoder's epoch (EBCAE Fig. 3, 10, 12)."""
    input:
        collect(
            "results/figures/metrics_over_epochs/{dataset}.png",
            dataset=datasets_of("metrics_over_epochs"),
        ),
    localrule: True


rule metrics_over_sample_size:
    """Every metric against the number of codes a sampler is fitted to (EBCAE Fig. 9, 11, 13)."""
    input:
        collect(
            "results/figures/metrics_over_sample_size/{dataset}.png",
            dataset=datasets_of("metrics_over_sample_size"),
        ),
    localrule: True


rule cost_over_sample_size:
    """Seconds to fit each sampler and to draw from it, against the number of codes."""
    input:
        "results/figures/cost_over_sample_size/synthetic.png",
    localrule: True


rule figures:
    """Every figure of every data set."""
    input:
        rules.sample_grid.input,
        rules.metrics_over_epochs.input,
        rules.metrics_over_sample_size.input,
        rules.cost_over_sample_size.input,
        rules.targeted_sampling.input,
        rules.recombination.input,
        rules.nearest_neighbours.input,
        rules.tsne.input,
        rules.interpolation.input,
        rules.vine_trees.input,
        rules.trade_off.input,
    localrule: True


rule figure_sample_grid:
    """Draw the samples of one data set."""
    input:
        images=lambda w: collect(
            "results/{run.dataset}/{run.autoencoder}/seed{run.seed}/epoch{run.epoch}/{run.sampler}/n{run.size}/images.npy",
            run=runs("sample_grid", dataset=w.dataset),
        ),
    output:
        pdf="results/figures/sample_grid/{dataset}.pdf",
        png=report(
            "results/figures/sample_grid/{dataset}.png",
            caption="../report/figure_sample_grid.rst",
            category="1 What do samples look like?",
            labels={"shown": "samples, a row a method", "data set": "{dataset}"},
        ),
    log:
        "logs/figure_sample_grid/{dataset}.log",
    benchmark:
        "results/figures/sample_grid/{dataset}.tsv"
    conda:
        "../../envs/plots.yaml"
    threads: 1
    resources:
        mem_mb=growing(2000),
        runtime=growing(20),
    params:
        code=code("figure_sample_grid"),
        runs=lambda w: list(map(tuple, runs("sample_grid", dataset=w.dataset))),
        hidden=lambda w: hidden(w.dataset, runs("sample_grid", dataset=w.dataset)),
    script:
        "../scripts/figure_sample_grid.py"


rule figure_metrics_over_epochs:
    """Draw one data set's scores against epochs."""
    input:
        scores="results/scores/metrics_over_epochs.csv",
    output:
        pdf="results/figures/metrics_over_epochs/{dataset}.pdf",
        png=report(
            "results/figures/metrics_over_epochs/{dataset}.png",
            caption="../report/figure_metrics_over_epochs.rst",
            category="2 How good are they?",
            labels={"shown": "metrics over epochs", "data set": "{dataset}"},
        ),
    log:
        "logs/figure_metrics_over_epochs/{dataset}.log",
    benchmark:
        "results/figures/metrics_over_epochs/{dataset}.tsv"
    conda:
        "../../envs/plots.yaml"
    threads: 1
    resources:
        mem_mb=growing(2000),
        runtime=growing(20),
    params:
        code=code("figure_metrics_over_epochs"),
    script:
        "../scripts/figure_metrics_over_epochs.py"


rule figure_metrics_over_sample_size:
    """Draw one data set's scores against the number of training codes."""
    input:
        scores="results/scores/metrics_over_sample_size.csv",
    output:
        pdf="results/figures/metrics_over_sample_size/{dataset}.pdf",
        png=report(
            "results/figures/metrics_over_sample_size/{dataset}.png",
            caption="../report/figure_metrics_over_sample_size.rst",
            category="2 How good are they?",
            labels={"shown": "metrics over training codes", "data set": "{dataset}"},
        ),
    log:
        "logs/figure_metrics_over_sample_size/{dataset}.log",
    benchmark:
        "results/figures/metrics_over_sample_size/{dataset}.tsv"
    conda:
        "../../envs/plots.yaml"
    threads: 1
    resources:
        mem_mb=growing(2000),
        runtime=growing(20),
    params:
        code=code("figure_metrics_over_sample_size"),
    script:
        "../scripts/figure_metrics_over_sample_size.py"


rule figure_cost_over_sample_size:
    """Draw the seconds of all samplers against the number of synthetic codes."""
    input:
        timing="results/timing/cost_over_sample_size.csv",
    output:
        pdf="results/figures/cost_over_sample_size/synthetic.pdf",
        png=report(
            "results/figures/cost_over_sample_size/synthetic.png",
            caption="../report/figure_cost_over_sample_size.rst",
            category="4 What do they cost?",
            labels={"shown": "seconds over codes", "data set": "synthetic codes"},
        ),
    log:
        "logs/figure_cost_over_sample_size.log",
    benchmark:
        "results/figures/cost_over_sample_size/synthetic.tsv"
    conda:
        "../../envs/plots.yaml"
    threads: 1
    resources:
        mem_mb=growing(2000),
        runtime=growing(20),
    params:
        code=code("figure_cost_over_sample_size"),
    script:
        "../scripts/figure_cost_over_sample_size.py"
