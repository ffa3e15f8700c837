"""Reading HTML back as a browser would: tables, images, and every element and attribute that was used."""

from __future__ import annotations

import base64
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Final, NamedTuple
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from collections.abc import Iterable

ELEMENTS: Final = {"div", "span", "img", "table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td"}
ATTRIBUTES: Final = {"style", "alt", "src", "scope"}
NO_FORMULAS: Final = "tex2jax_ignore mathjax_ignore"
"""The one class there is: the outermost element says that nothing within is a formula."""
SVG: Final = "{http://www.w3.org/2000/svg}"
_DATA: Final = "data:image/svg+xml;base64,"


class Table:
    """A table as text."""

    def __init__(self) -> None:
        self.caption = ""
        self.parts: dict[str, list[list[str]]] = {}
        self.styles: list[str] = []

    @property
    def head(self) -> list[str]:
        """The cells above the columns."""
        (row,) = self.parts["thead"]
        return row

    @property
    def rows(self) -> list[list[str]]:
        """The cells of the rows."""
        return self.parts["tbody"]

    @property
    def total(self) -> list[str]:
        """The cells below the columns."""
        (row,) = self.parts["tfoot"]
        return row


class Image(NamedTuple):
    """An image: what it says, and its drawing."""

    alt: str
    svg: ET.Element

    def paths(self) -> list[dict[str, str]]:
        """The attributes of what is drawn, the axes last."""
        return [dict(path.attrib) for path in self.svg.iter(f"{SVG}path")]

    def words(self) -> list[str]:
        """The words in it."""
        return [text.text or "" for text in self.svg.iter(f"{SVG}text")]


class Page(HTMLParser):
    """HTML that was written, refused where it holds anything but what may be in it."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[Table] = []
        self.images: list[Image] = []
        self.spans: list[str] = []
        self._open: list[str] = []
        html.encode()  # no lone surrogate
        self.feed(html)
        self.close()
        assert not self._open, "an element is not closed"

    def handle_starttag(self, tag: str, attrs: Iterable[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        assert tag in ELEMENTS
        assert given.pop("class", NO_FORMULAS) == NO_FORMULAS
        assert set(given) <= ATTRIBUTES
        if tag == "img":
            assert given["alt"]
            assert given["src"].startswith(_DATA)
            drawing = base64.b64decode(given["src"].removeprefix(_DATA), validate=True)
            self.images.append(Image(given["alt"], ET.fromstring(drawing)))  # noqa: S314  # we wrote it
            return
        self._open.append(tag)
        if tag == "table":
            self.tables.append(Table())
        elif tag in {"thead", "tbody", "tfoot"}:
            self.tables[-1].parts[tag] = []
        elif tag == "tr":
            self._part.append([])
        elif tag in {"th", "td"}:
            self._add_cell(tag, given)
        elif tag == "span":
            self.spans.append("")

    def _add_cell(self, tag: str, given: dict[str, str]) -> None:
        row, is_head = self._part[-1], "thead" in self._open
        expected = "col" if is_head else "row" if not row else None
        assert given.get("scope") == expected
        assert (tag == "th") is (expected is not None)
        row.append("")
        if is_head:
            self.tables[-1].styles.append(given["style"])

    @property
    def _part(self) -> list[list[str]]:
        return self.tables[-1].parts[next(tag for tag in self._open if tag in {"thead", "tbody", "tfoot"})]

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        where = self._open[-1]
        if where == "caption":
            self.tables[-1].caption += data
        elif where == "span":
            self.spans[-1] += data
        else:
            assert where in {"th", "td"}, "words outside of any cell"
            self._part[-1][-1] += data

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)

    def handle_decl(self, decl: str) -> None:
        raise AssertionError(decl)

    def handle_pi(self, data: str) -> None:
        raise AssertionError(data)

    def unknown_decl(self, data: str) -> None:
        raise AssertionError(data)
