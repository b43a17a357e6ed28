"""How an autoencoder is trained: the entry of the config, completed and checked without torch."""

from .. import objectives
from ..networks import architectures
from ..objectives import asked, reconstruction_names
from ..runtime import option_values
from . import optimisers, schedules

# The EBCAE paper's for MNIST. `epochs` has no default.
DEFAULTS = {
    "options": {},  # of the objective
    "networks": architectures.DEFAULT,
    "width": 1.0,
    "latent": 10,
    "reconstruction": "cross_entropy",
    "reduction": "sum",
    "output": None,
    "optimiser": {"name": "Adam", "learning_rate": 1e-3, "weight_decay": 1e-3},
    "schedule": {"kind": "constant"},
    "keep": "last",
    "validation": 0,
    "batch": 128,
    "players": {},
}
NOT_SAID = ("of_class", "together")  # settings that are there only where they are said
KEEP = ("last", "best")
OF_PLAYERS = ("optimiser", "steps", "schedule")
# What a checkpoint has to say to be rebuilt, beside the shape of the data.
OF_NETWORKS = (
    *("objective", "options", "networks", "width", "latent"),
    *("reconstruction", "reduction", "output"),
)
OF_LIKELIHOOD = ("objective", "options", "reconstruction", "reduction")


def resolve(entry: dict) -> dict:
    """The settings of a training, each of them said.

    Args:
        entry: `objective` and `epochs`, after which of them a checkpoint is kept, the last one
            ends the training; and what is other than `DEFAULTS`: `options` of the objective;
            `networks` and `width`, see `networks.architectures`; `latent`, the length of a code;
            `reconstruction`, `reduction` and `output`, see `objectives.reconstruction`;
            `optimiser`, see `training.optimisers`; `schedule` of its rate, see
            `training.schedules`; `keep`, the weights after a checkpoint's epoch (`last`), or those
            with the least validation loss until then (`best`); `validation`, how many of the
            training data are held out for that loss; `batch`, items a step, see `passes.batches`
            of what is left over; `players`, for each
            name `optimiser`, `steps` a batch and `schedule` where they are other than the run's;
            `of_class`, the number of the class whose items alone it is given, `validation` too;
            `together`, whether all seeds are trained by one job, see `training.together`.

    Raises:
        ValueError: what was got, what was wanted.
    """
    known = {"objective", "epochs", *NOT_SAID, *DEFAULTS}
    if unknown := sorted(set(entry) - known):
        raise ValueError(
            f"a training got unknown settings {', '.join(unknown)}; known are "
            f"{', '.join(sorted(known))}{option_values.close(unknown[0], known)}"
        )
    if lacking := [key for key in ("objective", "epochs") if key not in entry]:
        raise ValueError(f"a training lacks its {' and '.join(lacking)}")
    settings = DEFAULTS | entry
    settings["optimiser"] = optimisers.merged(DEFAULTS["optimiser"], settings["optimiser"])
    _check(settings)
    settings["epochs"] = sorted(settings["epochs"])
    return settings


def _check(settings: dict) -> None:
    if not isinstance(settings["epochs"], list | tuple):
        raise ValueError(f"got epochs {settings['epochs']!r}; wanted a list, as [5, 15]")
    for key, least in (("latent", 1), ("batch", 2), ("validation", 0)):
        option_values.count(key, settings[key], least=least)
    for epoch in settings["epochs"]:
        option_values.count("epochs", epoch)
    if "of_class" in settings:
        option_values.count("of_class", settings["of_class"], least=0)
    if not settings["epochs"] or len(set(settings["epochs"])) < len(settings["epochs"]):
        raise ValueError(f"got epochs {settings['epochs']}; wanted one or more, each once")
    if settings["keep"] not in KEEP:
        like = option_values.close(settings["keep"], KEEP)
        raise ValueError(f"got keep {settings['keep']!r}; wanted one of {', '.join(KEEP)}{like}")
    if settings["keep"] == "best" and not settings["validation"]:
        raise ValueError(
            "got `keep: best` with `validation: 0`, so that no weights are known to be best; hold "
            "out some training data, `validation: 1000` say, or set `keep: last`"
        )
    for key in ("options", "players"):
        if not isinstance(settings[key], dict):
            raise ValueError(f"got {key} {settings[key]!r} of a training; wanted a mapping")
    objectives.check(settings["objective"], **settings["options"])
    architectures.build(settings["networks"], settings["width"])
    reconstruction_names.check(*(settings[k] for k in ("reconstruction", "reduction", "output")))
    asked.check_likelihood(*(settings[k] for k in OF_LIKELIHOOD))
    optimisers.check(settings["optimiser"])
    schedules.check(settings["schedule"], settings["validation"])
    for name, player in settings["players"].items():
        if not isinstance(player, dict):
            raise ValueError(f"got {player!r} for the player {name!r}; wanted a mapping")
        if unknown := sorted(set(player) - set(OF_PLAYERS)):
            raise ValueError(
                f"the player {name!r} got unknown settings {', '.join(unknown)}; known are "
                f"{', '.join(OF_PLAYERS)}{option_values.close(unknown[0], OF_PLAYERS)}"
            )
        optimisers.check(optimisers.merged(settings["optimiser"], player.get("optimiser", {})))
        option_values.count(f"steps of the player {name!r}", player.get("steps", 1))
        schedules.check(player.get("schedule", settings["schedule"]), settings["validation"])
    _check_pace(settings)
    _check_together(settings)


def _check_pace(settings: dict) -> None:
    """Refuse several checkpoints of a training whose every step depends on when it ends."""
    said = [settings, *settings["players"].values()]
    kinds = [part["schedule"] for part in said if "schedule" in part]
    found = [f"the schedule {kind['kind']!r}" for kind in kinds if schedules.build(kind).paced]
    found.append(asked.paced(settings["objective"], settings["options"]))
    if len(settings["epochs"]) > 1 and (paced := next(filter(None, found), None)):
        raise ValueError(
            f"got epochs {settings['epochs']} with {paced}, which goes by how long a training is; "
            "wanted one of them, and an autoencoder of its own for each other"
        )


def _check_together(settings: dict) -> None:
    """Refuse to train what cannot be stacked side by side."""
    if not isinstance(settings.get("together", False), bool):
        raise ValueError(f"got together {settings['together']!r}; wanted true or false")
    if not settings.get("together", False):
        return
    networks = architectures.build(settings["networks"], settings["width"])
    if not asked.together(settings["objective"]):
        alone = f"the objective {settings['objective']!r}"
    elif not getattr(networks, "together", False):
        alone = f"the networks {settings['networks']!r}"
    else:
        alone = next((k for k in ("validation", "of_class") if settings.get(k)), None)
    if alone:
        raise ValueError(
            f"got `together: true` with {alone}; wanted networks `mlp`, no `validation` and no "
            f"`of_class`, and an objective of {', '.join(asked.all_together())}; or leave it out"
        )
