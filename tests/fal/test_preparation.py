"""Inputs are uploaded once, all together, and survive trouble with the storage."""

import pytest
from pydantic import SecretStr

from talkinghead.catalogue import StableAvatarInput
from talkinghead.catalogue.voices.models import ElevenLabsTurboInput
from talkinghead.core.errors import (
    ProviderUnreachable,
    RenderFailed,
    RenderRefused,
)
from talkinghead.fal.renderer import FalRenderer
from talkinghead.jobs.renderer import RenderRequest
from tests.fal.workbench import KEY, Workbench, posts, uploads


def test_a_second_render_uploads_nothing(bench: Workbench) -> None:
    stable = bench.smallest(StableAvatarInput)

    async def work(renderer: FalRenderer) -> None:
        request = bench.request(stable)
        assert await renderer.prepare(request) == await renderer.prepare(request)

    bench.run(work)
    bench.run(work)  # another renderer, the same memory: after a restart
    assert uploads(bench) == 2


def test_what_was_warmed_is_not_uploaded_again(bench: Workbench) -> None:
    stable = bench.smallest(StableAvatarInput)
    assert isinstance(stable, StableAvatarInput)

    async def work(renderer: FalRenderer) -> None:
        for reference in (stable.image_url, stable.audio_url):
            assert await renderer.prefetch(SecretStr(KEY), "home", reference, stable.endpoint_id)
        assert uploads(bench) == 2
        await renderer.prepare(bench.request(stable))

    bench.run(work)
    assert uploads(bench) == 2


def test_warming_with_trouble_says_no_and_raises_nothing(bench: Workbench) -> None:
    gone = f"asset:{'0' * 64}.jpg"
    key = SecretStr(KEY)
    assert not bench.run(lambda r: r.prefetch(key, "home", gone, "fal-ai/flashhead"))


def test_uploads_have_a_type_an_ascii_name_and_an_expiry(bench: Workbench) -> None:
    bench.run(lambda r: r.prepare(bench.request(bench.smallest(StableAvatarInput))))
    stored = list(bench.fal.fal.files.stored.values())
    assert sorted(file.content_type for file in stored) == ["audio/mpeg", "image/jpeg"]
    assert all(file.name.isascii() and file.expires_at is not None for file in stored)


@pytest.mark.parametrize(
    "fault",
    ["token_drop", "token_500", "token_naive", "token_expired", "token_revoked", "upload_drop",
     "upload_500", "upload_nginx_502", "upload_429", "upload_no_url", "upload_malformed_json"],
)  # fmt: skip
def test_uploads_survive(bench: Workbench, fault: str) -> None:
    bench.fal.fault(fault)
    assert bench.rendered(bench.smallest(StableAvatarInput)).path.exists()


def test_uploads_that_fail_everywhere_say_so_and_cost_nothing(bench: Workbench) -> None:
    bench.fal.fault("upload_500", times=None)
    bench.fal.fault("initiate_500", times=None)
    with pytest.raises(ProviderUnreachable, match="Nothing was ordered or charged"):
        bench.rendered(bench.flashhead())
    assert posts(bench) == 0


def test_a_file_that_fal_lost_is_uploaded_again_the_next_time(bench: Workbench) -> None:
    bench.fal.fault("upload_lost")
    with pytest.raises(RenderFailed, match="upload the file again"):
        bench.rendered(bench.flashhead())
    assert bench.rendered(bench.flashhead()).path.exists()


def test_a_portrait_that_is_not_there_any_more_is_refused(bench: Workbench) -> None:
    bench.store.delete("home", bench.portrait)
    with pytest.raises(RenderRefused):
        bench.rendered(bench.flashhead())


def test_a_portrait_that_is_no_picture_is_refused_on_its_field(bench: Workbench) -> None:
    bench.portrait = bench.store.put("home", b"no picture", ".jpg")
    with pytest.raises(RenderRefused) as caught:
        bench.rendered(bench.flashhead())
    assert caught.value.field == "portrait"


def test_a_models_own_voice_is_given_what_is_said_and_a_bought_one_nothing_else(
    bench: Workbench,
) -> None:
    def said(workspace: str, script: str) -> str:
        return f"{workspace} says {script}"

    async def work(renderer: FalRenderer) -> None:
        own = await renderer.prepare(bench.request(bench.flashhead("fal.ai")))
        assert own["text"] == "home says fal.ai"
        voice = ElevenLabsTurboInput.saying("fall dot A I")
        bought = await renderer.prepare(RenderRequest("1" * 32, "home", voice, bench.folder))
        assert bought == voice.arguments()

    bench.run(work, said=said)
