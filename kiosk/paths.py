"""Where the shelves are: static files, migrations and translations.

In a checkout (editable install) a shelf is a folder beside the package; in an
installed wheel it lies inside the package. Both are tried, in that order of
certainty, and an absent shelf is a broken installation said in one line.
"""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def shelf(name: str) -> Path:
    """Return the folder of the shelf `name` (`static`, `migrations`, `translations`).

    Raises FileNotFoundError where the installation lacks it.
    """
    for place in (_PACKAGE / name, _PACKAGE.parent / name):
        if place.is_dir():
            return place
    raise FileNotFoundError(f"installation incomplète : le dossier « {name} » manque")
