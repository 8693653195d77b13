"""Where the model is to run, against where its data may be."""

from __future__ import annotations

from functools import cache, lru_cache
from itertools import pairwise

from mismatch.declaration import CANNOT_TELL, NOT_APPLICABLE, hit, rule
from mismatch.reading import NOTHING, text
from mismatch.rules.x_governance import PLATFORM, RULES_OF_DATA, clauses
from mismatch.text.names import words, wordset
from mismatch.text.placeholders import says_nothing
from mismatch.wording import quote

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re

    from mismatch.declaration import Found
    from mismatch.reading import Doc

CLOUD = wordset("cloud clouds aws azure gcp saas paas ec2 s3 sagemaker bedrock")
AT_THE_EDGE = frozenset(
    {("edge", "gateway"), ("edge", "device"), ("edge", "devices"), ("edge", "box"), ("edge", "server")}
    | {("iot", "edge"), ("edge", "pc"), ("edge", "node"), ("edge", "computer"), ("greengrass", "core")}
)
"""Machines on the spot, which a cloud may manage: “edge gateway, managed by Azure”."""
OWN = wordset("private own onprem onpremises premises premise eigene eigenen eigenem eigener privée interne")
NEVER = wordset("no not never prohibited prohibits prohibit forbidden forbids forbid cannot banned excluded")
HEDGES = wordset(
    "restriction restrictions restricted unrestricted limit limits limited outside except unless other "
    "besides objection objections concern concerns problem problems encrypted unencrypted unless only"
)
ONLY = wordset("only exclusively solely")
KEPT = wordset(
    "stay stays remain remains kept stored processed hosted held hosting residency storage processing"
)
MORE = wordset("copy copies backup backups collected may can also and or")
"""Words by which a clause speaks of some of the data, or of a place among others."""
LEAVE = wordset("leave leaves left exported")
STAY = wordset("stay stays remain remains kept stored processed run")
OWNERS = wordset(
    "hospital plant building company bank campus factory house network organisation organization"
)
SITES = wordset(
    "premises premise onprem onpremises intranet datacentre datacenter onsite rechenzentrum rechenzentren"
)
PLACES = frozenset(
    {
        *(("data", "centre"), ("data", "center"), ("on", "site"), ("on", "prem"), ("local", "server")),
        *(("local", "servers"), ("internal", "servers"), ("own", "servers")),
    }
)
REGIONS = wordset(
    "eu eea europe european us usa uk union region regions country countries germany german austria swiss "
    "switzerland france certified tier provider provider's third"
)
ABOUT_PLACES = SITES | wordset(
    "network region regions eu eea country leave exported transfer transferred location site storage "
    "stored server servers centre center abroad jurisdiction residency sovereignty"
)


def _bans_cloud(clause: tuple[str, ...]) -> bool:
    """Does a clause rule out the cloud in so many words?"""
    known = set(clause)
    if known & CLOUD:
        return bool(known & NEVER) and not known & HEDGES
    joined = " ".join(clause)
    if "air gap" in joined or "airgap" in joined:
        return not known & NEVER
    return not known & REGIONS and _stays_on_site(clause, known)


EUROPE = wordset(
    "eu eea europe european germany german austria austrian france french ireland netherlands frankfurt "
    "dublin paris amsterdam stockholm milan"
)


@lru_cache(maxsize=64)
def _continents(platform: str) -> frozenset[str]:
    """Where in the world a platform says it is."""
    return frozenset(name for name, pattern in _regions().items() if pattern.search(platform))


@cache
def _regions() -> dict[str, re.Pattern[str]]:
    import re

    found = {
        "America": r"(?i:\b(?:us|ca|sa)-(?:gov-)?(?:north|south|east|west|central)"
        r"|\b(?:(?:east|west|central) ?us|virginia|oregon|ohio|california|iowa|texas|illinois|canada|montreal"
        r"|quebec|toronto|brazil|sao paulo|são paulo|mexico)\b)|\bUSA?\b",
        "Asia": r"(?i:\b(?:ap|asia|australia|cn|me)-|\b(?:singapore|tokyo|osaka|japan|seoul|korea|sydney"
        r"|melbourne|australia|mumbai|india|china|beijing|hong kong|jakarta|dubai|uae|bahrain)\b)",
        "Europe": r"(?i:\beu-|\beurope-|\b(?:west|north) ?europe\b|\b(?:frankfurt|dublin|paris|ireland"
        r"|germany|netherlands|amsterdam|sweden|stockholm|milan|madrid|warsaw|belgium|finland|norway|denmark"
        r"|zurich|switzerland|vienna|austria|france)\b)|\b(?:EU|EEA)\b",
    }
    return {name: re.compile(pattern) for name, pattern in found.items()}


