"""Seals the entries there are with the key, and gives them the ids that follow from chain and number."""

import json

from django.db import migrations
from django.utils import timezone

from tec import strictjson
from tec.audit import keys


def seal_entries(apps, schema_editor):
    Chain, Event = apps.get_model("audit", "Chain"), apps.get_model("audit", "Event")
    heads = {head.name: head for head in Chain.objects.order_by("name")}
    if not heads:
        return
    chains = {name: list(Event.objects.filter(chain=name).order_by("number")) for name in heads}
    broken = [name for name, entries in chains.items() if not whole(heads[name], entries)]
    if "site" not in heads:
        heads["site"], chains["site"] = Chain.objects.create(name="site"), []
    chains["site"] += [told(Event, "audit.opened", target=name) for name in heads if name != "site"]
    chains["site"] += [told(Event, "audit.sealed", facts={"broken": broken})]
    Event.objects.all().delete()
    for name, entries in chains.items():
        sealed(heads[name], entries).save()
        Event.objects.bulk_create(entries, batch_size=500)


def whole(head, entries):
    """Whether the chain was what it should be so far."""
    previous = ""
    for number, event in enumerate(entries, 1):
        if (event.number, event.previous) != (number, previous) or event.hash != old_hash(event):
            return False
        previous = event.hash
    return (head.number, head.hash) == (len(entries), previous)


def old_hash(event):
    return strictjson.digest(
        [
            event.previous,
            event.chain,
            event.number,
            event.at.isoformat(),
            event.actor,
            event.verb,
            event.project_id,
            event.project_slug,
            event.target,
            strictjson.loads(event.facts_text),
        ]
    )


def told(Event, verb, target="", facts=None):
    return Event(
        chain="site", at=timezone.now(), verb=verb, target=target, channel="command", facts_text=text(facts or {})
    )


def text(facts):
    return json.dumps(facts, sort_keys=True)


def sealed(head, entries):
    """Number and seal the entries of a chain, and its end."""
    previous = ""
    for number, event in enumerate(entries, 1):
        event.number = number
        event.id = ((event.project_id or 0) << 32) + number
        event.facts_text = text(strictjson.loads(event.facts_text))
        event.key, event.previous = keys.current(), previous
        columns = {field.attname: getattr(event, field.attname) for field in event._meta.concrete_fields}
        del columns["hash"]
        event.hash = previous = keys.seal(["event", columns | {"at": event.at.isoformat()}], event.key)
    head.number, head.hash, head.key = len(entries), previous, keys.current()
    head.seal = keys.seal([head.pk, head.name, head.number, head.hash, head.key], head.key)
    return head


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_where_and_keyed_seals")]

    operations = [migrations.RunPython(seal_entries, migrations.RunPython.noop)]
