"""What a fresh machine installs and fetches, read from the files of the project."""

import ast
import json
import re
import sys
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
import yaml
from conftest import ROOT, copy_project, snakemake
from expost.study import code_identity

OPTIONAL = {"tqdm"}  # draws a bar in the terminal of a program that has it
NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
# Names of formats, which nothing opens.
IDENTIFIERS = {"https://json-schema.org/draft/2020-12/schema"}


def pins(lines):
    """Name -> version of lines `name==version`; any other line is an error."""
    found = {}
    for line in lines:
        name, exact, version = line.partition("==")
        assert exact, f"not an exact version: {line}"
        assert NAME.fullmatch(name), line
        assert re.fullmatch(r"[0-9][0-9a-z.+]*", version), line
        assert name not in found, f"twice: {name}"
        found[name] = version
    return found


def statements(path):
    """Lines of a requirements file, continued ones joined, without comments."""
    text = (ROOT / path).read_text().replace("\\\n", " ")
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


@pytest.fixture(scope="module")
def wanted():
    return pins(statements("requirements.in"))


@pytest.fixture(scope="module")
def pinned():
    return pins(line.split()[0] for line in statements("requirements.txt"))


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """A copy of what is committed or would be."""
    return copy_project(tmp_path_factory.mktemp("pins"))


@pytest.fixture(scope="module")
def modules(project):
    """The syntax tree of every Python file, by its path."""
    paths = sorted(project.rglob("*.py"))
    return {path.relative_to(project): ast.parse(path.read_text()) for path in paths}


