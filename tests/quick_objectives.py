"""Every objective with options that suit some hundred data, ready to be played."""

from expost import objectives

OPTIONS = {
    "gen": {"sample": 24, "every": 3},
    "aae": {"units": 16},
    "wae_gan": {"units": 16},
    "lmgae": {"units": 16},
}


def options(name):
    """Of an objective, what differs from its defaults."""
    return OPTIONS.get(name, {})


def built(name, shape, latent, **plan):
    """The objective."""
    return objectives.build(name, shape, latent, options=options(name), **plan)


def looked(model, data):
    """The objective, which has looked at data, as a training lets it before its first batch."""
    model.look(0, lambda count: iter([data[:count]]))
    return model
