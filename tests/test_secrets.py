"""After renders, faults and failures, neither the operator's key nor a person's own is anywhere.

Searched: pages, addresses, log records and a server's output, every byte in the data folder (the
journal, the engine's own database, the videos), exceptions with all that led to them, and what
objects say of themselves; for the keys and their halves, in plain text and in base64.
"""

import base64
import logging
import traceback
import urllib.parse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.testing.v1 import AppTest
from websockets.sync.client import connect
from websockets.typing import Subprotocol

from talkinghead import Settings, Studio, Workspace, open_studio
from talkinghead.catalogue import MODELS, ModelInput
from talkinghead.core.errors import StudioError
from talkinghead.jobs.job import Job
from tests.browser.server import OUR_VARIABLES, Server
from tests.fal_server.process import FalProcess
from tests.fault_cases import Outcome
from tests.fault_play import outcome_of
from tests.orders import retry
from tests.paid_studio import ROOT, Person
from tests.waiting import PAGE_RUN, wait_until

OPERATORS = "0f1e2d3c-9999-4444-8888-777766665555:0perat0rs0perat0rs0perat0rs0p123"
OWN = "7a6b5c4d-1212-4343-8787-656543432121:0wnkey0wnkey0wnkey0wnkey0wnkey45"
QUICK = (
    "--option", "log_interval=0.05", "short_side=108", "--latency", "run=0.2", "--key", OPERATORS,
)  # fmt: skip
FAULTS = (
    "submit_401", "submit_403_locked", "submit_422", "submit_drop", "submit_drop_after",
    "submit_malformed_json", "run_face_detection_error", "run_internal_error", "run_error_charged",
    "token_401", "token_drop", "upload_401", "upload_500", "initiate_403", "status_401",
    "status_json_503", "status_malformed_json", "result_401", "result_403", "result_expired",
    "media_404", "media_drop", "media_not_video", "cancel_500", "platform_401", "platform_500",
)  # fmt: skip
pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning")


def forms(key: str) -> set[str]:
    """The ways in which a key may stand somewhere."""
    whole = {key, *key.split(":")}
    coded = set()
    for text in (key, f"Key {key}", key.partition(":")[2]):
        for shift in range(3):  # base64 of a longer text that holds it, wherever it begins
            code = base64.b64encode(b"x" * shift + text.encode()).decode()
            coded |= {code[4:-4], code[4:-4].replace("+", "-").replace("/", "_")}
    return whole | coded | {urllib.parse.quote(key, safe="")}


def test_a_key_is_found_in_each_of_its_forms() -> None:
    encoded = base64.b64encode(f'{{"authorization": "Key {OWN}"}}'.encode()).decode()
    for text in (f"?key={urllib.parse.quote(OWN)}", f"Key {OWN}", OWN[37:], encoded):
        assert found({"here": text}), text


def found(places: dict[str, str | bytes]) -> list[str]:
    """Return each form of a key with the place that it was found in."""
    needles = [(form, form.encode()) for key in (OPERATORS, OWN) for form in forms(key)]
    return [
        f"{form[:12]}… in {place}"
        for place, content in places.items()
        for form, data in needles
        if (form in content if isinstance(content, str) else data in content)
    ]


class Listener(logging.Handler):
    """Keeps everything that is logged, as it would be written and as it is."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a record."""
        self.lines.append(f"{self.format(record)} {vars(record)!r}")


@dataclass
class Aftermath:
    """What there is to search after all of it."""

    folder: Path
    studio: Studio
    logs: list[str]
    pages: dict[str, str] = field(default_factory=dict)
    errors: list[BaseException] = field(default_factory=list)
    ends: list[str | None] = field(default_factory=list)


@pytest.fixture(scope="module")
def aftermath(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Aftermath]:
    """Renders with both keys, under faults; the pages seen; the wrong things typed."""
    listener, root = Listener(), logging.getLogger()
    folder, level = tmp_path_factory.mktemp("secrets") / "data", root.level
    with pytest.MonkeyPatch.context() as patch, FalProcess(*QUICK, "--key", OWN) as fal:
        for name in OUR_VARIABLES:
            patch.delenv(name, raising=False)
        patch.setenv("DATA_DIR", str(folder))
        patch.setenv("FAL_KEY", OPERATORS)
        patch.setenv("FAL_PROXY_URL", fal.url)
        patch.setenv("FAL_VISITORS_MAY_PAY", "true")
        patch.setenv("CAP_APP_MONTH", "1000")
        patch.chdir(ROOT)
        root.addHandler(listener)
        root.setLevel(logging.DEBUG)
        st.cache_resource.clear()
        try:
            yield _lived_through(fal, folder, listener)
        finally:
            root.removeHandler(listener)
            root.setLevel(level)
            st.cache_resource.clear()  # closes the studio


