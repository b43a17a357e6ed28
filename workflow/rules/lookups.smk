"""What the rules of data, trainings, samples and scores look up in the plan."""


def sampler_module(wildcards):
    """The module of the library behind a run's sampler."""
    return f"samplers/{plan.sampler(wildcards).get('sampler', wildcards.sampler)}"


def objective_module(wildcards):
    """The module of the library behind an autoencoder's objective."""
    return f"objectives/{plan.training(wildcards.dataset, wildcards.autoencoder)['objective']}"


def networks_module(wildcards):
    """The module of the library behind an autoencoder's networks."""
    training = plan.training(wildcards.dataset, wildcards.autoencoder)
    networks = training.get("networks", architectures.DEFAULT)
    return f"networks/{networks if isinstance(networks, str) else networks['name']}"


def given_autoencoders():
    """The autoencoders whose codes are given, which nobody trains."""
    return [
        f"{study}.{name}"
        for study, known in plan.studies.items()
        for name, entry in known["autoencoders"].items()
        if given_codes.is_given(entry)
    ]


def run_of(wildcards):
    """The run that a rule's wildcards name."""
    numbers = {
        axis: int(wildcards[axis]) for axis in ("epoch", "size", "draws", "seed")
    }
    names = {axis: wildcards[axis] for axis in ("dataset", "autoencoder", "sampler")}
    return runs.Run(**names, **numbers)


def sources_of(name):
    """The files or the folder that a data set is read from."""
    dataset = plan.data_sets[name].reader
    if dataset.files:
        return dataset.paths(f"results/downloads/{name}")
    found = dataset.paths(config["data_dir"] or ".")
    for path in found:
        if not path.exists():
            here = (
                ""
                if path.is_absolute()
                else f", looked for in {escaping.name_shown(Path.cwd())}"
            )
            raise WorkflowError(
                f"data set {name}: {escaping.missing(path)}{here}; put it there, "
                "correct its path, or set data_dir to the folder that has it"
            )
    # A folder's own time is new after any file in it, also a hidden one; `state_of` says better.
    return [ancient(path) if path.is_dir() else path for path in found]


@cache  # Snakemake asks several times
def state_of(name):
    """What changes with the content of the user's file or folder that a data set is read from."""
    try:
        return plan.data_sets[name].reader.state(config["data_dir"] or ".")
    except (ValueError, OSError) as error:
        raise WorkflowError(f"data set {name}: {error}") from None


def scored_modules(figure):
    """The modules of the library that say what a figure's metrics and spaces are called."""
    families = map(metrics.modules, figure.metrics)
    spaces = ("pixels", *figure.features)
    return [*chain(*families), *(f"features/{space}" for space in spaces)]


def refuse_other_weights(space):
    """Stop where a file lies in the place of a space's published weights that cannot be these."""
    if remote := features.weights(space):
        folder = f"results/downloads/{space}"
        download.check_size(remote, folder, config["data_dir"])


def networks_of(dataset, spaces):
    """The file with the network of each feature space: published weights, or trained here."""
    published = {space: features.weights(space) for space in spaces}
    return [
        (
            f"results/downloads/{space}/{remote.name}"
            if remote
            else f"results/data/{dataset}/{space}.onnx"
        )
        for space, remote in published.items()
    ]


def spaces_in(wildcards):
    """The feature spaces that a file's name lists behind the pixels."""
    return wildcards.spaces.split("-")[1:]


trained_elsewhere = [name for name in plan.autoencoders() if plan.is_pretrained(name)]
trained_here = [name for name in plan.autoencoders() if name not in trained_elsewhere]
together = seeds_together.autoencoders(plan)
trained_alone = [name for name in trained_here if name not in chain(*together.values())]


def checkpoint_of(wildcards):
    """The checkpoint with both networks, which GPUs read, of an autoencoder that is trained here."""
    path = "results/runs/{dataset}/{autoencoder}/seed{seed}/epoch{epoch}.safetensors"
    return [] if wildcards.autoencoder in trained_elsewhere else path


def border_of(wildcards):
    """What is said of an autoencoder's files from elsewhere, wherever they lie."""
    return pretrained.border(plan.training(wildcards.dataset, wildcards.autoencoder))


def files_state_of(wildcards):
    """What changes with the content of an autoencoder's files from elsewhere."""
    return pretrained.state(plan.training(wildcards.dataset, wildcards.autoencoder))


def training_before(wildcards):
    """The checkpoint that a training goes on from, if there is an earlier one."""
    before = plan.previous(
        wildcards.dataset, wildcards.autoencoder, int(wildcards.epoch)
    )
    folder = "results/runs/{dataset}/{autoencoder}/seed{seed}"
    return [f"{folder}/epoch{before}.safetensors"] if before else []


def training_of(wildcards):
    """All that an autoencoder is made and trained by, but for how long."""
    return json.loads(written_training(wildcards.dataset, wildcards.autoencoder))


@cache
def written_training(dataset, autoencoder):
    """The same as a text, which is the same in whatever order the config has its keys."""
    training = settings.resolve(plan.training(dataset, autoencoder))
    del training["epochs"]
    return json.dumps(training, sort_keys=True)


def kernels_of(run):
    """How many kernels the law of a training's codes has its bandwidth of; None if it has no law."""
    training = plan.training(run.dataset, run.autoencoder)
    return of_training.kernels(training)


def trainings_of(figure):
    """Likewise of each run of a figure."""
    return [training_of(run) for run in figure.runs]


def validation_of(wildcards):
    """How many training images an autoencoder's training holds out, which samplers do not get."""
    training = plan.training(wildcards.dataset, wildcards.autoencoder)
    return training.get("validation", 0)


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


def copying_of(wildcards):
    """What is known of a run's training and real images, where metrics of copying want that."""
    run = run_of(wildcards)
    if not any(metrics.takes(family, "nearest") for family in plan.families(run)):
        return []
    fitted = row_choice.most_fitted(run.size, run.draws)
    folder = f"results/data/{run.dataset}/copying/seed{run.seed}n{fitted}m{run.draws}"
    return f"{folder}/{named_spaces(run)}.npz"


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


def alone(wildcards):
    """Threads of a job that nothing shall run beside: all there are here, on a cluster its own."""
    here = 1 if workflow.non_local_exec else workflow.cores
    return max(config["threads"], here)
