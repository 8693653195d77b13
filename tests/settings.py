"""The settings of the suite: the site's own, with all state in a folder that goes afterwards."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

KEPT = {"TEC_TEST_REQUIRE", "TEC_UPSTREAM_SCHEMAS"}
"""What the environment may tell the tests; how the site is set up, they say themselves."""

for _name in [name for name in os.environ if name.startswith("TEC_") and name not in KEPT]:
    del os.environ[_name]
for _name in ("PORT", "SECRET_KEY", "SECRET_KEY_FILE", "SECRET_KEY_FALLBACKS"):
    os.environ.pop(_name, None)

_owner = os.getpid()
STATE = Path(tempfile.mkdtemp(prefix="tec-tests-"))
os.environ["TEC_VAR_DIR"] = str(STATE)
os.environ["TEC_QUEUE"] = f"tec-test-{STATE.name}"  # suites that run at the same time may share one Redis


@atexit.register
def _remove_state() -> None:
    if os.getpid() == _owner:
        shutil.rmtree(STATE, ignore_errors=True)


from tec.settings import *  # noqa: E402, F403
from tec.settings import API_LIMITS, DATABASES  # noqa: E402

# A file, not memory: threads and worker processes meet in it as they do in real life. On a server the name is
# the run's own, so that two runs at the same time do not meet.
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": STATE / "test.sqlite3"}
else:
    DATABASES["default"]["TEST"] = {"NAME": f"test_tec_{STATE.name.removeprefix('tec-tests-')}".lower()}

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # users are made by the hundred
AUDIT_TRIGGERS = (
    False  # tests with real transactions empty all tables; one test class installs and tries them
)
# Tests ask faster than people do; some set limits of their own.
API_LIMITS = dict.fromkeys(API_LIMITS, 1_000_000)