def _lived_through(fal: FalProcess, folder: Path, listener: Listener) -> Aftermath:
    from components.shell.session import process_studio

    studio = process_studio()
    after = Aftermath(folder, studio, listener.lines)
    tokens = {"operator": studio.new_token(), "own": studio.new_token()}
    people = {name: studio.workspace(token) for name, token in tokens.items()}
    _type_own_key(tokens["own"], after)
    people["own"].billing.enter_key(OWN)  # in another tab: a key belongs to the one it is typed in
    assert people["own"].billing.key_status().source == "session"
    # What handles a fault is not told whose key it is: each strikes one of the two.
    jobs = [
        job
        for turn, workspace in enumerate(people.values())
        for job in _ordered(fal, workspace, FAULTS[turn :: len(people)], after)
    ]

    def left() -> list[str]:
        return [job.id for job in jobs if not _settled(people, job)]

    wait_until(lambda: not left(), moving=left)
    after.ends = [outcome_of(_of(people, job).jobs.find(job.id)) for job in jobs]
    _things_that_are_refused(people["own"], after)
    for name, token in tokens.items():
        _see_pages(name, token, after)
    return after


def _of(people: dict[str, Workspace], job: Job) -> Workspace:
    return next(each for each in people.values() if each.id == job.workspace)


def _settled(people: dict[str, Workspace], job: Job) -> bool:
    return outcome_of(_of(people, job).jobs.find(job.id)) is not None


def _ordered(
    fal: FalProcess, workspace: Workspace, faults: Sequence[str], after: Aftermath
) -> list[Job]:
    """One render of each model, then one for each fault; those of an order strike the next."""
    person = Person(workspace, "")
    jobs = [_order(person, model, "Hi.", after) for model in MODELS]
    for fault in faults:
        # In the words of a request a fault strikes it alone; before there is a request, the next.
        early = fault.startswith(("token", "upload", "initiate", "platform"))
        if early:
            fal.fault(fault)
        jobs.append(_order(person, MODELS[0], f"Hi. [fault {fault} x2]", after))
    return [job for job in jobs if job is not None]


def _order(person: Person, model: type[ModelInput], words: str, after: Aftermath) -> Job | None:
    try:
        return person.order(model, words)
    except StudioError as error:
        after.errors.append(error)
        return None


def _things_that_are_refused(workspace: Workspace, after: Aftermath) -> None:
    for act in (
        lambda: workspace.billing.enter_key(f"{OWN} and more"),
        lambda: workspace.billing.enter_key(f"{OWN}\n{OPERATORS}"),
        lambda: workspace.jobs.find(OWN),
        lambda: retry(workspace, OWN),
        lambda: workspace.jobs.reconcile(OWN),
    ):
        try:
            act()
        except StudioError as error:
            after.errors.append(error)
    for key in (None, OWN, OWN[:-1]):
        workspace.billing.check_key(key)


def _type_own_key(token: str, after: Aftermath) -> None:
    app = _page("settings", token)
    field_ = next(each for each in app.text_input if each.key == "settings_key")
    field_.input(OWN)
    next(each for each in app.button if each.key == "use_key").click().run()
    after.pages["settings, key just typed"] = _shown(app)


def _page(name: str, token: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=PAGE_RUN)
    app.switch_page(f"pages/{name}.py")
    app.query_params["studio"] = token
    return app.run()


def _see_pages(name: str, token: str, after: Aftermath) -> None:
    for page in ("create", "gallery", "jobs", "settings"):
        after.pages[f"{page} of {name}"] = _shown(_page(page, token))


def _shown(app: AppTest) -> str:
    """Everything that was sent to the browser, the address, and what the visit remembers."""
    problems = [each.message for each in app.exception]
    return f"{app._tree!r} {dict(app.query_params)!r} {app.session_state!r} {problems!r}"


def test_there_was_something_to_find(aftermath: Aftermath) -> None:
    ends = aftermath.ends
    assert ends.count("video") >= 15
    assert {"failed", "unconfirmed"} <= set(ends)
    assert len(aftermath.errors) >= 5
    assert len(aftermath.logs) > 1000
    assert all("AppTest" not in text for text in aftermath.pages)


