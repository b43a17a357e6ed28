"""One data set's copying against quality, a line a sampler over its knob."""

import pandas as pd
from expost import job, variants
from expost.plots import style, trade_off

job.start(snakemake.log[0])
scores = pd.read_csv(snakemake.input.scores)
scores = scores[scores["dataset"] == snakemake.wildcards.dataset]
lines = [variants.Line(*line) for line in snakemake.params.lines]
figure = trade_off.trade_off(scores, lines)
style.save(figure, snakemake.output.png, snakemake.output.pdf)
