"""
Drawn codes to the nearest training codes, and both to a figure: what is new, and what is a copy.

Needs     …/epoch{epoch}.decoder.onnx, codes.npz, {sampler}/n{size}/draws.npz, images.npy;
          results/data/{dataset}.npz
Makes     …/epoch{epoch}/{sampler}/n{size}/neighbours.npz
          results/figures/nearest_neighbours/{dataset}.png, .pdf
Options   experiments.nearest_neighbours, datasets.{dataset}.hide_originals, draws, device, threads
"""


rule nearest_neighbours:
    """Draws above the nearest training codes and their images (EBCAE Fig. 4)."""
    input:
        collect(
            "results/figures/nearest_neighbours/{dataset}.png",
            dataset=datasets_of("nearest_neighbours"),
        ),
    localrule: True


rule find_neighbours:
    """The training code nearest to each draw, and what the first of these decode to and came from.

    Neighbours are searched among all codes that the sampler was fitted to; distances are
    compared with those of the reference's codes, which nothing was trained on.
    """
    input:
        data="results/data/{dataset}.npz",
        decoder="results/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}.decoder.onnx",
        checkpoint="results/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}.safetensors",
        codes="results/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}/codes.npz",
        draws="results/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}/{sampler}/n{size}/draws.npz",
        code=code("find_neighbours"),
    output:
        neighbours="results/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}/{sampler}/n{size}/neighbours.npz",
    log:
        "logs/find_neighbours/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}/{sampler}/n{size}.log",
    benchmark:
        "results/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}/{sampler}/n{size}/find_neighbours.tsv"
    conda:
        "../../envs/torch.yaml"
    threads: config["threads"]
    resources:
        mem_mb=growing(8000),
        runtime=growing(60),
    params:
        columns=6,  # images that the figure shows of a method
        draws=config["draws"],
        device=config["device"],
        threads=config["threads"],
    script:
        "../scripts/find_neighbours.py"


rule figure_nearest_neighbours:
    """Draw generated images above the nearest training images."""
    input:
        images=lambda w: collect(
            "results/{run.dataset}/{run.autoencoder}/seed{run.seed}/epoch{run.epoch}/{run.sampler}/n{run.size}/images.npy",
            run=runs("nearest_neighbours", dataset=w.dataset),
        ),
        neighbours=lambda w: collect(
            "results/{run.dataset}/{run.autoencoder}/seed{run.seed}/epoch{run.epoch}/{run.sampler}/n{run.size}/neighbours.npz",
            run=runs("nearest_neighbours", dataset=w.dataset),
        ),
        code=code("figure_nearest_neighbours"),
    output:
        pdf="results/figures/nearest_neighbours/{dataset}.pdf",
        png=report(
            "results/figures/nearest_neighbours/{dataset}.png",
            caption="../report/figure_nearest_neighbours.rst",
            category="3 Do they copy?",
            labels={"shown": "nearest training images", "data set": "{dataset}"},
        ),
    log:
        "logs/figure_nearest_neighbours/{dataset}.log",
    benchmark:
        "results/figures/nearest_neighbours/{dataset}.tsv"
    conda:
        "../../envs/plots.yaml"
    threads: 1
    resources:
        mem_mb=growing(2000),
        runtime=growing(20),
    params:
        runs=lambda w: list(map(tuple, runs("nearest_neighbours", dataset=w.dataset))),
        hidden=lambda w: hidden(
            w.dataset, runs("nearest_neighbours", dataset=w.dataset)
        ),
        originals_hidden=lambda w: config["datasets"][w.dataset]["hide_originals"],
    script:
        "../scripts/figure_nearest_neighbours.py"
