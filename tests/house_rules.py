"""What the house asks of its files, as rules: each takes sources and returns what breaks it."""

import ast
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path, PurePosixPath
from statistics import median

Sources = Mapping[str, str]
"""The text of each file by its path from the root, such as "talkinghead/jobs/job.py"."""

Layers = Sequence[frozenset[str]]
"""Packages from the top down; those of one layer do not know each other."""

MOST_FILES, MOST_LINES, MOST_MEDIAN_LINES = 16, 300, 9
ENTRANCES = ("talkinghead", "talkinghead.workspace")
"""The doors of the core, where a page gets the services."""
SHARED_SCREENS = {"ui": "jobs", "shell": "jobs"}
"""What screens of several domains share knows what the lowest of these domains knows."""
SQL_FILES = re.compile(r"(\w+_)?(repository|tables)\.py")
PUBLIC_IN_SPITE = frozenset({"_asdict", "_exit", "_fields", "_mapping", "_replace"})
"""Documented names of Python and SQLAlchemy that begin with an underscore."""


def read_sources(root: Path, *tops: str) -> dict[str, str]:
    """Every Python file below these folders, or of these names."""
    found = [
        path
        for top in tops
        for path in ([root / top] if top.endswith(".py") else sorted((root / top).rglob("*.py")))
    ]
    return {path.relative_to(root).as_posix(): path.read_text(encoding="utf-8") for path in found}


def layers_of(pyproject: str, container: str) -> list[frozenset[str]]:
    """The layers that import-linter holds a package to."""
    contracts = tomllib.loads(pyproject)["tool"]["importlinter"]["contracts"]
    of = next(each for each in contracts if container in each.get("containers", ()))
    return [frozenset(layer.replace(" ", "").split("|")) for layer in of["layers"]]


def imports(text: str) -> Iterator[tuple[str, str | None]]:
    """The module and the name of each import; no name where the module itself is imported."""
    for node in _nodes(text):
        if isinstance(node, ast.Import):
            yield from ((alias.name, None) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node.module, alias.name) for alias in node.names)


def strangers(sources: Sources, package: str, places: tuple[str, ...]) -> list[str]:
    """Imports of an outside package in another place than those that alone may know it."""
    return [
        f"{path}: {module}"
        for path, text in sources.items()
        for module in dict.fromkeys(module for module, _ in imports(text))
        if module.split(".")[0] == package and not path.startswith(places)
    ]


def screens_beyond_their_domain(sources: Sources, layers: Layers) -> list[str]:
    """Imports of the core by which a screen knows more than its domain does.

    A screen may import its domain, the layers below that, the values of any domain, and the
    entrances of the core. What an entrance hands on counts as what it is.

    Args:
        sources: of the screens, and of the entrances.
        layers: of the core.
    """
    height = {name: place for place, layer in enumerate(layers) for name in layer}
    return sorted(
        f"{path}: {module}.{name}"
        for path, text in sources.items()
        if (domain := _domain_of_screen(path))
        for module, name in _resolved(imports(text), sources)
        if not _is_known_to(domain, module, height)
    )


def _domain_of_screen(path: str) -> str | None:
    """The domain whose knowledge a screen has; None for what is no screen."""
    parts = path.split("/")
    if parts[0] != "components" or len(parts) < 3:
        return None
    return SHARED_SCREENS.get(parts[1], parts[1])


def _is_known_to(domain: str, module: str, height: Mapping[str, int]) -> bool:
    top, package, inner = [*module.split("."), "", ""][:3]
    return (
        top != "talkinghead"
        or module in ENTRANCES
        or inner == "values"
        or package == domain
        or height.get(package, -1) > height[domain]
    )


def _resolved(
    found: Iterator[tuple[str, str | None]], sources: Sources
) -> Iterator[tuple[str, str | None]]:
    """Each import by the module that an entrance has the name from."""
    handed_on = {
        (entrance, name): module
        for entrance in ENTRANCES
        for module, name in imports(sources.get(f"{entrance.replace('.', '/')}.py", ""))
    }
    for module, name in found:
        yield handed_on.get((module, name), module), name


def rooms_looking_up(sources: Sources, package: str) -> list[str]:
    """Imports by which a package within a package knows modules of the outer one.

    Args:
        sources: of the outer package at least.
        package: the outer one, as a folder, such as "talkinghead/speech/".
    """
    above = {
        path.removesuffix(".py").replace("/", ".")
        for path in sources
        if path.startswith(package) and "/" not in path.removeprefix(package)
    }
    return sorted(
        {
            f"{path}: {looked_at}"
            for path, text in sources.items()
            if path.startswith(package) and "/" in path.removeprefix(package)
            for module, name in imports(text)
            for looked_at in above & {module, f"{module}.{name}"}
        }
    )


def private_parts(sources: Sources) -> list[str]:
    """Names that begin with an underscore and are another module's: imported, or reached on an
    object that is not oneself. A name that the module gives to something itself is its own."""
    return sorted(
        f"{path}: {reached}" for path, text in sources.items() for reached in _reached(text)
    )


