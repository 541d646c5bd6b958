"""A small speaker that speaks the protocol: it says its own process id instead of the words."""

import base64
import json
import os
import sys

for line in sys.stdin:
    order = json.loads(line)
    if order["text"] == "crash":
        sys.exit(1)
    while order["text"] == "endless":
        sys.stdout.write("0" * 1000000)
    if order["text"] == "unspeakable":
        answer = {"error": "Nothing of this can be said. Write some words."}
    else:
        said = f"{order['voice']} {order['text']} {os.getpid()}"
        answer = {"wav": base64.b64encode(said.encode()).decode()}
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()
