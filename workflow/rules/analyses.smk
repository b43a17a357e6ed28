"""
What single kinds of figures need beyond samples and scores.

Needs     …/epoch{epoch}/codes.npz, …/epoch{epoch}.decoder.onnx, …/{sampler}/n{size}m{draws}/draws.npz,
          results/data/{dataset}.npz
Makes     …/{sampler}/n{size}m{draws}/{figure}/draws.npz, images.npy, features.npz; results/shares/{figure}.csv
          results/novelty/{figure}.csv, .npz; results/modes/{figure}.csv, .npz
          …/{sampler}/n{size}m{draws}/neighbours.npz, trees.json, {figure}.npz (between draws)
          …/epoch{epoch}/{figure}/n{size}m{draws}.npz (t-SNE), …/epoch{epoch}/{figure}.npz (interpolation, models,
          traversals)
          results/timing/{figure}/{sampler}/d{dimension}/n{size}.json, results/timing/{figure}.csv
          results/entropies/{figure}.csv, results/normality/{figure}.csv
Options   figures.{figure} of its study, datasets.{dataset}.groups, device, threads

Jobs that run at the same time slow each other down, so `cost` asks for all cores that Snakemake has here, and computes
with its own. On a cluster it asks for its own; how busy the machine was stands beside each time.
"""


rule draw_targeted:
    """Fit one sampler as `fit_sampler` does, and draw for no target and for each."""
    input:
        codes="results/runs/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}/codes.npz",
        data="results/data/{dataset}.npz",
    output:
        draws="results/runs/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}/{sampler}/n{size}m{draws}/{figure}/draws.npz",
    log:
        "logs/draw_targeted/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}/{sampler}/n{size}m{draws}/{figure}.log",
    benchmark:
        "results/runs/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}/{sampler}/n{size}m{draws}/{figure}/draw_targeted.tsv"
    wildcard_constraints:
        figure=one_of(figures_of("targeted")),
    conda:
        "../../envs/samplers.yaml"
    threads: config["threads"]
    resources:
        mem_mb=growing(8000),
        runtime=growing(240),
    params:
        options=lambda w: plan.sampler(w),
        targets=lambda w: plan.data_sets[w.dataset].targets,
        fits=lambda w: plan.figures[w.figure].options["fits"],
        validation=validation_of,
        threads=config["threads"],
        code=lambda w: code("draw_targeted", sampler_module(w)),
    script:
        "../scripts/draw_targeted.py"


rule draw_recombined:
    """Fit one copula to each of two groups, and draw from both and across."""
    input:
        codes="results/runs/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}/codes.npz",
        data="results/data/{dataset}.npz",
    output:
        draws="results/runs/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}/{sampler}/n{size}m{draws}/{figure}/draws.npz",
    log:
        "logs/draw_recombined/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}/{sampler}/n{size}m{draws}/{figure}.log",
    benchmark:
        "results/runs/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}/{sampler}/n{size}m{draws}/{figure}/draw_recombined.tsv"
    wildcard_constraints:
        figure=one_of(figures_of("recombination")),
    conda:
        "../../envs/samplers.yaml"
    threads: config["threads"]
    resources:
        mem_mb=growing(8000),
        runtime=growing(240),
    params:
        options=lambda w: plan.sampler(w),
        groups=lambda w: plan.data_sets[w.dataset].recombined,
        validation=validation_of,
        threads=config["threads"],
        code=lambda w: code("draw_recombined", sampler_module(w)),
    script:
        "../scripts/draw_recombined.py"


