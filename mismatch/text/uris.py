"""Looks at links without opening them: are they whole, can others reach them, do they give secrets away?"""

from __future__ import annotations

from functools import lru_cache

from mismatch.text.names import wordset

BROKEN, LOCAL, SECRET, MOUNTED = "broken", "local", "secret", "mounted"
SCHEMES = wordset(
    "http https ftp ftps sftp ssh git s3 s3a s3n gs gcs az abfs abfss wasb wasbs adl dbfs hdfs dvc mlflow "
    "runs models hf oci docker doi urn mailto file smb nfs svn data jdbc postgresql azureml wandb lakefs r2 "
    "dav davs"
)
_TOKENS = wordset(
    "access_token private_token token auth_token api_key apikey password passwd pwd secret client_secret sig "
    "x-amz-signature x-goog-signature"
)
LOOPS = frozenset({"localhost", "[::1]", "0.0.0.0"})  # noqa: S104 - only compared
_HOME = ("/home/", "/users/", "/root/", "/tmp/", "/var/tmp/", "~/", "/private/tmp/")  # noqa: S108 - only compared
_SHARES = ("/mnt/", "/data/", "/media/", "/nfs/", "/shared/", "/srv/", "/net/", "/volumes/", "\\\\")


@lru_cache(maxsize=4096)
def fault(text: str) -> str:
    """What is wrong with a link: "" for nothing, SECRET (user:password@), LOCAL (only one machine has it:
    localhost, file:, C:\\…, /home/…), MOUNTED (a shared folder such as /mnt/…), BROKEN (no link at all)."""
    core = _bare(text)
    scheme, sign, rest = core.partition(":")
    folded = core.lower()
    if password(core):
        return SECRET
    if folded.startswith(_SHARES):
        return MOUNTED
    if folded.startswith(_HOME) or (
        len(scheme) == 1 and sign and scheme.isalpha() and rest[:1] in {"\\", "/"}
    ):
        return LOCAL
    if _is_remote_copy(scheme, rest):
        return ""
    if not sign or not scheme.isascii() or not _is_scheme(scheme):
        return BROKEN
    if scheme.lower() == "file":
        return LOCAL
    if any(letter.isspace() or letter in '<>"\\^`{|}' for letter in core) or not rest:
        return BROKEN
    if not rest.startswith("//"):
        return "" if scheme.lower() in SCHEMES - {"http", "https", "ftp", "s3", "gs"} else BROKEN
    host = host_of(core)
    if not host:
        return BROKEN
    if host in LOOPS or host.startswith("127.") or host.endswith(".localhost"):
        return LOCAL
    return ""


def _bare(text: str) -> str:
    """A link without what sets it off from prose, as in <https://…>."""
    core = text.strip()
    return core[1:-1].strip() if core[:1] == "<" and core[-1:] == ">" else core


def _is_scheme(text: str) -> bool:
    return text[:1].isalpha() and all(sign.isalnum() or sign in "+-." for sign in text)


def _is_remote_copy(before: str, path: str) -> bool:
    """The short form of ssh that Git takes: git@host:group/repository.git."""
    user, at, host = before.partition("@")
    return bool(user and at and "." in host and path) and not any(sign.isspace() for sign in before + path)


def host_of(text: str) -> str:
    """The host that a link names, in lower case, without user and port; "" if none."""
    _, sign, rest = text.strip().partition("://")
    if not sign:
        return ""
    place = rest.partition("/")[0].partition("?")[0].partition("#")[0].rpartition("@")[2]
    if place.startswith("["):
        return place.partition("]")[0].lower() + "]"
    return place.partition(":")[0].lower()


def password(text: str) -> str:
    """The secret in user:secret@host or ?token=secret, "" if the link holds none or only a variable such as
    ${TOKEN}."""
    _, sign, rest = text.strip().partition("://")
    if not sign:
        return ""
    place = rest.partition("/")[0].partition("?")[0]
    user, at, _ = place.rpartition("@")
    secret = user.partition(":")[2]
    if at and _is_secret(secret):
        return secret
    for part in rest.partition("#")[0].partition("?")[2].split("&"):
        name, _, value = part.partition("=")
        if name.lower() in _TOKENS and len(value) > 3 and _is_secret(value):
            return value
    return ""


def _is_secret(text: str) -> bool:
    return bool(text) and text[0] not in "$<{*%[" and set(text.lower()) != {"x"}


MOST_LINKS = 20
"""Links of one text whose secrets are looked for."""


def masked(text: str) -> str:
    """*text* with the secrets of its links replaced by “***”."""
    at = text.find("://")
    for _ in range(MOST_LINKS):
        if at < 0:
            break
        secret = password(f"link{text[at:]}")
        for before, after in ((":", "@"), ("=", "")) if secret else ():
            said = f"{before}{secret}{after}"
            where = text.find(said, at)
            if where >= 0:
                text = f"{text[:where]}{before}***{after}{text[where + len(said) :]}"
                break
        at = text.find("://", at + 3)
    return text


@lru_cache(maxsize=4096)
def normal(text: str) -> str:
    """A link in the form in which equal ones are equal: scheme and host in lower case, without default port,
    fragment, “.” and empty segments and the last slash. Paths keep their case."""
    core = _bare(text)
    if len(core.split()) > 1:
        return core  # prose
    core = core.replace("\\", "/").partition("#")[0]
    scheme, sign, rest = core.partition("://")
    if not sign:
        return _tidy(core).rstrip("/")
    place, slash, path = rest.partition("/")
    scheme, place = scheme.lower(), place.lower()
    port = {"http": ":80", "https": ":443"}.get(scheme, "")
    if port:
        place = place.removesuffix(port)
    return f"{scheme}://{place}{slash}{_tidy(path)}".rstrip("/")


def _tidy(path: str) -> str:
    head, question, query = path.partition("?")
    parts = head.split("/")
    kept = [part for number, part in enumerate(parts) if part != "." and (part or number == 0)]
    return "/".join(kept) + question + query
