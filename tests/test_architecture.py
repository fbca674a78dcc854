from tools import architecture


def test_the_architecture_picture_shows_the_imports_of_today() -> None:
    drawn = architecture.PICTURE.read_text(encoding="utf-8") if architecture.PICTURE.exists() else ""
    assert drawn == architecture.picture(), (
        "docs/architecture.svg is out of date: run `make architecture` and commit it"
    )
