"""Paths by which the output of the model comes back as its input."""

from __future__ import annotations

from mismatch.declaration import CANNOT_TELL, hit, rule
from mismatch.reading import column
from mismatch.text.names import key
from mismatch.wording import quote

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mismatch.declaration import Found
    from mismatch.reading import Doc

UP, DOWN = "upstream_components", "downstream_components"


@rule(
    "component-on-both-sides",
    code="X110",
    severity="info",
    pack="x",
    risk="Some: a large system may send one thing and receive another, without any path between them.",
    source="Sculley et al., Hidden Technical Debt in Machine Learning Systems (2015): hidden feedback loops.",
)
def component_on_both_sides(development_environment: Doc) -> Found:
    """A component delivers data to the model and also receives its results.

    If what the model says finds its way back into its inputs, or into the data it is trained on next, it
    confirms its own errors, and no test on old data will show it.

    Remedy: Record whether results flow back, and keep them apart from the inputs if they do.

    Example: The hospital record system delivers vital signs and stores the triage level. It is silent if no
    component has the same name on both sides.

    Decision: Worth knowing only: the descriptors do not say what happens inside a component.
    """
    upstream = column(development_environment, UP, "component_name")
    downstream = column(development_environment, DOWN, "component_name")
    if not (any(upstream) and any(downstream)):
        yield CANNOT_TELL
        return
    receives = {key(name): number for number, name in reversed(list(enumerate(downstream))) if name}
    told = set()
    for number, name in enumerate(upstream):
        core = key(name)
        if name and core in receives and core not in told:
            told.add(core)
            yield hit(
                f"{quote(name)} delivers data to the model and receives its results; "
                "they may come back to it.",
                ("development_environment", DOWN, receives[core], "component_name"),
                ("development_environment", UP, number, "component_name"),
                key=(name,),
            )