use rule decode as decode_groups with:
    input:
        draws="results/runs/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}/{sampler}/n{size}m{draws}/{figure}/draws.npz",
        decoder="results/runs/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}.decoder.onnx",
        checkpoint=checkpoint_of,
        data=original_images,
        networks=lambda w: networks_of(w.dataset, ["classifier"]),
    output:
        images="results/runs/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}/{sampler}/n{size}m{draws}/{figure}/images.npy",
        features="results/runs/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}/{sampler}/n{size}m{draws}/{figure}/features.npz",
    log:
        "logs/decode_groups/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}/{sampler}/n{size}m{draws}/{figure}.log",
    benchmark:
        "results/runs/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}/{sampler}/n{size}m{draws}/{figure}/decode.tsv"
    params:
        features=["classifier"],  # the only one that knows the groups, whatever scores are in
        device=config["device"],
        precision=config["precision"],
        threads=config["threads"],
        code=code("decode", "features/classifier"),


rule shares:
    """How many of the images drawn for a group the classifier assigns to it, of all runs."""
    input:
        draws=lambda w: collect(
            "results/runs/{run.dataset}/{run.autoencoder}/seed{run.seed}/epoch{run.epoch}/{run.sampler}/n{run.size}m{run.draws}/{figure}/draws.npz",
            run=plan.figures[w.figure].runs,
            figure=w.figure,
        ),
        features=lambda w: collect(
            "results/runs/{run.dataset}/{run.autoencoder}/seed{run.seed}/epoch{run.epoch}/{run.sampler}/n{run.size}m{run.draws}/{figure}/features.npz",
            run=plan.figures[w.figure].runs,
            figure=w.figure,
        ),
        data=lambda w: collect(
            "results/data/{dataset}.npz", dataset=plan.figures[w.figure].datasets
        ),
    output:
        table="results/shares/{figure}.csv",
    log:
        "logs/shares/{figure}.log",
    benchmark:
        "results/shares/{figure}.tsv"
    conda:
        "../../envs/plots.yaml"
    threads: 1
    resources:
        mem_mb=growing(4000),
        runtime=growing(20),
    params:
        columns=runs.AXES,
        runs=lambda w: shown(plan.figures[w.figure], plan.figures[w.figure].runs),
        groups=lambda w: {
            dataset: plan.groups(w.figure, dataset)
            for dataset in plan.figures[w.figure].datasets
        },
        code=code("shares"),
    script:
        "../scripts/shares.py"


rule find_neighbours:
    """The training code nearest to each draw, and what the first of these decode to and came from.

    Neighbours are searched among all codes that the sampler was fitted to; distances are
    compared with those of the reference's codes, which nothing was trained on.
    """
    input:
        data="results/data/{dataset}.npz",
        decoder="results/runs/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}.decoder.onnx",
        checkpoint=checkpoint_of,
        codes="results/runs/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}/codes.npz",
        draws="results/runs/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}/{sampler}/n{size}m{draws}/draws.npz",
    output:
        neighbours="results/runs/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}/{sampler}/n{size}m{draws}/neighbours.npz",
    log:
        "logs/find_neighbours/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}/{sampler}/n{size}m{draws}.log",
    benchmark:
        "results/runs/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}/{sampler}/n{size}m{draws}/find_neighbours.tsv"
    conda:
        "../../envs/torch.yaml"
    threads: config["threads"]
    resources:
        mem_mb=growing(8000),
        runtime=growing(60),
    params:
        columns=6,  # images that the figure shows of a method
        device=config["device"],
        validation=validation_of,
        threads=config["threads"],
        code=code("find_neighbours"),
    script:
        "../scripts/find_neighbours.py"


rule embed:
    """One t-SNE embedding of training codes and the draws of all samplers of an autoencoder."""
    input:
        codes="results/runs/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}/codes.npz",
        draws=lambda w: collect(
            "results/runs/{run.dataset}/{run.autoencoder}/seed{run.seed}/epoch{run.epoch}/{run.sampler}/n{run.size}m{run.draws}/draws.npz",
            run=embedded(w),
        ),
    output:
        places="results/runs/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}/{figure}/n{size}m{draws}.npz",
    log:
        "logs/embed/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}/{figure}/n{size}m{draws}.log",
    benchmark:
        "results/runs/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}/{figure}/n{size}m{draws}.tsv"
    conda:
        "../../envs/samplers.yaml"
    threads: config["threads"]
    resources:
        mem_mb=growing(4000),
        runtime=growing(60),
    params:
        samplers=lambda w: [run.sampler for run in embedded(w)],
        points=lambda w: plan.figures[w.figure].options["points"],
        validation=validation_of,
        threads=config["threads"],
        code=code("embed"),
    script:
        "../scripts/embed.py"


