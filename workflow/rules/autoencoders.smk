"""
Images to trained autoencoders to codes.

Needs     results/data/{dataset}.npz; of autoencoders that were trained elsewhere their ONNX files
Makes     results/runs/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}.safetensors, .encoder.onnx,
          .decoder.onnx, .csv; epoch{epoch}/codes.npz
Options   training, autoencoders.{autoencoder} of the autoencoder's study; device, threads
"""


rule train:
    """Train one autoencoder from the checkpoint before this one to this one.

    State that a later or an interrupted training goes on from is kept in a folder which is no
    output: Snakemake removes outputs before a job starts again.
    """
    input:
        data="results/data/{dataset}.npz",
        before=training_before,
    output:
        checkpoint="results/runs/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}.safetensors",
        encoder="results/runs/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}.encoder.onnx",
        decoder="results/runs/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}.decoder.onnx",
        history="results/runs/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}.csv",
    log:
        "logs/train/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}.log",
    benchmark:
        "results/runs/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}.tsv"
    wildcard_constraints:
        autoencoder=one_of(trained_alone),
    conda:
        "../../envs/torch.yaml"
    threads: config["threads"]
    resources:
        mem_mb=growing(8000),
        runtime=growing(720),
    params:
        training=training_of,
        device=config["device"],
        threads=config["threads"],
        kept="results/runs/{dataset}/{autoencoder}/seed{seed}/kept",
        code=lambda w: code("train", objective_module(w), networks_module(w)),
    script:
        "../scripts/train.py"


rule pretrained:
    """Take in an autoencoder that was trained elsewhere, in the form in which `train` leaves one."""
    input:
        data="results/data/{dataset}.npz",
        encoder=lambda w: plan.training(w.dataset, w.autoencoder)["encoder"],
        decoder=lambda w: plan.training(w.dataset, w.autoencoder)["decoder"],
    output:
        encoder="results/runs/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}.encoder.onnx",
        decoder="results/runs/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}.decoder.onnx",
    log:
        "logs/pretrained/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}.log",
    benchmark:
        "results/runs/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}.tsv"
    wildcard_constraints:
        autoencoder=one_of(trained_elsewhere),
    conda:
        "../../envs/torch.yaml"
    threads: config["threads"]
    resources:
        mem_mb=growing(8000),
        runtime=growing(30),
    params:
        entry=border_of,
        state=files_state_of,
        threads=config["threads"],
        code=lambda w: code("pretrained"),
    script:
        "../scripts/pretrained.py"


rule encode:
    """Codes of all training and test images at one checkpoint."""
    input:
        data="results/data/{dataset}.npz",
        encoder="results/runs/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}.encoder.onnx",
        checkpoint=checkpoint_of,
    output:
        codes="results/runs/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}/codes.npz",
    log:
        "logs/encode/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}.log",
    benchmark:
        "results/runs/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}/encode.tsv"
    conda:
        "../../envs/torch.yaml"
    threads: config["threads"]
    resources:
        mem_mb=growing(8000),
        runtime=growing(30),
    params:
        device=config["device"],
        threads=config["threads"],
        code=lambda w: code("encode"),
    script:
        "../scripts/encode.py"


rule give_codes:
    """Take the data themselves for codes, where they are codes."""
    input:
        data="results/data/{dataset}.npz",
    output:
        codes="results/runs/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}/codes.npz",
    log:
        "logs/give_codes/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}.log",
    benchmark:
        "results/runs/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}/give_codes.tsv"
    wildcard_constraints:
        autoencoder=one_of(given_autoencoders()),
    conda:
        "../../envs/data.yaml"
    threads: 1
    resources:
        mem_mb=growing(4000),
        runtime=growing(20),
    params:
        code=lambda w: code("give_codes"),
    script:
        "../scripts/give_codes.py"


ruleorder: give_codes > encode
