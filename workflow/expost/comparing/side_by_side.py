"""Many runs in several processes, and how far they are."""

from collections.abc import Iterator

from ..runtime import registry
from ..runtime.progress import Progress
from .one_run import Run, run


def done(tasks: list[tuple], processes: int | None, progress: bool) -> Iterator[Run]:
    """What comes of each task, as they end.

    Args:
        tasks: the arguments of `one_run.run`, each.
        processes: how many; None for as many as there are cores, 1 for this one alone.
        progress: whether to say how far it is.
    """
    told = Progress(len(tasks)) if progress else None
    try:
        for count, found in enumerate(_results(tasks, processes), start=1):
            if told:
                told(count, f"{found.sampler}, seed {found.seed}")
            yield found
    finally:
        if told:
            told.close()


def _results(tasks: list[tuple], processes: int | None) -> Iterator[Run]:
    import joblib

    if processes is None:
        processes = joblib.cpu_count()
    if (processes := min(processes, len(tasks))) == 1:
        return (run(*task) for task in tasks)
    # Of loky, which needs no `if __name__ == "__main__"` around the three lines of a script. It
    # ends processes that grow, so that what samplers import is there from the start.
    libraries = list(dict.fromkeys(name for _, one, *_ in tasks for name in one.libraries))
    workers = joblib.Parallel(
        processes,
        backend="loky",
        batch_size=1,
        return_as="generator_unordered",
        initializer=registry.preload,
        initargs=(libraries,),
    )
    return workers(joblib.delayed(run)(*task) for task in tasks)