rule interpolate:
    """Decode codes on lines or arcs between test images, the same pairs for all autoencoders."""
    input:
        data="results/data/{dataset}.npz",
        decoder="results/runs/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}.decoder.onnx",
        checkpoint=checkpoint_of,
        codes="results/runs/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}/codes.npz",
    output:
        ways="results/runs/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}/{figure}.npz",
    log:
        "logs/interpolate/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}/{figure}.log",
    benchmark:
        "results/runs/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}/{figure}.tsv"
    wildcard_constraints:
        figure=one_of(figures_of("interpolation", "models")),
    conda:
        "../../envs/torch.yaml"
    threads: config["threads"]
    resources:
        mem_mb=growing(8000),
        runtime=growing(30),
    params:
        options=lambda w: plan.figures[w.figure].options,
        device=config["device"],
        threads=config["threads"],
        code=code("interpolate"),
    script:
        "../scripts/interpolate.py"


rule interpolate_draws:
    """Decode codes on lines or arcs between the first draws of a run."""
    input:
        decoder="results/runs/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}.decoder.onnx",
        checkpoint=checkpoint_of,
        draws="results/runs/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}/{sampler}/n{size}m{draws}/draws.npz",
    output:
        ways="results/runs/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}/{sampler}/n{size}m{draws}/{figure}.npz",
    log:
        "logs/interpolate_draws/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}/{sampler}/n{size}m{draws}/{figure}.log",
    benchmark:
        "results/runs/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}/{sampler}/n{size}m{draws}/{figure}.tsv"
    wildcard_constraints:
        figure=one_of(figures_of("between_draws")),
    conda:
        "../../envs/torch.yaml"
    threads: config["threads"]
    resources:
        mem_mb=growing(4000),
        runtime=growing(30),
    params:
        options=lambda w: plan.figures[w.figure].options,
        device=config["device"],
        threads=config["threads"],
        code=code("interpolate_draws"),
    script:
        "../scripts/interpolate_draws.py"


rule novelty:
    """How well autoencoders of one class tell images of others, of all runs, and which are at either end."""
    input:
        runs=lambda w: collect(
            "results/runs/{run.dataset}/{run.autoencoder}/seed{run.seed}/epoch{run.epoch}.safetensors",
            run=plan.figures[w.figure].runs,
        ),
        data=lambda w: collect(
            "results/data/{dataset}.npz", dataset=plan.figures[w.figure].datasets
        ),
    output:
        table="results/novelty/{figure}.csv",
        ends="results/novelty/{figure}.npz",
    log:
        "logs/novelty/{figure}.log",
    benchmark:
        "results/novelty/{figure}.tsv"
    conda:
        "../../envs/torch.yaml"
    threads: config["threads"]
    resources:
        mem_mb=growing(8000),
        runtime=growing(120),
    params:
        datasets=lambda w: plan.figures[w.figure].datasets,
        runs=lambda w: shown(plan.figures[w.figure], plan.figures[w.figure].runs),
        trainings=lambda w: trainings_of(plan.figures[w.figure]),
        among=lambda w: plan.figures[w.figure].options["among"],
        shown=lambda w: COLUMNS * plan.figures[w.figure].options["rows"],
        device=config["device"],
        threads=config["threads"],
        code=code("novelty"),
    script:
        "../scripts/novelty.py"


