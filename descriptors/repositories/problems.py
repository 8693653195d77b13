"""Says in words why Git could not do what it was asked: what is wrong, and what to do about it."""

from __future__ import annotations

import re

from tec.plain import shortened

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable


class GitProblem(Exception):
    """A repository that cannot be read now; `code` is a stable word, the texts are for people."""

    def __init__(self, code: str, message: str, remedy: str) -> None:
        self.code, self.message, self.remedy = code, message, remedy
        super().__init__(f"{message} {remedy}")


_KNOWN = (
    (
        "redirect",
        r"unable to update url base|redirect|returned error: 30\d",
        "The server sends Git on to another address, which TEC does not follow.",
        "Enter the address it leads to, often the same with “.git” at the end.",
    ),
    (
        "host-key",
        r"host key verification failed|remote host identification has changed",
        "The server does not show the host key it showed before.",
        "If its key was changed on purpose, let TEC forget the old one on the page of the link; else "
        "somebody may be in between.",
    ),
    (
        "denied",
        r"authentication failed|could not read (?:username|password)|permission denied|access denied"
        r"|returned error: 40[13]|terminal prompts disabled|invalid credentials",
        "The server wants to know who asks, and did not accept what it was told.",
        "Enter a token or key that may read this repository, and check that it has not expired.",
    ),
    (
        "absent",
        r"repository .*not found|returned error: 404|does not appear to be a git repository|no such file"
        r"|project you were looking for could not be found|does not exist",
        "There is no repository at this address, or not for who asks.",
        "Check the address. Private repositories look absent to everybody without a token or key.",
    ),
    (
        "certificate",
        r"certificate",
        "The certificate of the server is not one that this server trusts.",
        "Check the address. An administrator can name your own authority's certificate in TEC_GIT_CA_FILE.",
    ),
    (
        "size",
        r"file too large|signal 25|file size limit",
        "The repository is larger than this server fetches.",
        "Give the descriptors a repository of their own, or ask an administrator to raise TEC_GIT_MB.",
    ),
    (
        "memory",
        r"out of memory|cannot allocate|memory exhausted|malloc",
        "Reading the repository took more memory than is allowed.",
        "Look for a very large or damaged file in it.",
    ),
    (
        "size",
        r"index-pack",  # ended by the limit before it could say so
        "The repository is larger than this server fetches, or damaged.",
        "Give the descriptors a repository of their own, or ask an administrator to raise TEC_GIT_MB.",
    ),
    (
        "space",
        r"no space left|disk quota",
        "The disk of this server is full.",
        "Tell an administrator; nothing was changed.",
    ),
    (
        "unreachable",
        r"could not resolve|failed to connect|connection (?:refused|timed out|reset|closed)|couldn't connect"
        r"|no route to host|network is unreachable|timed out|operation too slow|empty reply"
        r"|unexpected disconnect|early eof|hung up|tls|ssl|returned error: 5\d\d|rpc failed",
        "The server could not be reached, or the connection broke.",
        "Try again later; if it stays so, check the address and the network.",
    ),
)


def from_git(said: str, secrets: Iterable[str] = ()) -> GitProblem:
    """What Git's own words mean. They may hold what the server sent, but no secret of ours."""
    for secret in secrets:
        if secret:
            said = said.replace(secret, "…")
    for code, pattern, message, remedy in _KNOWN:
        if re.search(pattern, said, re.IGNORECASE):
            return GitProblem(code, message, remedy)
    lines = [line for line in said.splitlines() if line.strip()] or ["it gave no reason"]
    told = [line for line in lines if "fatal:" in line or "error:" in line] or lines
    reason = shortened(re.sub(r".*?(?:fatal|error):\s*", "", told[0]).strip().rstrip("."), 200)
    return GitProblem(
        "git", f"Git could not read the repository: {reason}.", "Check the address and the branch."
    )


def no_branch(branch: str) -> GitProblem:
    if not branch:
        return GitProblem(
            "empty",
            "The repository has no branch that counts as its main one; it may be empty.",
            "Push a first commit, or name the branch.",
        )
    return GitProblem(
        "branch",
        f"The repository has no branch “{branch}”.",
        "If it was deleted or renamed, name another one; what was synced before stays as it is.",
    )


OVER_TIME = GitProblem(
    "time",
    "The server did not send the repository within the time that is allowed.",
    "Try again; an administrator can raise TEC_GIT_SECONDS.",
)
OVER_SIZE = GitProblem(
    "size",
    "The repository is larger than this server fetches.",
    "Give the descriptors a repository of their own, or ask an administrator to raise TEC_GIT_MB.",
)
NO_GIT = GitProblem(
    "no-git",
    "Git is not installed on the machine of the worker.",
    "An administrator has to install it: the package is called git.",
)
OLD_GIT = GitProblem(
    "old-git",
    "The Git on the machine of the worker is older than 2.37 and cannot be held to one address.",
    "An administrator has to update it.",
)
ARCHIVED = GitProblem(
    "archived",
    "The project was put into the archive before the sync was done.",
    "Take the project out of the archive, then start the sync again.",
)
