"""A fal.ai for tests, over real HTTP. See README.md beside this file."""

from tests.fal_server.options import Options
from tests.fal_server.server import FalServer

__all__ = ["FalServer", "Options"]