rule modes:
    """Which classes the modes of mixtures have got, of all runs."""
    input:
        runs=lambda w: collect(
            "results/runs/{run.dataset}/{run.autoencoder}/seed{run.seed}/epoch{run.epoch}/codes.npz",
            run=plan.figures[w.figure].runs,
        ),
        data=lambda w: collect(
            "results/data/{dataset}.npz", dataset=plan.figures[w.figure].datasets
        ),
    output:
        table="results/modes/{figure}.csv",
        shown="results/modes/{figure}.npz",
    log:
        "logs/modes/{figure}.log",
    benchmark:
        "results/modes/{figure}.tsv"
    conda:
        "../../envs/plots.yaml"
    threads: 1
    resources:
        mem_mb=growing(4000),
        runtime=growing(20),
    params:
        datasets=lambda w: plan.figures[w.figure].datasets,
        runs=lambda w: shown(plan.figures[w.figure], plan.figures[w.figure].runs),
        trainings=lambda w: trainings_of(plan.figures[w.figure]),
        code=code("modes"),
    script:
        "../scripts/modes.py"


rule traverse:
    """Decode codes on lines through each mode of a mixture."""
    input:
        decoder="results/runs/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}.decoder.onnx",
        checkpoint=checkpoint_of,
    output:
        ways="results/runs/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}/{figure}.npz",
    log:
        "logs/traverse/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}/{figure}.log",
    benchmark:
        "results/runs/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}/{figure}.tsv"
    wildcard_constraints:
        figure=one_of(figures_of("traversals")),
    conda:
        "../../envs/torch.yaml"
    threads: config["threads"]
    resources:
        mem_mb=growing(8000),
        runtime=growing(30),
    params:
        training=training_of,
        options=lambda w: plan.figures[w.figure].options,
        device=config["device"],
        threads=config["threads"],
        code=code("traverse"),
    script:
        "../scripts/traverse.py"


rule fit_trees:
    """Fit a vine as `fit_sampler` does, to `size` training codes, and keep its structure."""
    input:
        codes="results/runs/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}/codes.npz",
    output:
        trees="results/runs/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}/{sampler}/n{size}m{draws}/trees.json",
    log:
        "logs/fit_trees/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}/{sampler}/n{size}m{draws}.log",
    benchmark:
        "results/runs/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}/{sampler}/n{size}m{draws}/fit_trees.tsv"
    conda:
        "../../envs/samplers.yaml"
    threads: config["threads"]
    resources:
        mem_mb=growing(4000),
        runtime=growing(240),
    params:
        options=lambda w: plan.sampler(w),
        validation=validation_of,
        threads=config["threads"],
        code=lambda w: code("fit_trees", sampler_module(w)),
    script:
        "../scripts/fit_trees.py"


rule cost:
    """Time fitting one sampler to synthetic codes and drawing as many new ones, and nothing beside it."""
    output:
        timing="results/timing/{figure}/{sampler}/d{dimension}/n{size}.json",
    log:
        "logs/cost/{figure}/{sampler}/d{dimension}/n{size}.log",
    benchmark:
        "results/timing/{figure}/{sampler}/d{dimension}/n{size}.tsv"
    wildcard_constraints:
        figure=one_of(figures_of("costs")),
    conda:
        "../../envs/samplers.yaml"
    threads: alone
    resources:
        mem_mb=growing(4000),
        runtime=growing(240),
    params:
        options=lambda w: plan.cost_sampler(w.figure, w.sampler),
        threads=config["threads"],
        code=lambda w: code("cost", cost_module(w)),
    script:
        "../scripts/cost.py"


use rule collect as collect_cost with:
    input:
        runs=lambda w: collect(
            "results/timing/{figure}/{run.sampler}/d{run.dimension}/n{run.size}.json",
            run=plan.figures[w.figure].runs,
            figure=w.figure,
        ),
    output:
        table="results/timing/{figure}.csv",
    log:
        "logs/collect_cost/{figure}.log",
    benchmark:
        "results/timing/{figure}.tsv"
    wildcard_constraints:
        figure=one_of(figures_of("costs")),
    params:
        columns=runs.Cost._fields,
        runs=lambda w: list(map(tuple, plan.figures[w.figure].runs)),
        features=(),
        families=(),
        code=lambda w: code("collect", *scored_modules(plan.figures[w.figure])),