def _reached(text: str) -> set[str]:
    own = {name for node in _nodes(text) if (name := _given(node)) and name.startswith("_")}
    imported = {f"{module}.{name}" for module, name in imports(text) if name and _is_private(name)}
    return imported | {
        ast.unparse(node)
        for node in _nodes(text)
        if isinstance(node, ast.Attribute)
        and _is_private(node.attr)
        and node.attr not in own
        and not _is_oneself(node.value)
    }


def _given(node: ast.AST) -> str | None:
    """The name that a node gives to something of this module."""
    match node:
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            return name
        case ast.Attribute(value=ast.Name(id="self" | "cls"), attr=name, ctx=ast.Store()):
            return name
        case ast.Name(id=name, ctx=ast.Store()):
            return name
    return None


def _is_private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__") and name not in PUBLIC_IN_SPITE


def _is_oneself(node: ast.expr) -> bool:
    match node:
        case ast.Name(id="self" | "cls") | ast.Call(func=ast.Name(id="super")):
            return True
    return False


def full_folders(sources: Sources, most: int = MOST_FILES) -> list[str]:
    """Folders with too many Python files besides `__init__.py`."""
    counts: dict[str, int] = {}
    for path in map(PurePosixPath, sources):
        if path.name != "__init__.py":
            counts[str(path.parent)] = counts.get(str(path.parent), 0) + 1
    return [f"{folder}: {count} files" for folder, count in sorted(counts.items()) if count > most]


def long_modules(sources: Sources, most: int = MOST_LINES) -> list[str]:
    """Modules that are too long."""
    return sorted(path for path, text in sources.items() if len(text.splitlines()) > most)


def median_function(sources: Sources) -> float:
    """The lines of the median function, from `def` to its end."""
    return median(
        (node.end_lineno or node.lineno) - node.lineno + 1
        for text in sources.values()
        for node in _nodes(text)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )


def sql_elsewhere(sources: Sources) -> list[str]:
    """Files that know SQL and are no repository and no tables."""
    return sorted(
        path
        for path, text in sources.items()
        if any(module.split(".")[0] == "sqlalchemy" for module, _ in imports(text))
        and not SQL_FILES.fullmatch(PurePosixPath(path).name)
    )


def screens_without_streamlit(sources: Sources) -> list[str]:
    """Modules of the screens that do without Streamlit, also by what they import."""
    known = {
        path: {part for module, name in imports(text) for part in (module, f"{module}.{name}")}
        for path, text in sources.items()
        if not path.endswith("__init__.py")
    }
    needing = {
        path
        for path, names in known.items()
        if any(name.split(".")[0] == "streamlit" for name in names)
    }
    while more := {
        path for path in known if path not in needing and known[path] & _dotted(needing)
    }:
        needing |= more
    return sorted(known.keys() - needing)


def _dotted(paths: set[str]) -> set[str]:
    return {path.removesuffix(".py").replace("/", ".") for path in paths}


def picture_of(readme: str, heading: str = "## Architecture") -> list[str]:
    """The files and folders that the picture under a heading names, as paths; folders end in "/".

    The first name of a line is in the folder above it; a folder named later in the line, after
    other words, is in the folder that the line begins with.
    """
    block = readme.split(f"{heading}\n", 1)[1].split("```\n")[1]
    top, found = "", []
    for line in block.splitlines():
        words = line.split()
        begun = list(_leading(words))
        above = top if line.startswith(" ") else ""
        found += [above + word for word in begun]
        if not line.startswith(" "):
            top = begun[0] if begun else ""
        found += [
            above + begun[0] + word.rstrip(",;")
            for word in words[len(begun) :]
            if _FOLDER.fullmatch(word.rstrip(",;"))
        ]
    return found


_FOLDER = re.compile(r"([\w]+/)+")
_FILE_OR_FOLDER = re.compile(r"([\w]+/)+|\w+\.py")


def _leading(words: Sequence[str]) -> Iterator[str]:
    for word in words:
        if not _FILE_OR_FOLDER.fullmatch(word):
            return
        yield word


def with_folders_above(paths: Sequence[str]) -> set[str]:
    """These folders and files and every folder that they stand in."""
    return {path[: end.end()] for path in paths for end in re.finditer(r"/|$", path)}


def packages_of(sources: Sources) -> set[str]:
    """The folders of packages, each ending in "/"."""
    return {path.removesuffix("__init__.py") for path in sources if path.endswith("/__init__.py")}


def drawn_layers(readme: str, container: str, heading: str = "## Architecture") -> Layers:
    """The layers of a package as the second block under a heading draws them: a line that begins
    with its name, and the lines that go on with an arrow."""
    block = readme.split(f"{heading}\n", 1)[1].split("```\n")[3]
    lines = re.sub(r"\n\s+→", " →", block).splitlines()
    of = next(line for line in lines if line.startswith(f"{container}:"))
    parts = of.removeprefix(f"{container}:").replace(" ", "").split("→")
    return [frozenset(part.split("|")) for part in parts]


@cache
def _nodes(text: str) -> tuple[ast.AST, ...]:
    return tuple(ast.walk(ast.parse(text)))
