"""The top level: few names, found when they are used, and the same for a type checker as for Python."""

import ast
import importlib
import pathlib

import pytest

import lgsco

FOLDER = pathlib.Path(lgsco.__file__).parent
MOST_NAMES = 70


def seen_by_type_checkers():
    """Give what the stub imports: each name with the module that it comes from."""
    stub = ast.parse((FOLDER / "__init__.pyi").read_text(encoding="utf-8"))
    return [(node.module, alias.name) for node in stub.body[1:] for alias in node.names]


def test_the_top_level_is_small():
    """Whoever completes ``lgsco.`` can read the whole list."""
    assert len(lgsco.__all__) <= MOST_NAMES


def test_every_public_name_is_found_in_its_module():
    """It is the very object of the module, and its package has it too."""
    for name in lgsco.__all__:
        module = importlib.import_module(f"lgsco.{lgsco._MODULES[name]}")
        package = importlib.import_module(f"lgsco.{lgsco._MODULES[name].partition('.')[0]}")

        assert getattr(lgsco, name) is getattr(module, name) is getattr(package, name)
        assert name in module.__all__
        assert name in package.__all__


def test_type_checkers_see_what_python_finds():
    """The stub has the names of the table, the packages and the version, no more and no fewer."""
    assert sorted(
        [
            *((f"lgsco.{module}", name) for name, module in lgsco._MODULES.items()),
            *(("lgsco", package) for package in lgsco._PACKAGES),
            ("lgsco._version", "__version__"),
        ]
    ) == sorted(seen_by_type_checkers())


def test_what_is_listed_is_what_is_public():
    """``dir`` gives the public names and the packages, and nothing that a module merely imported."""
    assert sorted({*lgsco.__all__, *lgsco._PACKAGES, "__version__"}) == dir(lgsco)


@pytest.mark.parametrize("name", ["Councillor", "_HOME", "json", "upheld_rate", "Table", "Problem"])
def test_an_unknown_name_is_an_attribute_error(name):
    """As in any module, so that ``hasattr`` and ``getattr`` with a default work."""
    with pytest.raises(AttributeError):
        getattr(lgsco, name)

    assert not hasattr(lgsco, name)


@pytest.mark.parametrize("package", lgsco._PACKAGES)
def test_a_package_is_reached_from_the_top(package):
    """``lgsco.published`` is loaded when it is first asked for, without an import of its own, and says what it has."""
    module = importlib.import_module(f"lgsco.{package}")

    assert lgsco.__getattr__(package) is module
    assert module.__doc__
    assert set(module.__all__) <= set(dir(module))


def test_every_public_module_and_package_is_reached():
    """What is in the folder and not private is in the list, but for the command and what is reached by name."""
    public = {path.stem for path in FOLDER.iterdir() if not path.stem.startswith("_") and path.suffix in {"", ".py"}}

    assert {"cli", "joining", "sources", "wording"} == public - {*lgsco._PACKAGES}
    assert set() == public & set(lgsco.__all__)


def test_an_attribute_found_once_is_kept():
    """The second use is an ordinary attribute of the module."""
    found = lgsco.uphold_rate

    assert found is vars(lgsco)["uphold_rate"]


def test_the_typed_example_uses_every_public_name():
    """``tests/typing/api.py`` imports each of them, so that the type checkers see each in use."""
    example = ast.parse((pathlib.Path(__file__).parent / "typing" / "api.py").read_text(encoding="utf-8"))
    imported = {
        (node.module, alias.name) for node in example.body if isinstance(node, ast.ImportFrom) for alias in node.names
    }
    attributes = {
        (f"lgsco.{node.value.id}", node.attr)
        for node in ast.walk(example)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
    }
    packages = [importlib.import_module(f"lgsco.{package}") for package in lgsco._PACKAGES]
    core = [package for package in packages if package.__name__ in CORE]

    assert set() == {("lgsco", name) for name in lgsco.__all__} - imported
    assert (
        set()
        == {(package.__name__, name) for package in core for name in package.__all__ if name not in lgsco.__all__}
        - imported
        - attributes
    )


CORE = {
    f"lgsco.{name}" for name in ("casework", "comparison", "documents", "errors", "model", "reports", "series", "stats")
}