rule entropies:
    """How normal the test codes of all runs are, and how well they are decoded."""
    input:
        codes=lambda w: collect(
            "results/runs/{run.dataset}/{run.autoencoder}/seed{run.seed}/epoch{run.epoch}/codes.npz",
            run=plan.figures[w.figure].runs,
        ),
        decoders=lambda w: collect(
            "results/runs/{run.dataset}/{run.autoencoder}/seed{run.seed}/epoch{run.epoch}.decoder.onnx",
            run=plan.figures[w.figure].runs,
        ),
        data=lambda w: collect(
            "results/data/{dataset}.npz", dataset=plan.figures[w.figure].datasets
        ),
    output:
        table="results/entropies/{figure}.csv",
    log:
        "logs/entropies/{figure}.log",
    benchmark:
        "results/entropies/{figure}.tsv"
    wildcard_constraints:
        figure=one_of(figures_of("entropies")),
    conda:
        "../../envs/torch.yaml"
    threads: config["threads"]
    resources:
        mem_mb=growing(4000),
        runtime=growing(60),
    params:
        axes=[axis for axis in runs.AXES if axis in runs.Training._fields],
        runs=lambda w: shown(plan.figures[w.figure], plan.figures[w.figure].runs),
        datasets=lambda w: list(plan.figures[w.figure].datasets),
        codes=lambda w: plan.figures[w.figure].options["codes"],
        threads=config["threads"],
        code=code("entropies"),
    script:
        "../scripts/entropies.py"


rule course:
    """What all trainings of a figure tell of their codes, and what these are like afterwards."""
    input:
        histories=lambda w: collect(
            "results/runs/{run.dataset}/{run.autoencoder}/seed{run.seed}/epoch{run.epoch}.csv",
            run=plan.figures[w.figure].runs,
        ),
        codes=lambda w: collect(
            "results/runs/{run.dataset}/{run.autoencoder}/seed{run.seed}/epoch{run.epoch}/codes.npz",
            run=plan.figures[w.figure].runs,
        ),
    output:
        table="results/courses/{figure}.csv",
    log:
        "logs/course/{figure}.log",
    benchmark:
        "results/courses/{figure}.tsv"
    wildcard_constraints:
        figure=one_of(figures_of("course")),
    conda:
        "../../envs/plots.yaml"
    threads: 1
    resources:
        mem_mb=growing(2000),
        runtime=growing(20),
    params:
        axes=[axis for axis in runs.AXES if axis in runs.Training._fields],
        runs=lambda w: shown(plan.figures[w.figure], plan.figures[w.figure].runs),
        kernels=lambda w: [kernels_of(run) for run in plan.figures[w.figure].runs],
        code=code("course"),
    script:
        "../scripts/course.py"


rule normality:
    """How far the test codes of all runs are from normal ones; of codes that are given, all."""
    input:
        codes=lambda w: collect(
            "results/runs/{run.dataset}/{run.autoencoder}/seed{run.seed}/epoch{run.epoch}/codes.npz",
            run=plan.figures[w.figure].runs,
        ),
    output:
        table="results/normality/{figure}.csv",
    log:
        "logs/normality/{figure}.log",
    benchmark:
        "results/normality/{figure}.tsv"
    wildcard_constraints:
        figure=one_of(figures_of("normality")),
    conda:
        "../../envs/samplers.yaml"
    threads: config["threads"]
    resources:
        mem_mb=growing(4000),
        runtime=growing(60),
    params:
        axes=[axis for axis in runs.AXES if axis in runs.Training._fields],
        runs=lambda w: shown(plan.figures[w.figure], plan.figures[w.figure].runs),
        given=lambda w: list(filter(are_given, plan.figures[w.figure].datasets)),
        codes=lambda w: plan.figures[w.figure].options["codes"],
        threads=config["threads"],
        code=code("normality"),
    script:
        "../scripts/normality.py"
