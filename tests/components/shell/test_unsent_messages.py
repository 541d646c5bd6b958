"""What a busy app has not sent yet when a fragment runs."""

import logging

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.forward_msg_queue import ForwardMsgQueue

from components.shell.unsent_messages import QUEUE_CLASS, install_unsent_messages

DIALOG, WITHIN = "a dialog", "what polls in it"


class Queue(ForwardMsgQueue):
    """Streamlit's, whose own stays as it is for the other tests."""

    clear = getattr(ForwardMsgQueue.clear, "__wrapped__", ForwardMsgQueue.clear)


def block(fragment: str, *path: int) -> ForwardMsg:
    """What draws a container."""
    message = ForwardMsg()
    message.metadata.delta_path[:] = path
    message.delta.fragment_id = fragment
    message.delta.add_block.allow_empty = True
    return message


@pytest.fixture
def queue() -> Queue:
    """A dialog, and a fragment in it, that the browser has not got."""
    assert install_unsent_messages(Queue)
    queue = Queue()
    for message in (block(DIALOG, 3, 0), block(DIALOG, 3, 0, 0), block(WITHIN, 3, 0, 0, 0)):
        queue.enqueue(message)
    return queue


def paths(queue: Queue) -> list[list[int]]:
    """Where on the page the messages draw, in the order in which they are sent."""
    return [list(message.metadata.delta_path) for message in queue.flush()]


def test_a_container_is_sent_before_what_is_in_it_when_its_fragment_runs_again(
    queue: Queue,
) -> None:
    queue.clear(retain_lifecycle_msgs=True, fragment_ids_this_run=[DIALOG])
    queue.enqueue(block(DIALOG, 3, 0))
    assert paths(queue) == [[3, 0], [3, 0, 0], [3, 0, 0, 0], [3, 0]]


def test_a_run_of_the_whole_page_begins_with_nothing(queue: Queue) -> None:
    queue.clear(retain_lifecycle_msgs=True)
    assert queue.is_empty()


def test_the_queue_of_this_streamlit_is_known() -> None:
    assert install_unsent_messages(QUEUE_CLASS)


def test_an_unknown_queue_is_left_as_it_is_and_that_is_logged(
    caplog: pytest.LogCaptureFixture,
) -> None:
    class Unknown:
        """A queue of another Streamlit."""

        def clear(self) -> None:
            """Drop everything."""

    before = Unknown.clear
    with caplog.at_level(logging.WARNING):
        assert not install_unsent_messages(Unknown)
    assert Unknown.clear is before
    assert "drops messages" in caplog.text
