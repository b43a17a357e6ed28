"""Samplers with other options, each under a name, and so a path, of its own."""

from typing import NamedTuple

from .. import samplers


class Line(NamedTuple):
    """One option of one sampler, turned from value to value.

    Attributes:
        autoencoder: whose codes it is fitted to.
        sampler: the entry under the config's `samplers` whose option is turned.
        option: the knob.
        values: what it is set to, in the order of the config.
        names: the sampler's name at each of them: that of the entry itself where it is set so.
    """

    autoencoder: str
    sampler: str
    option: str
    values: tuple
    names: tuple[str, ...]


def module(config: dict, name: str) -> str:
    """The module of `expost.samplers` behind a name under `samplers`."""
    return config["samplers"][name].get("sampler", name)


def lines(config: dict, experiment: str) -> list[Line]:
    """The knobs of an experiment that are given values.

    Raises:
        ValueError: no such entry under `samplers`, or no such option; says where.
    """
    found = []
    for method, options in config["experiments"][experiment].get("knobs", {}).items():
        autoencoder, sampler = method.split("/")
        where = f" in the knobs of experiment {experiment!r}"
        if sampler not in config["samplers"]:
            raise ValueError(
                f"got unknown sampler {sampler!r}{where}; wanted one of "
                f"{', '.join(name for name in config['samplers'] if '-' not in name)}"
            )
        own = samplers.build(sampler, **config["samplers"][sampler]).get_params()
        for option, values in options.items():
            if option not in own:
                raise ValueError(
                    f"sampler {sampler!r} has no option {option!r}{where}; "
                    f"known are {', '.join(own) or 'none'}"
                )
            names = [
                sampler if value == own[option] else _name(sampler, option, value)
                for value in values
            ]
            found.append(Line(autoencoder, sampler, option, tuple(values), tuple(names)))
    return [line for line in found if line.values]


def expand(config: dict) -> dict:
    """The config with all that its knobs stand for; once expanded, it stays as it is.

    Each value of a knob becomes an entry under `samplers`, that of the knob's sampler but for the
    one option, and a method of the experiment, beside the sampler as it is configured.

    Args:
        config: the whole; left as it is.

    Raises:
        ValueError: see `lines`.
    """
    entries, experiments = dict(config["samplers"]), {}
    for key, experiment in config["experiments"].items():
        if "method" not in experiment:  # about autoencoders alone
            experiments[key] = experiment
            continue
        methods = list(experiment["method"])
        for line in lines(config, key):
            entry = config["samplers"][line.sampler] | {"sampler": module(config, line.sampler)}
            for name, value in zip(line.names, line.values, strict=True):
                if name != line.sampler:
                    entries[name] = entry | {line.option: value}
            methods += [f"{line.autoencoder}/{name}" for name in (line.sampler, *line.names)]
        experiments[key] = experiment | {"method": list(dict.fromkeys(methods))}
    return config | {"samplers": entries, "experiments": experiments}


def parts(name: str) -> tuple[str, str | None, str | None]:
    """The sampler, option and value in a name; without a knob, the name itself and None twice."""
    sampler, *knob = name.split("-", 2)
    return (sampler, *knob) if len(knob) == 2 else (name, None, None)


def _name(sampler: str, option: str, value) -> str:
    return f"{sampler}-{option}-{'null' if value is None else value}"
