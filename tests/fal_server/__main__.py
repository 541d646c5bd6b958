"""`python -m tests.fal_server --port 9000`: a fal to try the app against."""

import argparse
import json
from decimal import Decimal
from pathlib import Path

from tests.fal_server.options import STAGES, Options, parse_span
from tests.fal_server.server import FalServer

LIFELIKE = {"token": 0.15, "upload": 0.4, "submit": 0.25, "queue": 2, "run": 12, "status": 0.08}


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m tests.fal_server", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=9000)
    parser.add_argument("--key", action="append", default=[], help="a good key; may be repeated")
    parser.add_argument("--seed", type=int, default=0, help="for what comes by chance")
    parser.add_argument("--state", type=Path, help="a file that outlives the server")
    parser.add_argument("--balance", type=Decimal, default=Decimal(1000), help="dollars")
    parser.add_argument("--concurrency", type=int, default=0, help="runs at once; 0: no limit")
    parser.add_argument("--lifelike", action="store_true", help=f"latencies {LIFELIKE}")
    parser.add_argument(
        "--latency",
        nargs="+",
        action="extend",
        default=[],
        metavar="STAGE=SECONDS",
        help=f"or STAGE=LOW..HIGH; stages: {', '.join(STAGES)}",
    )
    parser.add_argument(
        "--fault",
        nargs="+",
        action="extend",
        default=[],
        metavar="NAME=PROBABILITY",
        help="GET /_control/faults lists the names",
    )
    parser.add_argument(
        "--option",
        nargs="+",
        action="extend",
        default=[],
        metavar="NAME=VALUE",
        help="any option of options.py, the value as JSON",
    )
    return parser.parse_args()


def _value(text: str) -> object:
    try:
        return json.loads(text)
    except ValueError:
        return text


def _options(arguments: argparse.Namespace) -> Options:
    options = Options(
        keys=tuple(arguments.key),
        seed=arguments.seed,
        balance=arguments.balance,
        concurrency=arguments.concurrency,
    )
    if arguments.lifelike:
        options.set_latency(LIFELIKE)
    spans = (entry.partition("=") for entry in arguments.latency)
    options.set_latency({stage: parse_span(span) for stage, _, span in spans})
    values = (entry.partition("=") for entry in arguments.option)
    options.change({name: _value(value) for name, _, value in values})
    return options


def main() -> None:
    """Serve until interrupted."""
    arguments = _arguments()
    server = FalServer(
        _options(arguments), host=arguments.host, port=arguments.port, state=arguments.state
    )
    for entry in arguments.fault:
        name, _, probability = entry.partition("=")
        server.fault(name, times=None, probability=float(probability or 1))
    print(f"fal for tests: FAL_PROXY_URL={server.url}", flush=True)  # noqa: T201 - its one line
    server.serve()


if __name__ == "__main__":
    main()