def _bans_region(clause: tuple[str, ...], continents: frozenset[str]) -> bool:
    """Does a clause keep the data in Europe, while the platform is elsewhere only?"""
    known = set(clause)
    if not known & EUROPE or "Europe" in continents:
        return False
    if known & NEVER:
        return bool(known & (LEAVE | {"outside", "transferred", "transfer"}))
    return bool(known & ONLY or (known & KEPT and "in" in known and not known & MORE))


def _stays_on_site(clause: tuple[str, ...], known: set[str]) -> bool:
    """Does a clause keep the data in a place of one's own?"""
    site = bool(known & SITES) or any(pair in PLACES for pair in pairwise(clause))
    if known & LEAVE and known & NEVER:
        return site or bool(known & OWNERS)
    if known & NEVER:
        return False
    if known & ONLY:
        return site or "network" in known
    if not site or known & MORE:
        return site and "must" in known and bool(known & STAY)
    return bool(known & REMAIN or ("must" in known and known & STAY) or (_own(clause) and known & PROCESSED))


REMAIN = wordset("stay stays remain remains bleiben bleibt verbleiben verbleibt restent reste")
PROCESSED = wordset(
    "processed processing hosted hosting operated verarbeitet verarbeitung auftragsverarbeitung betrieben "
    "betrieb hébergées hébergé traitées"
)


def _own(clause: tuple[str, ...]) -> bool:
    """Does a clause speak of a computing centre of one's own?"""
    return any(one.startswith("eigene") or one == "own" for one in clause)


@rule(
    "cloud-against-restriction",
    code="X901",
    severity="major",
    pack="x",
    risk="Low where the ban is explicit; otherwise it is worth knowing only.",
    source="The schema names this very case for restrictions on raw data.",
)
def cloud_against_restriction(
    production_environment: Doc, raw_data: Doc = NOTHING, system_context: Doc = NOTHING
) -> Found:
    """The model is to run in the cloud, and a restriction keeps its data out of it.

    What law, contract or policy forbids stops the deployment, late and expensively.

    Remedy: Choose another platform, or get the release in writing and quote it in the restriction.

    Example: The platform is “Cloud”, and the restrictions say “on-premises storage only”. It is silent for
    “no restrictions”, and for a platform of your own.

    Decision: Explicit are “no cloud”, “on-premises only”, “air-gapped”, “must not leave the plant” and the
    like. A restriction to a region, or one that speaks of a place otherwise, is worth knowing.

    Decision: A private cloud is a platform of your own, and so is a device on the spot, an “edge gateway”,
    that a cloud manages.

    Decision: A region counts where both sides name one: data that may not leave the EU or “stay in the EEA”,
    and a platform in “us-east-1”.
    """
    platform = text(production_environment, "deployment_platform")
    known = set(words(platform))
    if platform and (
        not known & CLOUD or known & OWN or not AT_THE_EDGE.isdisjoint(pairwise(words(platform)))
    ):
        yield NOT_APPLICABLE
        return
    bodies = {"raw_data": raw_data, "system_context": system_context}
    given = [(at, text(bodies[str(at[0])], str(at[1]))) for at in RULES_OF_DATA]
    given = [(at, said) for at, said in given if said and not says_nothing(said)]
    if not platform or not given:
        yield CANNOT_TELL
    else:
        elsewhere = _continents(platform)
        explicit = [
            (at, " ".join(clause))
            for at, said in given
            for clause in clauses(said)
            if _bans_cloud(clause) or (elsewhere and _bans_region(clause, elsewhere))
        ]
        for at, said in explicit[:1]:
            yield hit(
                f"The model is to run on {quote(platform)}, but a restriction says {quote(said)}.",
                PLATFORM,
                at,
                key=("cloud",),
            )
        at, said = given[0]
        if not explicit and at == RULES_OF_DATA[0] and set(words(said)) & ABOUT_PLACES:
            yield hit(
                f"The model is to run on {quote(platform)}; whether that keeps to the restriction "
                f"{quote(said)} is not said.",
                PLATFORM,
                at,
                key=("cloud",),
                severity="info",
            )
