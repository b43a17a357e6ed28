"""
Images to trained autoencoders to codes.

Needs     results/data/{dataset}.npz
Makes     results/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}.safetensors, epoch{epoch}.encoder.onnx,
          epoch{epoch}.decoder.onnx, history.csv
          results/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}/codes.npz
Options   autoencoders.{autoencoder}, datasets.{dataset}.training, epochs, device, threads
"""


rule train:
    """Train one autoencoder, keeping a checkpoint after each listed epoch.

    What a training goes on from, killed or given more epochs, is kept in a folder which is no
    output: Snakemake removes outputs before a job starts again.
    """
    input:
        data="results/data/{dataset}.npz",
        code=lambda w: code(
            "train",
            f"objectives/{config['autoencoders'][w.autoencoder]['objective']}",
            "networks/ebcae",
        ),
    output:
        checkpoints=expand(
            "results/{{dataset}}/{{autoencoder}}/seed{{seed}}/epoch{epoch}.safetensors",
            epoch=config["epochs"],
        ),
        encoders=expand(
            "results/{{dataset}}/{{autoencoder}}/seed{{seed}}/epoch{epoch}.encoder.onnx",
            epoch=config["epochs"],
        ),
        decoders=expand(
            "results/{{dataset}}/{{autoencoder}}/seed{{seed}}/epoch{epoch}.decoder.onnx",
            epoch=config["epochs"],
        ),
        history="results/{dataset}/{autoencoder}/seed{seed}/history.csv",
    log:
        "logs/train/{dataset}/{autoencoder}/seed{seed}.log",
    benchmark:
        "results/{dataset}/{autoencoder}/seed{seed}/train.tsv"
    conda:
        "../../envs/torch.yaml"
    threads: config["threads"]
    resources:
        mem_mb=growing(8000),
        runtime=growing(720),
    params:
        settings=training_settings,
        device=config["device"],
        threads=config["threads"],
        kept="results/{dataset}/{autoencoder}/seed{seed}/kept",
    script:
        "../scripts/train.py"


rule encode:
    """Codes of all training and test images at one checkpoint."""
    input:
        data="results/data/{dataset}.npz",
        encoder="results/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}.encoder.onnx",
        checkpoint="results/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}.safetensors",
        code=code("encode"),
    output:
        codes="results/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}/codes.npz",
    log:
        "logs/encode/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}.log",
    benchmark:
        "results/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}/encode.tsv"
    conda:
        "../../envs/torch.yaml"
    threads: config["threads"]
    resources:
        mem_mb=growing(8000),
        runtime=growing(30),
    params:
        device=config["device"],
        threads=config["threads"],
    script:
        "../scripts/encode.py"
