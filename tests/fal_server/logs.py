"""What a run writes to its log, and when."""

Line = tuple[float, str, str]
"""Seconds since the line before, level, message."""

MOST_LINES = 200
STEPS_WITHOUT_TIME = 4


def _bar(step: int, steps: int, seconds: float) -> str:
    """A line of tqdm's, as the models print them."""
    share = step / steps
    filled = "█" * int(10 * share)
    gone = seconds * share
    left = seconds - gone
    pace = steps / seconds if seconds else 99.99
    clock = f"{_clock(gone)}<{_clock(left)}"
    return f"{round(100 * share):3d}%|{filled:<10}| {step}/{steps} [{clock}, {pace:5.2f}it/s]"


def _clock(seconds: float) -> str:
    return f"{int(seconds) // 60:02d}:{int(seconds) % 60:02d}"


def progress(script: tuple[str, ...], seconds: float, interval: float) -> list[Line]:
    """The lines of a run that takes this long, about one in each interval, no two the same."""
    count = round(seconds / interval) if interval > 0 else MOST_LINES
    total = min(MOST_LINES, max(count, len(script) + STEPS_WITHOUT_TIME))
    steps = total - len(script) - 1
    messages = [("INFO", message) for message in script]
    messages += [("STDERR", _bar(step, steps, seconds)) for step in range(1, steps + 1)]
    messages.append(("INFO", "Uploading the result"))
    return [(seconds / total, level, message) for level, message in messages]
