"""
Scores of samplers with other options to a figure of copying against quality.

Needs     results/scores/trade_off.csv
Makes     results/figures/trade_off/{dataset}.png, .pdf
Options   experiments.trade_off, whose `knobs` make a sampler of each value
"""


rule trade_off:
    """Copying against quality, a line a sampler over its knob."""
    input:
        collect(
            "results/figures/trade_off/{dataset}.png",
            dataset=datasets_of("trade_off"),
        ),
    localrule: True


rule figure_trade_off:
    """Draw one data set's copying against quality."""
    input:
        scores="results/scores/trade_off.csv",
    output:
        pdf="results/figures/trade_off/{dataset}.pdf",
        png=report(
            "results/figures/trade_off/{dataset}.png",
            caption="../report/figure_trade_off.rst",
            category="3 Do they copy?",
            labels={"shown": "copying against quality", "data set": "{dataset}"},
        ),
    log:
        "logs/figure_trade_off/{dataset}.log",
    benchmark:
        "results/figures/trade_off/{dataset}.tsv"
    conda:
        "../../envs/plots.yaml"
    threads: 1
    resources:
        mem_mb=growing(2000),
        runtime=growing(20),
    params:
        code=code("figure_trade_off"),
        lines=list(map(tuple, option_sweeps.lines(config, "trade_off"))),
    script:
        "../scripts/figure_trade_off.py"
