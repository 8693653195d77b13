"""Reads the form out of a page as a browser without scripts does, and sends it."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

from django.test import Client


class FormReader(HTMLParser):
    """The successful controls of the form called "editor", in the order of the page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.inside = False
        self.depth = 0  # of <template>, whose content is no part of the page
        self.fields: dict[str, str] = {}
        self.buttons: list[str] = []
        self.ids: list[str] = []
        self._area: str | None = None
        self._select: str | None = None
        self._option: str | None = None
        self._text = ""

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        found = {key: value if value is not None else "" for key, value in attributes}
        if tag == "template":
            self.depth += 1
        if self.depth:
            return
        if "id" in found:
            self.ids.append(found["id"])
        if tag == "form":
            self.inside = found.get("id") == "editor"
        if tag == "button" and found.get("name") == "op":
            self.buttons.append(found["value"])
        if not self.inside or "disabled" in found:
            return
        name = found.get("name", "")
        if tag == "input" and name:
            if found.get("type") == "checkbox":
                if "checked" in found:
                    self.fields[name] = found.get("value", "on")
            else:
                value = found.get("value", "")
                self.fields[name] = (
                    value.replace("\n", "").replace("\r", "") if found.get("type") != "hidden" else value
                )
        elif tag == "textarea":
            self._area, self._text = name, ""
        elif tag == "select":
            self._select = name
            self.fields[name] = ""
        elif tag == "option" and self._select:
            self._option, self._text = found.get("value"), ""
            if "selected" in found and self._option is not None:
                self.fields[self._select] = self._option
            self._chosen = "selected" in found

    def handle_data(self, data: str) -> None:
        self._text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "template":
            self.depth -= 1
        elif tag == "form":
            self.inside = False
        elif tag == "textarea" and self._area is not None:
            text = self._text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\n")
            self.fields[self._area] = text.replace("\n", "\r\n")
            self._area = None
        elif tag == "option" and self._select and self._option is None and self._chosen:
            self.fields[self._select] = self._text
        elif tag == "select":
            self._select = None


def read(response: Any) -> FormReader:
    reader = FormReader()
    reader.feed(response.content.decode())
    return reader


def open_form(client: Client, url: str) -> FormReader:
    response = client.get(url)
    assert response.status_code == 200, response.status_code
    return read(response)


def send(
    client: Client, url: str, form: FormReader, op: str = "save", follow: bool = True, **texts: Any
) -> Any:
    """Press the button *op* after typing *texts* (names with __ for /)."""
    typed = {"/" + name.replace("__", "/"): text for name, text in texts.items() if name != "pick"}
    more = {"pick": texts["pick"]} if "pick" in texts else {}
    return client.post(url.partition("?")[0], {**form.fields, **typed, **more, "op": op}, follow=follow)
