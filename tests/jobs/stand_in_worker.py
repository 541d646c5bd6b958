"""A small worker that speaks the draft worker's protocol: plain frames instead of a face.

The script is its orders: "frames=50 pause=0.02", or "crash", "refuse", "chatter".
"""

import json
import os
import signal
import sys
import threading
import time
from pathlib import Path
from typing import Any

import av
import numpy as np


def main() -> None:
    order = json.loads(sys.stdin.readline())
    threading.Thread(target=leave_with_parent, daemon=True).start()
    words = (order["script"] or "").split()
    settings = dict(word.split("=") for word in words if "=" in word)
    tell(fraction=0.0, line=f"voice {order['voice']}")
    if "refuse" in words:
        tell(error={"text": "No face was found. Choose another portrait.", "field": "portrait"})
        sys.exit(1)
    if "crash" in words:
        sys.stderr.write("a secret of the server's\n")
        os.kill(os.getpid(), signal.SIGKILL)
    if "chatter" in words:
        sys.stdout.write("not JSON at all\n[1, 2]\n")
    out = Path(order["out"])
    render(out, order, int(settings.get("frames", "10")), float(settings.get("pause", "0")))
    tell(fraction=1.0, report={"frames": int(settings.get("frames", "10"))})


def render(out: Path, order: dict[str, Any], frames: int, pause: float) -> None:
    partial = out.with_name("partial.mp4")
    with av.open(str(partial), "w") as container:
        stream = container.add_stream("libx264", rate=order["fps"])
        stream.width, stream.height, stream.pix_fmt = order["width"], order["height"], "yuv420p"
        for number in range(frames):
            picture = np.full((order["height"], order["width"], 3), number * 5 % 255, np.uint8)
            container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
            tell(fraction=(number + 1) / frames, line=f"frame {number + 1}")
            time.sleep(pause)
        container.mux(stream.encode())
    partial.rename(out)


def tell(**event: object) -> None:
    sys.stdout.write(json.dumps(event) + "\n")
    sys.stdout.flush()


def leave_with_parent() -> None:
    sys.stdin.read()
    os._exit(3)


if __name__ == "__main__":
    main()
