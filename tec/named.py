"""`NamedTuple` as `typing` has it, made in a quarter of the time.

`typing` looks at the type of each field, which only mypy needs to know. A command that ends after a tenth of
a second makes dozens of such classes first, and would spend a tenth of its time on that.
"""

from __future__ import annotations

from collections import namedtuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NamedTuple as NamedTuple
else:

    class _Maker(type):
        """Makes a class statement with this metaclass a named tuple of the fields that it annotates."""

        def __new__(cls, name, bases, body):
            fields = body.pop("__annotations__", {})
            defaults = [body.pop(field) for field in fields if field in body]
            made = namedtuple(name, fields, defaults=defaults, module=body.pop("__module__"))
            for key, value in body.items():
                setattr(made, key, value)
            made.__annotations__ = fields
            return made

    NamedTuple = type.__new__(_Maker, "NamedTuple", (), {})
