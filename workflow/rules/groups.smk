"""
Images that are asked for: draws near a group of images, or across two, and how many the classifier assigns to it.

Needs     …/epoch{epoch}/codes.npz, …/epoch{epoch}.decoder.onnx, results/data/{dataset}.npz
Makes     …/{sampler}/n{size}m{draws}/{figure}/draws.npz, images.npy, features.npz; results/shares/{figure}.csv
Options   datasets.{dataset}.groups, `fits` of the figure, device, threads
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
        code=lambda w: code("decode", "features/classifier"),


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
        code=lambda w: code("shares"),
    script:
        "../scripts/shares.py"
