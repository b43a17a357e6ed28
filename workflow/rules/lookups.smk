"""What the rules of trainings, samples and scores look up in the plan."""


def training_before(wildcards):
    """The checkpoint that a training goes on from, if there is an earlier one."""
    before = plan.previous(
        wildcards.dataset, wildcards.autoencoder, int(wildcards.epoch)
    )
    folder = "results/runs/{dataset}/{autoencoder}/seed{seed}"
    return [f"{folder}/epoch{before}.safetensors"] if before else []


def training_of(wildcards):
    """All that an autoencoder is made and trained by, but for how long."""
    training = settings.resolve(plan.training(wildcards.dataset, wildcards.autoencoder))
    del training["epochs"]
    return json.loads(
        json.dumps(training, sort_keys=True)
    )  # in whatever order it is written


def original_images(wildcards):
    """The data set where a run's sampler shows its images, and not what is decoded."""
    shows = samplers.build(wildcards.sampler, **plan.sampler(wildcards)).shows
    return "results/data/{dataset}.npz" if shows == "originals" else []


def feature_modules(spaces):
    """The modules of the library behind feature spaces."""
    return [f"features/{space}" for space in spaces]


def named_spaces(run):
    """The feature spaces of a run, as the name of a file."""
    return "-".join(("pixels", *plan.spaces(run)))


def reference_of(wildcards):
    """What a run is compared with."""
    spaces = named_spaces(run_of(wildcards))
    return f"results/data/{{dataset}}/reference/seed{{seed}}m{{draws}}/{spaces}.npz"


def training_of_run(wildcards):
    """What a run's sampler was fitted to."""
    spaces = named_spaces(run_of(wildcards))
    fitted = row_choice.most_fitted(int(wildcards.size), int(wildcards.draws))
    return f"results/data/{{dataset}}/training/seed{{seed}}n{fitted}/{spaces}.npz"


def embedded(wildcards):
    """The runs of a figure that share one embedding."""
    return [
        run
        for run in plan.figures[wildcards.figure].runs
        if all(
            str(getattr(run, axis)) == value
            for axis, value in wildcards.items()
            if axis != "figure"
        )
    ]


def cost_module(wildcards):
    """The module of the library behind a sampler that is timed."""
    entry = plan.cost_sampler(wildcards.figure, wildcards.sampler)
    return f"samplers/{entry.get('sampler', wildcards.sampler)}"
