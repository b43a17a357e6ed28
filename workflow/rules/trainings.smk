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


def is_masked(run):
    """Whether the training of a run learns a mask."""
    return of_training.is_masked(plan.training(run.dataset, run.autoencoder))


def keeps_best(run):
    """Whether it keeps the weights of its least validation loss, and not the last."""
    return plan.training(run.dataset, run.autoencoder).get("keep") == "best"


def masked_runs(figure):
    """The runs of a figure whose trainings learn a mask."""
    return [run for run in figure.runs if is_masked(run)]


def may_collapse(wildcards):
    """The runs of a figure of scores that mean little where a mask closes: not those of originals."""
    if wildcards.numbers != "scores":
        return []
    found = masked_runs(plan.figures[wildcards.figure])
    return [run for run in found if not plan.shows_originals(run)]


def with_capacities(figure):
    """Of each run of a figure of capacities: its autoencoder, whatever its capacity, and that."""
    found = []
    for run in figure.runs:
        training = plan.training(run.dataset, run.autoencoder)
        plain, turned = plan.turned.get(run.autoencoder, (run.autoencoder, {}))
        name = plain if set(turned) == {"latent"} else run.autoencoder
        sampler = (
            plan.sampler(run).get("sampler", run.sampler)
            if hasattr(run, "sampler")
            else "prior"
        )
        schedule = training.get("options", {}).get("schedule", "")
        found.append(
            {
                "dataset": run.dataset,
                "autoencoder": figure.display(run._replace(autoencoder=name)),
                "capacity": training["latent"],
                "epoch": run.epoch,
                "seed": run.seed,
                "masked": is_masked(run),
                "best": keeps_best(run),
                "control": sampler if sampler != "prior" else None,
                "frozen": mask_schedules.frozen_epochs(
                    schedule, max(training["epochs"])
                ),
            }
        )
    return found
