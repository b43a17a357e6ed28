"""Results of versions that kept runs beside everything else, before they had `results/runs`."""

from pathlib import Path


def refuse(folder: str | Path) -> None:
    """Refuse a folder in which an earlier version left runs.

    Nothing would take them for damaged, and nothing would use them: they would lie there as if they
    belonged to the rest.

    Args:
        folder: of the results; it may lack.

    Raises:
        ValueError: which folders in it hold such runs, and what to do about them.
    """
    folder = Path(folder)
    # Then a run was at {dataset}/{autoencoder}/seed{seed}, now it is one folder deeper.
    seeds = (path for path in folder.glob("*/*/seed[0-9]*") if path.is_dir())
    old = sorted({str(path.parents[1]) for path in seeds})
    if old:
        more = f" and {len(old) - 5} more" if len(old) > 5 else ""
        raise ValueError(
            f"got runs of an earlier version in {', '.join(old[:5])}{more}; wanted them in "
            f"{folder / 'runs'}, where this version makes them anew: move or delete the former, or "
            "have the results in another folder, by `--directory`"
        )
