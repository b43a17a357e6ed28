"""
Images to autoencoders that one job trains for all seeds of their study.

Needs     results/data/{dataset}.npz
Makes     results/runs/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}.safetensors, .encoder.onnx,
          .decoder.onnx, .csv, as `train` does
Options   autoencoders.{autoencoder}.together, training, seeds of the autoencoder's study; device, threads
"""

for study, known in together.items():

    rule:
        name:
            f"train_together_{study}"
        input:
            data="results/data/{dataset}.npz",
            before=trainings_before(study),
        output:
            checkpoint=of_seeds(study, "epoch{{epoch}}.safetensors"),
            encoder=of_seeds(study, "epoch{{epoch}}.encoder.onnx"),
            decoder=of_seeds(study, "epoch{{epoch}}.decoder.onnx"),
            history=of_seeds(study, "epoch{{epoch}}.csv"),
        log:
            "logs/train_together/{dataset}/{autoencoder}/epoch{epoch}.log",
        benchmark:
            of_seeds(study, "epoch{{epoch}}.tsv")[0]
        wildcard_constraints:
            autoencoder=one_of(known),
        conda:
            "../../envs/torch.yaml"
        threads: config["threads"]
        resources:
            mem_mb=growing(8000),
            runtime=growing(720),
        params:
            training=training_of,
            seeds=plan.studies[study]["seeds"],
            device=config["device"],
            threads=config["threads"],
            kept=of_seeds(study, "kept")[0],
            code=lambda w: code(
                "train_together", objective_module(w), networks_module(w)
            ),
        script:
            "../scripts/train_together.py"

    workflow.get_rule(f"train_together_{study}").docstring = (
        "Train one autoencoder for all seeds of its study, as `train` does for one."
    )
