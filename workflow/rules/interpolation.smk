"""
Pairs of test images to the codes between them, decoded, and those to a figure.

Needs     …/epoch{epoch}.decoder.onnx, codes.npz; results/data/{dataset}.npz
Makes     …/epoch{epoch}/interpolation.npz
          results/figures/interpolation/{dataset}.png, .pdf
Options   experiments.interpolation, datasets.{dataset}.hide_originals, device, threads
"""


rule interpolation:
    """From one real image to another through the codes between (EBCAE Fig. 8)."""
    input:
        collect(
            "results/figures/interpolation/{dataset}.png",
            dataset=datasets_of("interpolation"),
        ),
    localrule: True


rule interpolate:
    """Decode codes on straight lines between test images, the same pairs for all autoencoders."""
    input:
        data="results/data/{dataset}.npz",
        decoder="results/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}.decoder.onnx",
        checkpoint="results/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}.safetensors",
        codes="results/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}/codes.npz",
        code=code("interpolate"),
    output:
        lines="results/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}/interpolation.npz",
    log:
        "logs/interpolate/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}.log",
    benchmark:
        "results/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}/interpolate.tsv"
    conda:
        "../../envs/torch.yaml"
    threads: config["threads"]
    resources:
        mem_mb=growing(8000),
        runtime=growing(30),
    params:
        pairs=config["experiments"]["interpolation"]["pairs"],
        steps=config["experiments"]["interpolation"]["steps"],
        device=config["device"],
        threads=config["threads"],
    script:
        "../scripts/interpolate.py"


rule figure_interpolation:
    """Draw the way from image to image, a row a pair."""
    input:
        lines=lambda w: collect(
            "results/{run.dataset}/{run.autoencoder}/seed{run.seed}/epoch{run.epoch}/interpolation.npz",
            run=runs("interpolation", dataset=w.dataset),
        ),
        code=code("figure_interpolation"),
    output:
        pdf="results/figures/interpolation/{dataset}.pdf",
        png=report(
            "results/figures/interpolation/{dataset}.png",
            caption="../report/figure_interpolation.rst",
            category="5 What else can be done?",
            labels={"shown": "interpolation", "data set": "{dataset}"},
        ),
    log:
        "logs/figure_interpolation/{dataset}.log",
    benchmark:
        "results/figures/interpolation/{dataset}.tsv"
    conda:
        "../../envs/plots.yaml"
    threads: 1
    resources:
        mem_mb=growing(2000),
        runtime=growing(20),
    params:
        runs=lambda w: list(map(tuple, runs("interpolation", dataset=w.dataset))),
        hidden=lambda w: config["datasets"][w.dataset]["hide_originals"],
    script:
        "../scripts/figure_interpolation.py"
