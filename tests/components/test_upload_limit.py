"""The server takes no upload that is larger than what the largest uploader asks for."""

import ast
import importlib
import tomllib
from pathlib import Path

from streamlit.config import get_option

ROOT = Path(__file__).parents[2]


def uploader_limits() -> dict[str, int]:
    """The limit of each file uploader in megabytes, by the path of its module.

    Raises:
        AssertionError: an uploader states none, and would take as much as the server does.
    """
    limits = {}
    for path in [*(ROOT / "components").rglob("*.py"), *(ROOT / "pages").glob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "file_uploader":
                place = path.relative_to(ROOT)
                stated = {keyword.arg: keyword.value for keyword in node.keywords}
                assert "max_upload_size" in stated, f"{place}: an uploader without a limit"
                name = stated["max_upload_size"]
                assert isinstance(name, ast.Name), f"{place}: the limit is no named constant"
                module = importlib.import_module(".".join(place.with_suffix("").parts))
                limits[str(place)] = getattr(module, name.id)
    return limits


def test_no_message_is_read_into_memory_that_is_much_larger_than_what_is_taken() -> None:
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    taken = get_option("server.maxWidgetStateSize")
    assert taken < config["server"]["maxMessageSize"] <= 1.5 * taken


def test_the_servers_upload_limit_is_that_of_the_largest_uploader() -> None:
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    limits = uploader_limits()
    assert limits
    assert config["server"]["maxUploadSize"] == max(limits.values()), limits
