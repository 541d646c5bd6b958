"""A small worker that speaks the speech worker's protocol: its report is the order it was given."""

import json
import sys
import time
from pathlib import Path

order = json.loads(sys.stdin.readline())
sys.stdout.write(json.dumps({"fraction": 0.5, "line": "Half"}) + "\n")
sys.stdout.flush()
if order["sentences"][0]["said"] == "Slowly.":
    time.sleep(60)
folder = Path(order["folder"])
(folder / "speech.wav").write_bytes(b"sound")
(folder / "speech.json").write_text(json.dumps({"order": order}), encoding="utf-8")