def test_no_page_shows_a_key(aftermath: Aftermath) -> None:
    assert len(aftermath.pages) == 9
    assert not found(dict(aftermath.pages))


def test_no_log_record_holds_a_key(aftermath: Aftermath) -> None:
    assert not found({"the log": "\n".join(aftermath.logs)})


def test_no_file_holds_a_key(aftermath: Aftermath) -> None:
    files = [path for path in aftermath.folder.rglob("*") if path.is_file()]
    assert {"journal.db", "engine.db"} <= {path.name for path in files}
    assert not found({path.name: path.read_bytes() for path in files})


def test_no_exception_holds_a_key(aftermath: Aftermath) -> None:
    reported = {}
    for number, error in enumerate(aftermath.errors):
        each: BaseException | None = error
        lines = traceback.format_exception(error)
        while each is not None:
            lines.append(f"{each} {each!r} {each.args!r} {vars(each)!r}")
            each = each.__cause__ or each.__context__
        reported[f"{number}: {type(error).__name__}"] = "".join(lines)
    assert not found(dict(reported))


def test_no_object_tells_a_key(aftermath: Aftermath) -> None:
    seen: dict[int, Any] = {}
    _walk(aftermath.studio, seen, depth=7)
    assert len(seen) > 30
    assert not found({f"{type(each).__name__}": f"{each!r} {each!s}" for each in seen.values()})


def _walk(thing: Any, seen: dict[int, Any], depth: int) -> None:
    """Our own objects that can be reached from here, and what they hold."""
    if id(thing) in seen or depth == 0:
        return
    inside = list(thing.values()) + list(thing) if isinstance(thing, dict) else []
    if type(thing).__module__.startswith("talkinghead"):
        inside = list(getattr(thing, "__dict__", {}).values())
    elif not isinstance(thing, dict):
        return
    seen[id(thing)] = thing
    for each in inside:
        _walk(each, seen, depth - 1)


def test_no_address_at_fal_holds_a_key(aftermath: Aftermath) -> None:
    addresses = [line for line in aftermath.logs if "HTTP Request" in line]
    assert len(addresses) > 100
    assert not found({"addresses": "\n".join(addresses)})


def test_the_output_of_a_server_that_says_everything_holds_no_key(tmp_path: Path) -> None:
    with FalProcess(*QUICK) as fal:
        variables = {
            "SINGLE_USER": "true", "FAL_KEY": OPERATORS, "FAL_PROXY_URL": fal.url,
            "STREAMLIT_LOGGER_LEVEL": "debug",
        }  # fmt: skip
        server = Server(tmp_path / "data", variables).start()
        try:
            _look_at(server)  # its studio opens with the first visit, and drives
            ends = _rendered_by(server, fal)
            _look_at(server)
        finally:
            server.stop()
            server.clear()
    assert {"video", "failed"} <= set(ends)
    assert not found({"output": server.log.read_bytes()})
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert not found({path.name: path.read_bytes() for path in files})


def _look_at(server: Server) -> None:
    """A visit, as a browser's page begins one."""
    address = server.url.replace("http", "ws") + "/_stcore/stream"
    visit = BackMsg()
    visit.rerun_script.query_string = ""
    with connect(address, subprotocols=[Subprotocol("streamlit")], max_size=None) as page:
        page.send(visit.SerializeToString())
        while ForwardMsg.FromString(bytes(page.recv(60))).WhichOneof("type") != "script_finished":  # type: ignore[arg-type]
            pass


def _rendered_by(server: Server, fal: FalProcess) -> list[Outcome | None]:
    """Ordered here, on the same data; the server renders."""
    settings = Settings(
        data_dir=server.data_dir,
        single_user=True,
        fal_key=OPERATORS,
        fal_proxy_url=fal.url,
    )
    studio = open_studio(settings)
    try:
        assert not studio.drives
        person = Person(studio.workspace(), OPERATORS)
        fal.fault("status_401")
        faults = ("submit_422", "run_internal_error", "result_500", "media_truncated")
        jobs = [person.order(MODELS[0], f"Hi. [fault {fault}]") for fault in faults]

        def ends() -> list[Outcome | None]:
            return [outcome_of(person.job(job)) for job in jobs]

        wait_until(lambda: None not in ends(), moving=ends)
        return ends()
    finally:
        studio.close()
