"""One data set's copying against quality, a line a sampler over its knob."""

import pandas as pd
from expost.figures import style, trade_off
from expost.runtime import job
from expost.study import option_sweeps

job.start(snakemake.log[0])
scores = pd.read_csv(snakemake.input.scores)
scores = scores[scores["dataset"] == snakemake.wildcards.dataset]
lines = [option_sweeps.Line(*line) for line in snakemake.params.lines]
figure = trade_off.trade_off(scores, lines)
style.save(figure, snakemake.output.png, snakemake.output.pdf)
