"""The broker of files: every message arrives whole, once."""

from __future__ import annotations

import os
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from kombu import Connection
from kombu.exceptions import ChannelError

from tec import broker

broker.register()


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "broker"


def connect(folder) -> Connection:
    return Connection("files://", transport_options={"folder": str(folder), "polling_interval": 0.01})


def take(queue) -> object:
    message = queue.get_nowait()
    message.ack()
    return message.payload


def test_messages_arrive_in_order_and_leave_nothing_behind(folder):
    with connect(folder) as connection, connection.SimpleQueue("checks") as queue:
        for number in range(3):
            queue.put({"check": number})

        assert [take(queue) for _ in range(3)] == [{"check": 0}, {"check": 1}, {"check": 2}]
        with pytest.raises(queue.Empty):
            queue.get_nowait()
    assert os.listdir(folder) == []


def test_a_message_waits_for_a_reader_that_comes_later(folder):
    with connect(folder) as connection, connection.SimpleQueue("checks") as queue:
        queue.put("wake up")

    with connect(folder) as connection, connection.SimpleQueue("checks") as queue:
        assert take(queue) == "wake up"


def test_queues_do_not_mix(folder):
    with connect(folder) as connection, connection.SimpleQueue("checks") as checks:
        others = connection.SimpleQueue("more.checks")
        others.put("for the other")

        assert (checks.qsize(), others.qsize()) == (0, 1)
        assert others.clear() == 1


def test_a_message_that_was_not_acknowledged_comes_back_when_its_reader_leaves(folder):
    with connect(folder) as connection, connection.SimpleQueue("checks") as queue:
        queue.put("half done")
        queue.get_nowait()

    with connect(folder) as connection, connection.SimpleQueue("checks") as queue:
        assert take(queue) == "half done"


def test_of_many_readers_at_once_each_message_reaches_one(folder):
    with connect(folder) as connection, connection.SimpleQueue("checks") as queue:
        for number in range(60):
            queue.put(number)

    def read_all() -> list[object]:
        taken = []
        with connect(folder) as connection, connection.SimpleQueue("checks") as queue:
            while True:
                try:
                    taken.append(take(queue))
                except queue.Empty:
                    return taken

    with ThreadPoolExecutor(3) as pool:
        shares = [future.result() for future in [pool.submit(read_all) for _ in range(3)]]

    assert sorted(number for share in shares for number in share) == list(range(60))


def test_a_folder_that_cannot_be_written_is_a_broker_that_is_away(folder):
    folder.write_text("in the way")

    with connect(folder) as connection, pytest.raises(ChannelError, match="Cannot"):
        connection.channel()._put("checks", {})


def test_what_killed_processes_left_is_tidied_up_after_an_hour(folder):
    folder.mkdir()
    for name in ("old.draft", "old.checks.msg.1.taken", "old.checks.msg", "new.draft"):
        (folder / name).touch()
    for path in folder.glob("old*"):
        os.utime(path, (time.time() - 7200,) * 2)

    assert broker.tidy(folder) == 2
    assert sorted(os.listdir(folder)) == ["new.draft", "old.checks.msg"]
