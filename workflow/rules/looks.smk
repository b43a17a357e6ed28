"""
What figures of codes and images look at: neighbours, maps of codes, ways between codes, trees of copulas.

Needs     …/epoch{epoch}/codes.npz, …/epoch{epoch}.decoder.onnx, …/{sampler}/n{size}m{draws}/draws.npz,
          results/data/{dataset}.npz
Makes     …/{sampler}/n{size}m{draws}/neighbours.npz, trees.json, {figure}.npz (between draws)
          …/epoch{epoch}/{figure}/n{size}m{draws}.npz (t-SNE), …/epoch{epoch}/{figure}.npz (interpolation, models)
Options   figures.{figure} of its study, device, threads
"""


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
        code=lambda w: code("find_neighbours"),
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
        code=lambda w: code("embed"),
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
        code=lambda w: code("interpolate"),
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
        code=lambda w: code("interpolate_draws"),
    script:
        "../scripts/interpolate_draws.py"


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
