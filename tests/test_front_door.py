"""The front door: every public name is there, found lazily, and the same for a type checker as for Python."""

import ast
import importlib
import pathlib

import pytest

import lgsco

TREE = ast.parse(pathlib.Path(lgsco.__file__).read_text(encoding="utf-8"))


def seen_by_type_checkers():
    """Give the names that ``if TYPE_CHECKING`` imports, by the module that they come from."""
    (guarded,) = [node for node in TREE.body if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"]
    return {node.module: [alias.asname or alias.name for alias in node.names] for node in guarded.body}


ROOMS = {module: names for module, names in seen_by_type_checkers().items() if module != "lgsco"}


@pytest.mark.parametrize("name", lgsco.__all__)
def test_every_public_name_is_there(name):
    """And is the very object that the room holds from which a type checker takes it."""
    (room,) = [module for module, names in ROOMS.items() if name in names]

    assert getattr(lgsco, name) is getattr(importlib.import_module(room), name)


def test_no_public_name_stands_twice():
    """Each name is in one room only."""
    assert sorted(set(lgsco.__all__)) == sorted(lgsco.__all__)


def test_type_checkers_see_what_python_finds():
    """The guarded imports hold the public names and the edges, no more and no fewer, from the rooms searched."""
    assert sorted(lgsco.__all__) == sorted(name for names in ROOMS.values() for name in names)
    assert sorted(lgsco._EDGES) == sorted(seen_by_type_checkers()["lgsco"])
    assert sorted(f"lgsco.{room}" for room in lgsco._ROOMS) == sorted(ROOMS)


def test_the_typed_example_uses_every_public_name():
    """``tests/typing/api.py`` imports each of them, so that the type checkers see each in use."""
    example = ast.parse((pathlib.Path(__file__).parent / "typing" / "api.py").read_text(encoding="utf-8"))
    (imported,) = [node for node in example.body if isinstance(node, ast.ImportFrom) and node.module == "lgsco"]

    assert set() == set(lgsco.__all__) - {alias.name for alias in imported.names}


def test_what_is_listed_is_what_is_public():
    """``dir`` gives the public names and the edges, and nothing that a module merely imported."""
    assert sorted({*lgsco.__all__, *lgsco._EDGES, "__version__"}) == dir(lgsco)


@pytest.mark.parametrize("name", ["Councillor", "_ROOM", "json", "upheld_rate"])
def test_an_unknown_name_is_an_attribute_error(name):
    """As in any module, so that ``hasattr`` and ``getattr`` with a default work."""
    with pytest.raises(AttributeError):
        getattr(lgsco, name)

    assert not hasattr(lgsco, name)


@pytest.mark.parametrize("edge", lgsco._EDGES)
def test_an_edge_is_a_module_of_the_package(edge):
    """``lgsco.published`` is loaded when it is first asked for, without an import of its own."""
    assert lgsco.__getattr__(edge) is importlib.import_module(f"lgsco.{edge}")


def test_no_room_bears_the_name_of_what_it_holds():
    """With a lazy front door a module would shadow the function of its name at the second use."""
    rooms = {path.stem for path in pathlib.Path(lgsco.__file__).parent.iterdir()}

    assert set() == rooms & set(lgsco.__all__)
    assert [] == [room for room in ROOMS if room.removeprefix("lgsco.") in importlib.import_module(room).__all__]


def test_an_attribute_found_once_is_kept():
    """The second use is an ordinary attribute of the module."""
    found = lgsco.uphold_rate

    assert found is vars(lgsco)["uphold_rate"]
