"""The process that talks to Git: fetches one branch into a bare cache and reads the descriptor files in it.

It runs on its own, as `python -m descriptors.repositories.fetching`, with a time, a size and a memory limit
of its own, in a process group that ends with it, and ends itself as soon as whoever started it is gone. What
to do comes as one line of JSON on the standard input, which then stays open as the sign of life; what
happens is said in lines on the standard output: “step 2”, “over size”, “over time”, at last the result.
"""

from __future__ import annotations

import fcntl
import json
import os
import resource
import signal
import sys
import time
import traceback
from threading import Thread

from descriptors.repositories import gitting, hosts, reader
from descriptors.repositories.address import Address, AddressRefused
from descriptors.repositories.problems import GitProblem
from tec import strictjson

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

MEMORY = 2_000_000_000
"""Bytes of address space for each process: what a forged object may unpack to."""

LOOK_EVERY = 0.2


def main() -> None:
    job: Any = strictjson.loads(sys.stdin.buffer.readline())
    limit_resources(job["max_bytes"], job["seconds"])
    Thread(target=watch, args=(job,), daemon=True).start()
    try:
        result = work(job)
    except GitProblem as problem:
        result = {"problem": {"code": problem.code, "message": problem.message, "remedy": problem.remedy}}
    except AddressRefused as refused:
        result = {"problem": {"code": "refused", "message": str(refused), "remedy": ""}}
    except BaseException:
        traceback.print_exc()
        os._exit(1)
    say(json.dumps(result))
    # Without the usual end, which would wait for the threads that listen.
    os._exit(0)


def work(job: dict[str, Any]) -> dict[str, Any]:
    address = Address(**job["address"])
    os.makedirs(job["folder"], mode=0o700, exist_ok=True)
    with open(os.path.join(job["folder"], "lock"), "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # two syncs of one repository on this machine; the time limit holds
        say("step 1")
        ips = hosts.addresses_of(address, job["hosts"]) if address.host else []
        git = gitting.Cache(job, address, ips)
        head = git.head()
        if head == job["known"] and not job["all"]:
            return {"commit": head, "history": "same", "host_key": git.host_key()}
        say("step 2")
        head = git.fetch()
        history = git.history(head, job["known"])
        say("step 3")
        return {
            "commit": head,
            "history": history,
            "host_key": git.host_key(),
            **reader.read(git.repo, head, job["path"], os.path.join(job["folder"], "out")),
        }


def limit_resources(max_bytes: int, seconds: int) -> None:
    """For this process and all that it starts."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (max_bytes, max_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # writing too much is an error of this process, not its end


def watch(job: dict[str, Any]) -> None:
    """End the whole group when time or space is up, or nobody waits for the result any more."""
    deadline = time.monotonic() + job["seconds"]
    alive = Thread(target=os.read, args=(0, 1), daemon=True)
    alive.start()
    while True:
        time.sleep(LOOK_EVERY)
        if not alive.is_alive():
            break
        if time.monotonic() > deadline:
            say("over time")
            break
        if gitting.size_of(job["folder"]) > job["max_bytes"]:
            say("over size")
            break
    os.killpg(0, signal.SIGKILL)


def say(line: str) -> None:
    os.write(1, f"{line}\n".encode())


if __name__ == "__main__":
    main()
