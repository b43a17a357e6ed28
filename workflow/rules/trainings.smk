"""What rules look up of trainings: those of all seeds of a study, and which learn a mask."""


def of_seeds(study, name):
    """A file of a training for each seed of a study; other wildcards stay, two braces each in `name`."""
    folder = "results/runs/{{dataset}}/{{autoencoder}}/seed{seed}"
    return collect(f"{folder}/{name}", seed=plan.studies[study]["seeds"])


def trainings_before(study):
    """What looks up the checkpoints that trainings of all seeds go on from, if there are earlier ones."""

    def before(wildcards):
        number = (wildcards.dataset, wildcards.autoencoder, int(wildcards.epoch))
        previous = plan.previous(*number)
        return of_seeds(study, f"epoch{previous}.safetensors") if previous else []

    return before


def masked_runs(figure):
    """The runs of a figure whose trainings learn a mask."""
    trained = [plan.training(run.dataset, run.autoencoder) for run in figure.runs]
    pairs = zip(figure.runs, trained, strict=True)
    return [run for run, training in pairs if of_training.is_masked(training)]


def may_collapse(wildcards):
    """Those of them whose scores are lost where the mask closes: not of originals, which it does not touch."""
    if wildcards.numbers != "scores":
        return []
    found = masked_runs(plan.figures[wildcards.figure])
    return [run for run in found if run.sampler not in samplers.ORIGINALS]


def with_capacities(figure):
    """Of each run of a figure of capacities: its autoencoder, whatever is turned, and its capacity."""
    found = []
    for run in figure.runs:
        training = plan.training(run.dataset, run.autoencoder)
        plain, _ = plan.turned.get(run.autoencoder, (run.autoencoder, {}))
        sampler = getattr(run, "sampler", "prior")
        schedule = training.get("options", {}).get("schedule", "")
        found.append(
            {
                "dataset": run.dataset,
                "autoencoder": figure.display(run._replace(autoencoder=plain)),
                "capacity": training["latent"],
                "epoch": run.epoch,
                "seed": run.seed,
                "control": sampler if sampler != "prior" else None,
                "frozen": mask_schedules.frozen_epochs(
                    schedule, max(training["epochs"])
                ),
            }
        )
    return found
