"""Proxies in front of the app, with the configurations that the README gives."""

import os
import re
import shutil
import signal
import socket
import subprocess
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.browser.server import ROOT, Server
from tests.waiting import wait_until

README_BASE = "studio"  # the base path of the README's examples
Change = Callable[[str], str]


def readme_block(language: str) -> str:
    """The only code block of this language in the README."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    block: str
    [block] = re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)
    return block


def nginx_command(folder: Path, port: int, app: str, change: Change) -> list[str]:
    """Write a configuration with the README's block in it, without TLS, and return the command."""
    block = readme_block("nginx").replace("listen 443 ssl;", f"listen 127.0.0.1:{port};")
    block = re.sub(r" *ssl_certificate.*\n", "", block)
    block = block.replace("/var/log/nginx", str(folder)).replace("127.0.0.1:8501", app)
    paths = "".join(
        f"{kind}_temp_path {folder}/{kind};\n"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    user = "user root;\n" if os.geteuid() == 0 else ""
    config = folder / "nginx.conf"
    config.write_text(
        f"{user}daemon off;\npid {folder}/nginx.pid;\nerror_log {folder}/error.log;\n"
        f"events {{}}\nhttp {{\n{paths}{change(block)}}}\n"
    )
    return ["nginx", "-e", str(folder / "error.log"), "-p", str(folder), "-c", str(config)]


def caddy_command(folder: Path, port: int, app: str, change: Change) -> list[str]:
    """Write the README's block, without TLS, and return the command."""
    block = readme_block("caddyfile").replace("studio.example.com", f"http://127.0.0.1:{port}")
    block = change(block.replace("127.0.0.1:8501", app))
    config = folder / "Caddyfile"
    config.write_text(f"{{\n    admin off\n    auto_https off\n}}\n{block}")
    return ["caddy", "run", "--config", str(config), "--adapter", "caddyfile"]


COMMANDS = {"nginx": nginx_command, "caddy": caddy_command}


def at_root(block: str) -> str:
    """The block for an app at the root of its host, changed as the README says."""
    block = re.sub(r" *location = /studio \{.*?\}\n\n?", "", block, flags=re.DOTALL)
    block = re.sub(r" *redir .*\n", "", block)
    block = block.replace("reverse_proxy /studio/* ", "reverse_proxy ")
    return block.replace("location /studio/ {", "location / {")


def as_it_is(block: str) -> str:
    """The block as the README has it."""
    return block


def installed(name: str) -> bool:
    """Whether there is such a proxy here."""
    return shutil.which(name) is not None


@contextmanager
def proxy(name: str, folder: Path, server: Server, change: Change = as_it_is) -> Iterator[str]:
    """Run a proxy in front of a server; yields the address of its host."""
    folder.mkdir(parents=True, exist_ok=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    command = COMMANDS[name](folder, port, f"127.0.0.1:{server.port}", change)
    log = folder / "output.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            stdout=output,
            stderr=output,
            env={**os.environ, "HOME": str(folder), "XDG_DATA_HOME": str(folder)},
            start_new_session=True,
        )
    host = f"http://127.0.0.1:{port}"

    def answers() -> bool:
        assert process.poll() is None, log.read_text()
        try:
            urllib.request.urlopen(f"{host}{server.base_path}/_stcore/health", timeout=5).close()  # noqa: S310
        except OSError:
            return False
        return True

    try:
        wait_until(answers)
        yield host
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(15)
