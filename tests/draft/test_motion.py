"""Blinks and the head: alike for a seed, alive otherwise."""

from dataclasses import astuple

import numpy as np

from talkinghead.av.sound import Sound
from talkinghead.draft.head_warp import HeadPose
from talkinghead.draft.motion import Expression, blinks, glances, head_poses, loudness

MINUTE = 60 * 25


def heads(expression: Expression, seconds: int = 60) -> list[HeadPose]:
    level = np.tile(np.repeat(np.array([0.1, 0.9], np.float32), 20), seconds)[: 25 * seconds]
    return list(head_poses(level, 25, 100.0, expression))


def poses(seed: int) -> list[tuple[float, ...]]:
    return [
        astuple(pose)
        for pose in head_poses(np.full(100, 0.5, np.float32), 25, 100.0, Expression(seed))
    ]


def test_the_same_seed_gives_the_same_movements() -> None:
    assert (blinks(MINUTE, 25, 7) == blinks(MINUTE, 25, 7)).all()
    assert poses(7) == poses(7)


def test_another_seed_gives_other_movements() -> None:
    assert (blinks(MINUTE, 25, 7) != blinks(MINUTE, 25, 8)).any()
    assert poses(7) != poses(8)


def test_eyes_blink_as_often_as_a_persons() -> None:
    closed = blinks(MINUTE, 25, 0) > 0.9
    count = int((closed[1:] & ~closed[:-1]).sum())
    assert 12 <= count <= 27


def test_a_blink_lasts_as_long_at_any_frame_rate() -> None:
    assert abs((blinks(MINUTE, 25, 0) > 0).mean() - (blinks(2 * MINUTE, 50, 0) > 0).mean()) < 0.02


def test_the_head_moves_little_and_without_jumps() -> None:
    moves = np.array([pose[:8] for pose in poses(3)])  # eyes may jump
    assert np.abs(moves[:, 1:3]).max() < 10  # pixels, of an eye distance of 100
    assert np.abs(np.diff(moves, axis=0)).max() < 1


def test_loudness_follows_the_sound_and_is_whole_at_the_loud() -> None:
    samples = np.concatenate([np.zeros(8000), 0.4 * np.ones(8000)]).astype(np.float32)
    level = loudness(Sound(samples, 16_000), 25, 25)
    assert level[:12].max() == 0
    assert level[13:].min() > 0.99


def test_silence_has_no_loudness() -> None:
    assert loudness(Sound(np.zeros(16_000, np.float32), 16_000), 25, 25).max() == 0


def test_eyes_glance_aside_now_and_then_and_come_back() -> None:
    right, down = glances(MINUTE, 25, 0)
    aside = np.abs(right) > 0.02
    assert 8 <= int((aside[1:] & ~aside[:-1]).sum()) <= 25
    assert 0.02 < aside.mean() < 0.3
    assert np.abs(down).max() < np.abs(right).max() <= 0.05


def test_eyes_at_the_camera_never_glance() -> None:
    assert {head.gaze_right for head in heads(Expression(gaze="at the camera"))} == {0.0}
    assert len({head.gaze_right for head in heads(Expression())}) > 2


def test_a_stress_lifts_the_corners_of_the_mouth_here_and_there() -> None:
    smiles = np.array([head.smile for head in heads(Expression())])
    assert smiles.min() >= 0
    assert 0.5 < smiles.max() < 3  # pixels, of an eye distance of 100
    assert (smiles < 0.2).mean() > 0.1


def test_a_lively_head_moves_more_than_a_calm_one() -> None:
    sway = {
        liveliness: np.std([head.right for head in heads(Expression(0, liveliness))])
        for liveliness in ("calm", "natural", "lively")
    }
    assert sway["calm"] < 0.7 * sway["natural"] < 0.6 * sway["lively"]
    assert Expression(0, "calm").mouth_opening < 1 < Expression(0, "lively").mouth_opening
