"""Settings of the documentation: python -m sphinx -n -W -b html docs OUT."""

import sys
from importlib.metadata import version as installed_version
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

project = "repayplan"
release = installed_version("repayplan")
version = release
copyright = "the repayplan authors"  # noqa: A001 - the name that Sphinx reads
author = "the repayplan authors"
language = "en"

extensions = ["myst_nb", "sphinx.ext.autodoc", "public_names"]
exclude_patterns = ["_build", "jupyter_execute"]
html_theme = "furo"
html_title = "repayplan"

# The test-suite executes the pages; the build only sets them.
nb_execution_mode = "off"
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3

autodoc_member_order = "bysource"
autodoc_typehints = "description"
autodoc_typehints_format = "short"

# The build needs no network, so names of other projects have nothing to point at.
nitpick_ignore_regex = [
    (r"py:.*", r"(attr|attrs|babel|collections|datetime|decimal|enum|fractions|pendulum|typing)\..*"),
    (r"py:.*", r"hypothesis\..*"),
]
