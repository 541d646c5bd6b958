"""Scripts become speeches: local voices and bought ones, from the click to the library."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest

from talkinghead import Studio, Workspace
from talkinghead.av.sound import read_sound
from talkinghead.catalogue.voices.models import SPEECH_MODELS, voice_id_of
from talkinghead.core.errors import InvalidInput, InvalidScript, NotFound, RenderRefused
from talkinghead.jobs.job import Job, JobState
from talkinghead.speech.pronunciations.entries import Pronunciation
from talkinghead.speech.repository import Speech
from talkinghead.speech.voice_samples import SAMPLE
from tests.fal_server.server import FalServer
from tests.jobs.studios import wait_for, wait_for_end
from tests.orders import hear_bought, order_speech, quote_speech, retry
from tests.speech.conftest import RACHEL, SHORT
from tests.waiting import wait_until

SCRIPT = "Good morning to you. We open at nine. Come and see."


def ended(here: Workspace, job: Job) -> Job:
    return wait_for_end(here, job)


def ordered(here: Workspace, script: str = SCRIPT, voice: str = RACHEL) -> Job:
    return order_speech(here, script, voice, quote_speech(here, script, voice).dollars)


def made(here: Workspace, script: str = SCRIPT, voice: str = RACHEL) -> Speech:
    job = ended(here, ordered(here, script, voice))
    assert (job.state, job.problem) == (JobState.DONE, None)
    speech = here.speech.of_job(job.id)
    assert speech is not None
    return speech


# Voices of this machine


def test_a_local_voice_makes_a_recording_that_knows_its_words(here: Workspace) -> None:
    here.pronunciations.replace([Pronunciation("fal.ai", "fall dot A I")])
    script = "See *fal.ai* today. [pause 1.5] Bye."
    assert quote_speech(here, script, "af_heart").dollars == 0
    job = ended(here, order_speech(here, script, "af_heart"))
    speech = here.speech.of_job(job.id)
    assert speech is not None
    assert [each.text for each in speech.words] == ["See", "fal.ai", "today.", "Bye."]
    assert [each.text for each in speech.sentences] == ["See fal.ai today.", "Bye."]
    assert 1.5 <= speech.sentences[1].start - speech.sentences[0].end < 1.55
    assert here.recordings.find(speech.reference).seconds == float(speech.seconds)
    sound = read_sound(here.recordings.sound(speech.reference))
    assert sound.seconds == pytest.approx(float(speech.seconds), abs=1e-4)
    assert max(here.recordings.loudness(speech.reference).peaks) > 0
    assert here.speech.of_recording(speech.reference) == here.speech.find(speech.id) == speech
    # Nothing of it is spoken twice: neither the whole nor the sentence that stays.
    assert quote_speech(here, script, "af_heart").plan.ready_id == speech.id
    changed = quote_speech(here, script.replace("Bye.", "Ciao."), "af_heart")
    assert (changed.sentences, changed.new_texts, changed.plan.ready_id) == (2, ("Ciao.",), None)
    assert here.billing.ledger() == []


def test_a_local_speech_is_stopped_while_it_is_said(here: Workspace) -> None:
    job = order_speech(here, "A rather long sentence is to be said here. " * 30, "bm_george")
    wait_for(here, job, JobState.RENDERING)
    here.jobs.cancel(job.id)
    wait_for(here, job, JobState.CANCELLED)
    assert here.speech.list() == []


def test_a_local_voice_says_what_it_cannot_say(here: Workspace) -> None:
    offer = quote_speech(here, "Hello. 你好，世界。", "af_heart")
    assert not offer.allowed
    assert "你好，世界" in (offer.why_not or "")
    with pytest.raises(RenderRefused, match="English only"):
        order_speech(here, "Hello. 你好，世界。", "af_heart")


def test_a_local_voice_is_heard_at_once(here: Workspace) -> None:
    heard = here.voices.hear("af_nova", "Good morning.")
    assert (heard.sound or b"")[:4] == b"RIFF"
    assert (heard.job, heard.plan) == (None, None)


# Bought voices


def test_every_bought_voice_is_billed_once_for_each_sentence(
    here: Workspace, fal: FalServer
) -> None:
    voices = {m.endpoint_id: voice_id_of(m, m.voice_names()[0]) for m in SPEECH_MODELS}
    offers = {each: quote_speech(here, SHORT, voice) for each, voice in voices.items()}
    jobs = {each: ordered(here, SHORT, voice) for each, voice in voices.items()}
    for endpoint_id, job in jobs.items():
        assert (ended(here, job).state, here.jobs.find(job.id).problem) == (JobState.DONE, None)
        offer, speech = offers[endpoint_id], here.speech.find(job.id)
        assert (offer.sentences, len(offer.new_texts), offer.allowed) == (2, 2, True)
        bills = [bill.dollars for bill in fal.bills if bill.endpoint_id == endpoint_id]
        assert len(bills) == 2
        assert sum(bills) == offer.dollars == speech.dollars
        assert [each.text for each in speech.words] == SHORT.split()
        assert all(each.start < each.end for each in speech.words)
    billed = sum(entry.billed or 0 for entry in here.billing.ledger())
    assert billed == sum(offer.dollars for offer in offers.values())
    assert {job.endpoint_id for job in here.jobs.list()} == {"studio/speech"}


def test_an_edit_pays_only_for_what_is_new(here: Workspace, fal: FalServer) -> None:
    made(here)
    edited = SCRIPT.replace("nine", "ten")
    offer = quote_speech(here, edited, RACHEL)
    assert offer.new_texts == ("We open at ten.",)
    assert offer.dollars == Decimal("0.05") * len("We open at ten.") / 1000
    speech = made(here, edited)
    assert (len(fal.bills), speech.dollars) == (4, offer.dollars)
    # Another order of the same sentences costs nothing and needs no agreement.
    turned = "Come and see. We open at ten."
    assert quote_speech(here, turned, RACHEL).dollars == 0
    assert ended(here, order_speech(here, turned, RACHEL)).state is JobState.DONE
    assert len(fal.bills) == 4


def test_what_was_heard_is_not_paid_for_again(here: Workspace, fal: FalServer) -> None:
    asked = here.voices.hear(RACHEL, "We open at nine.")
    assert (asked.sound, asked.job, fal.jobs) == (None, None, [])
    assert asked.plan is not None
    dollars = here.billing.quote(asked.plan.lines).dollars
    first, second = (hear_bought(here, RACHEL, "We open at nine.", dollars) for _ in range(2))
    assert first.job is not None
    assert second.job is not None
    assert first.job.id == second.job.id
    wait_until(lambda: here.voices.hear(RACHEL, "We open at nine.").sound is not None)
    assert len(quote_speech(here, SCRIPT, RACHEL).new_texts) == 2
    made(here)
    assert len(fal.bills) == 3


def test_a_sample_that_was_bought_is_heard_by_everybody_of_the_workspace_for_nothing(
    here: Workspace, studio: Studio
) -> None:
    sarah = RACHEL.replace("Rachel", "Sarah")
    assert here.voices.heard([RACHEL, sarah], SAMPLE) == frozenset()
    plan = here.voices.hear(RACHEL, SAMPLE).plan
    assert plan is not None
    hear_bought(here, RACHEL, SAMPLE, here.billing.quote(plan.lines).dollars)
    wait_until(lambda: here.voices.hear(RACHEL, SAMPLE).sound is not None)
    assert here.voices.heard([RACHEL, sarah], SAMPLE) == {RACHEL}
    assert studio.workspace(studio.new_token()).voices.heard([RACHEL], SAMPLE) == frozenset()


def test_a_voice_of_a_models_own_is_heard_as_the_cheapest_of_its_name(here: Workspace) -> None:
    aria = here.voices.named("Aria")
    assert aria is not None
    assert aria.id == RACHEL.replace("Rachel", "Aria")
    assert here.voices.named("Nobody") is None


def test_many_clicks_buy_each_sentence_once(here: Workspace, fal: FalServer) -> None:
    dollars = quote_speech(here, SCRIPT, RACHEL).dollars

    def click(_: int) -> Job | None:
        try:
            return order_speech(here, SCRIPT, RACHEL, dollars)
        except RenderRefused:
            return None

    with ThreadPoolExecutor(6) as tabs:
        jobs = [job for job in tabs.map(click, range(6)) if job]
    assert jobs
    assert {ended(here, job).state for job in jobs} == {JobState.DONE}
    assert len(fal.bills) == 3


def test_a_sentence_that_fails_is_named_and_retried_alone(here: Workspace, fal: FalServer) -> None:
    script = SCRIPT.replace("nine", "nine [fault run_internal_server_error]")
    job = ended(here, ordered(here, script))
    assert job.state is JobState.FAILED
    assert "Sentence 2" in (job.problem or "")
    assert len(fal.bills) == 2
    # The fault is part of the text; nothing else is ordered again.
    [failed] = [part for part in here.renders.parts(job.id) if part.state is JobState.FAILED]
    again = retry(here, failed.id)
    assert (len(here.renders.parts(again.id)), ended(here, again).state) == (1, JobState.FAILED)
    assert len(fal.bills) == 2


def test_a_lost_answer_is_adopted(here: Workspace, fal: FalServer) -> None:
    fal.fault("submit_drop_after")
    made(here)
    assert len(fal.bills) == 3


def test_cancelling_a_speech_cancels_its_sentences(here: Workspace, fal: FalServer) -> None:
    fal.latency(queue=60)
    job = ordered(here)
    wait_until(lambda: len(fal.jobs) == 3)
    here.jobs.cancel(job.id)
    assert ended(here, job).state is JobState.CANCELLED
    assert {part.state for part in here.renders.parts(job.id)} == {JobState.CANCELLED}
    assert fal.bills == []


@pytest.mark.parametrize("agreed", [None, Decimal("0.0001")])
def test_no_speech_is_bought_for_more_than_was_agreed_to(
    here: Workspace, fal: FalServer, agreed: Decimal | None
) -> None:
    with pytest.raises(RenderRefused):
        order_speech(here, SCRIPT, RACHEL, agreed)
    assert (here.jobs.list(), fal.jobs) == ([], [])


def test_without_a_key_a_bought_voice_names_the_key(here: Workspace) -> None:
    here.billing.remove_key()
    offer = quote_speech(here, SCRIPT, RACHEL)
    assert not offer.allowed
    assert "key" in (offer.why_not or "")
    heard = here.voices.hear(RACHEL, "Hello.")
    assert heard.plan is not None
    assert "key" in (here.billing.quote(heard.plan.lines).why_not or "")


# Languages and the list


def test_voices_are_offered_by_language_and_a_wrong_one_is_said_so(here: Workspace) -> None:
    script = "Guten Morgen zusammen, heute zeigen wir Ihnen unser neues Produkt."
    language = here.voices.script_language(script)
    assert language == "de"
    german, every = here.voices.list(language), here.voices.list()
    assert all("de" in voice.languages for voice in german)
    assert {voice.endpoint_id for voice in every} - {voice.endpoint_id for voice in german} == {
        None,
        "fal-ai/kokoro/american-english",
    }
    assert quote_speech(here, script, RACHEL).plan.note is None
    assert "German" in (quote_speech(here, script, "af_heart").plan.note or "")


@pytest.mark.parametrize(
    "entry",
    [("", "x"), ("x", " "), ("x" * 81, "x"), ("x", "y" * 201), ("x", "[pause]"), ("*x*", "x")],
)
def test_a_list_that_cannot_be_said_is_refused(here: Workspace, entry: tuple[str, str]) -> None:
    here.pronunciations.replace([Pronunciation("kept", "kept")])
    with pytest.raises(InvalidInput) as caught:
        here.pronunciations.replace([Pronunciation(*entry)])
    assert caught.value.field == "pronunciations"
    assert here.pronunciations.list() == [Pronunciation("kept", "kept")]


def test_what_is_no_voice_and_no_script_is_refused(here: Workspace) -> None:
    for voice in ("nobody", "fal-ai/nothing:Rachel"):
        with pytest.raises(NotFound):
            quote_speech(here, SCRIPT, voice)
    for script in ("", "  ", "[pause 2]"):
        with pytest.raises(InvalidScript):
            quote_speech(here, script, RACHEL)


def test_a_speech_outlives_the_videos_that_used_it(here: Workspace) -> None:
    speech = made(here)
    assert here.retention.erase() == 0
    assert here.speech.list() == []
    with pytest.raises(NotFound):
        here.recordings.sound(speech.reference)