def imports(tree):
    """Top-level names of all absolute imports, those inside functions too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield node.module.partition(".")[0]


@cache
def providers(name):
    """The distributions of an imported name, as requirements write them."""
    found = packages_distributions().get(name, [])
    return {distribution.lower().replace("_", "-") for distribution in found}


def rules():
    """Name -> text of every rule that starts a job of its own, whatever file it is in."""
    text = "\n".join(path.read_text() for path in sorted(ROOT.glob("workflow/rules/*.smk")))
    blocks = re.findall(r"^rule (\w+):\n((?: .*\n|\n)+)", text, re.MULTILINE)
    return {name: body for name, body in blocks if "localrule: True" not in body}


def test_requirements_are_exact_and_hashed_and_name_no_host():
    for line in statements("requirements.txt"):
        pin, *hashes = line.split()
        pins([pin])
        assert hashes, f"no hash: {pin}"
        assert all(re.fullmatch(r"--hash=sha256:[0-9a-f]{64}", h) for h in hashes), pin


def test_what_is_wanted_is_what_is_pinned(wanted, pinned):
    assert wanted.items() <= pinned.items()


@pytest.mark.parametrize("path", sorted(ROOT.glob("envs/*.yaml")), ids=lambda path: path.stem)
def test_environments_have_the_pinned_versions(path, pinned):
    *conda, pip = yaml.safe_load(path.read_text())["dependencies"]
    assert conda == ["python=3.11", "pip"]
    assert pins(pip["pip"]).items() <= pinned.items()


def test_every_import_is_required_by_name(modules, wanted):
    for path, tree in modules.items():
        if path.parts[0] != "workflow":
            continue
        for name in set(imports(tree)) - sys.stdlib_module_names - {"expost"} - OPTIONAL:
            assert providers(name) & wanted.keys(), (
                f"{path} imports {name}, which requirements.in lacks"
            )


def test_every_rule_says_where_and_with_what_it_runs():
    assert len(rules()) > 10
    for name, body in rules().items():
        for directive in ("log:", "benchmark:", "conda:", "threads:", "mem_mb=", "runtime="):
            assert re.search(rf"^ +{directive}", body, re.MULTILINE), f"{name} has no {directive}"


def test_every_rule_made_of_another_logs_and_measures_for_itself():
    text = "\n".join(path.read_text() for path in sorted(ROOT.glob("workflow/rules/*.smk")))
    blocks = re.findall(r"^use rule \w+ as (\w+) with:\n((?: .*\n|\n)+)", text, re.MULTILINE)
    assert {"decode_groups", "collect_cost"} <= {name for name, _ in blocks}
    for name, body in blocks:
        for directive in ("output:", "log:", "benchmark:"):
            assert re.search(rf"^ +{directive}", body, re.MULTILINE), f"{name} has no {directive}"


def test_every_environment_is_used_and_exists():
    used = {
        Path(path).name for body in rules().values() for path in re.findall(r"envs/\S+yaml", body)
    }
    assert used == {path.name for path in ROOT.glob("envs/*.yaml")}


def test_conda_is_asked_for_every_environment(tmp_path, monkeypatch):
    """By a conda that answers what Snakemake asks before it plans, and can do nothing else."""
    info = json.dumps({"conda_version": "24.7.1", "conda_prefix": "/", "platform": "linux-64"})
    answers = {"info --json": info, "--version": "conda 24.7.1"}
    priority = json.dumps({"get": {"channel_priority": "strict"}})
    conda = tmp_path / "conda"
    conda.write_text(
        f"#!{sys.executable}\nimport sys\n"
        f"print({answers!r}.get(' '.join(sys.argv[1:]), {priority!r}))\n"
    )
    conda.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    project = copy_project(tmp_path / "project")
    run = snakemake(project, "--sdm", "conda", "--dry-run", "all")
    assert run.returncode == 0, run.stdout
    made = re.findall(r"Conda environment envs/(\S+) will be created", run.stdout)
    assert set(made) == {path.name for path in ROOT.glob("envs/*.yaml")}


def test_the_container_has_the_same_packages():
    lines = (ROOT / "envs/Containerfile").read_text()
    assert re.search(r"^FROM \S+python:3\.11-", lines, re.MULTILINE)
    assert "pip install --no-cache-dir --require-hashes -r /requirements.txt" in lines


def test_no_file_names_a_host(project):
    for path in project.rglob("*"):
        if path.suffix in {".png", ".pdf", ".npz"} or not path.is_file():
            continue
        # Servers of the tests are on the loopback.
        hosts = re.findall(r"(?:https?|ftp)://(?!127\.0\.0\.1)[^\s\"'<>)[\]]+", path.read_text())
        assert set(hosts) <= IDENTIFIERS, path.relative_to(project)


COMPONENTS = {  # of the rules whose components are chosen by name: where those are
    "train": "objectives",
    "encode": "objectives",
    "novelty": "objectives",
    "fit_sampler": "samplers",
    "fit_trees": "samplers",
    "draw_targeted": "samplers",
    "draw_recombined": "samplers",
    "cost": "samplers",
    "dataset": "datasets",
    "reference": "features",
    "training_features": "features",
    "decode": "features",
    "score": "metrics",
    "figure": "kinds",
    "table": "kinds",
}


def test_every_rule_with_components_is_there():
    assert COMPONENTS.keys() <= rules().keys()


def test_every_environment_has_what_its_rules_import(modules):
    for name, body in rules().items():
        (script,), (env,) = (re.findall(p, body) for p in (r"scripts/(\w+)\.py", r"envs/(\w+)\.y"))
        folder = COMPONENTS.get(name)
        chosen = [f"{folder}/{p.stem}" for p in modules if p.parent.name == folder]
        behind = code_identity.modules(f"{ROOT}/workflow/scripts/{script}.py", *chosen)
        stems = [f"workflow/expost/{module.replace('.', '/')}" for module in behind]
        paths = [Path(f"{stem}{end}.py") for stem in stems for end in ("", "/__init__")]
        trees = [modules[path] for path in paths if path in modules]
        pip = yaml.safe_load((ROOT / f"envs/{env}.yaml").read_text())["dependencies"][-1]["pip"]
        have = set(pins(pip))
        trees.append(modules[Path(f"workflow/scripts/{script}.py")])
        for imported in {i for tree in trees for i in imports(tree)} - sys.stdlib_module_names:
            if imported not in {"expost", *OPTIONAL}:
                assert providers(imported) & have, (
                    f"{name} imports {imported}, which envs/{env}.yaml lacks"
                )
