"""What a new job takes with it."""

from decimal import Decimal

from talkinghead.jobs.new_job import child_of, new_job


def test_a_child_has_the_actor_of_its_parent() -> None:
    parent = new_job("w", "studio/film", {}, ordered_by="ada", title="Morning", seconds=Decimal(40))
    child = child_of(
        parent,
        0,
        "fal-ai/infinitalk",
        {},
        title="Morning (1 of 2)",
        fingerprint="f",
        seconds=Decimal(20),
        estimate=Decimal(1),
        payer="session",
    )
    assert (child.parent, child.workspace, child.ordered_by) == (parent.id, "w", "ada")
