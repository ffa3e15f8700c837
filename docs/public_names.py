"""The reference: every public name under the package that it comes from, as its docstring says.

``.. public-names:: overdue`` lists the names of the public face that ``repayplan.overdue`` holds, so that no
page has a list of its own to keep.
"""  # noqa: INP001  # an extension of Sphinx beside the pages, not a package

from __future__ import annotations

import ast
import enum
import inspect
import textwrap
from typing import TYPE_CHECKING, Any

from docutils import nodes
from docutils.statemachine import StringList
from sphinx.ext.napoleon.docstring import GoogleDocstring
from sphinx.pycode import ModuleAnalyzer
from sphinx.util.docutils import SphinxDirective

import repayplan
from repayplan import _NAMES_BY_MODULE  # the one table of the public names

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.addnodes import pending_xref
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

__all__ = ["setup"]


class PublicNames(SphinxDirective):
    """Lists the public names of modules or packages."""

    required_arguments = 1
    optional_arguments = 50

    def run(self) -> list[nodes.Node]:
        """Give the entries of the names."""
        lines = [line for package in self.arguments for line in _entries(package)]
        if not lines:
            raise self.error(f"no public name comes from {' '.join(self.arguments)}")
        found = nodes.section()
        self.state.nested_parse(StringList(lines, self.get_location()), self.content_offset, found)
        children: list[nodes.Node] = found.children
        return children


def _entries(package: str) -> Iterator[str]:
    for module, names in _NAMES_BY_MODULE.items():
        if module == package or module.startswith(f"{package}."):
            for name in names.split():
                yield from (*_entry(name, f"repayplan.{module}"), "")


def _entry(name: str, module: str) -> tuple[str, ...]:
    value = getattr(repayplan, name)
    if inspect.isclass(value):
        kind = "autoexception" if issubclass(value, BaseException) else "autoclass"
        # the members of an enumeration are its content, and most say all by their name and value
        more = ("   :undoc-members:",) if issubclass(value, enum.Enum) else ()
        cached = [line and f"   {line}" for line in _cached_properties(value)]
        return (f".. {kind}:: repayplan.{name}", "   :members:", *more, "", *cached)
    if inspect.isroutine(value):
        return (f".. autofunction:: repayplan.{name}",)
    said = ModuleAnalyzer.for_module(module).find_attr_docs()["", name]
    return (f".. py:data:: repayplan.{name}", "", *(f"   {line}" for line in said))


def _cached_properties(kind: type) -> Iterator[str]:
    """Describe the cached properties of a class from its source: the slots that attrs makes say nothing."""
    if kind.__module__.partition(".")[0] != "repayplan":
        return
    (body,) = ast.parse(textwrap.dedent(inspect.getsource(kind))).body
    for part in getattr(body, "body", ()):
        if isinstance(part, ast.FunctionDef) and _is_cached(part) and not part.name.startswith("_"):
            said = GoogleDocstring(ast.get_docstring(part) or "", what="method").lines()
            yield f".. py:property:: {part.name}"
            yield f"   :type: {ast.unparse(part.returns)}" if part.returns else ""
            yield from ("", *(line and f"   {line}" for line in said), "")


def _is_cached(function: ast.FunctionDef) -> bool:
    return any(ast.unparse(each).endswith("cached_property") for each in function.decorator_list)


def _resolved(
    app: Sphinx, env: BuildEnvironment, node: pending_xref, content: nodes.TextElement
) -> nodes.Element | None:
    """Point what names a class by its module at the entry of its public name; what is inside has none."""
    target = node.get("reftarget", "")
    name = target.rpartition(".")[2]
    if node.get("refdomain") != "py":
        return None
    if name not in repayplan.__all__:
        return content if node.get("reftype") == "class" and target != f"repayplan.{name}" else None
    domain = env.domains.python_domain
    return domain.resolve_xref(env, node["refdoc"], app.builder, "obj", f"repayplan.{name}", node, content)


def _described(_app: Sphinx, what: str, _name: str, obj: Any, _options: Any, lines: list[str]) -> None:  # noqa: ANN401  # as Sphinx calls it
    """Read the sections of a docstring; of an attribute too, whose words before a colon are no type."""
    lines[:] = GoogleDocstring(lines, what="class" if what == "class" else "method", obj=obj).lines()


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the directive."""
    app.add_directive("public-names", PublicNames)
    app.connect("autodoc-process-docstring", _described)
    app.connect("missing-reference", _resolved)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
