"""Which names stand for one thing inside an article. No language model: names are given with their places."""

import pytest

from kg.detect.clusters import Found, cluster, entities_of, plain


def named(*names: tuple[str, str]) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Entities (name to type and aliases) of (surface, type) pairs that follow each other in the text."""
    found, at = [], 0
    for surface, type in names:
        found.append(Found(at, at + len(surface), surface, type))
        at += len(surface) + 1
    return {entity.name: (entity.type, entity.aliases) for entity in entities_of(cluster(found))[1]}


@pytest.mark.parametrize(
    ("full", "short"),
    [
        ("Kassym-Jomart Tokayev", "Tokayev"),
        ("Aleksandar Vučić", "Vucic"),
        ("Xi Jinping", "Xi"),
        ("Carl B. Greenidge", "Carl Greenidge"),
        ("Joseph R. Biden, Jr", "Biden"),
        ("Mohamed bin Zayed Al Nahyan", "Mohamed bin Zayed"),
    ],
)
def test_parts_of_a_persons_name_are_the_person(full: str, short: str) -> None:
    assert list(named((full, "Person"), (short, "Person"))) == [full]


def test_two_people_of_one_family_stay_two_and_the_last_name_goes_to_the_nearer() -> None:
    found = named(("Ana Silva", "Person"), ("Ben Silva", "Person"), ("Silva", "Person"))
    assert found == {"Ana Silva": ("Person", ()), "Ben Silva": ("Person", ("Silva",))}


def test_other_people_are_apart() -> None:
    assert len(named(("Ana Silva", "Person"), ("Ana Costa", "Person"))) == 2


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["Serbia", "Serbian"], "Serbia"),
        (["Turkish", "Türkiye", "Turkey"], "Türkiye"),
        (["China", "People’s Republic of China", "Chinese"], "People’s Republic of China"),
        (["Belgrade", "Serbian", "Serbia"], "Serbia"),
        (["the United States", "U.S.", "American"], "United States"),
    ],
)
def test_names_demonyms_and_capitals_of_a_state_are_the_state(names: list[str], expected: str) -> None:
    found = named(*((name, "Country") for name in names))
    assert len(found) == 1
    assert expected in found or any(expected in aliases for _, aliases in found.values())


def test_a_country_known_by_its_demonym_alone_gets_its_name() -> None:
    assert named(("Norwegian", "Country")) == {"Norway": ("Country", ("Norwegian",))}


@pytest.mark.parametrize(
    ("full", "short"),
    [
        ("US Agency for International Development", "USAID"),
        ("Eurasian Economic Union", "EAEU"),
        ("U.S.-EU Trade and Technology Council", "TTC"),
        ("World Trade Organization", "WTO"),
        ("Masdar Company", "Masdar"),
        ("Tourism Marketing Inc.", "Tourism Marketing"),
        ("U.S. Department of State", "Department of State"),
    ],
)
def test_acronyms_and_parts_of_an_organizations_name_are_the_organization(full: str, short: str) -> None:
    assert list(named((full, "Organization"), (short, "Organization"))) == [full]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ministry of Energy", "Ministry of Trade"),
        ("Bank of Canada", "Bank of England"),
        ("Kazakhstan Railways", "Kazakhstan Airlines"),
        ("European Commission", "EU"),
    ],
)
def test_organizations_that_share_a_word_stay_apart(one: str, other: str) -> None:
    assert len(named((one, "Organization"), (other, "Organization"))) == 2


def test_the_memorandum_is_the_one_named_before() -> None:
    found = named(("trade agreement", "Agreement"), ("memorandum on energy", "Agreement"), ("memorandum", "Agreement"))
    assert found["memorandum on energy"] == ("Agreement", ("memorandum",))


@pytest.mark.parametrize(("one", "other", "count"), [("energy", "energy sector", 1), ("energy", "renewable energy", 2)])
def test_a_sector_is_the_same_with_a_vague_noun_and_another_with_a_telling_one(
    one: str, other: str, count: int
) -> None:
    assert len(named((one, "Sector"), (other, "Sector"))) == count


@pytest.mark.parametrize(
    ("surface", "type", "form"),
    [
        ("President Ana Silva", "Person", "Ana Silva"),
        ("Mr. Ben Olsen's", "Person", "Ben Olsen"),
        ("Sheikh Mohamed", "Person", "Sheikh Mohamed"),
        ("the\nNorthern   Corridor", "Route", "Northern Corridor"),
        ("the Netherlands’", "Country", "Netherlands"),
    ],
)
def test_plain_form(surface: str, type: str, form: str) -> None:
    assert plain(surface, type) == form


def test_one_surface_has_one_type() -> None:
    found = entities_of(
        cluster(
            [
                Found(0, 5, "Silva", "Person", 0.9),
                Found(9, 14, "Silva", "City", 0.4),
                Found(20, 25, "Silva", "Person", 0.8),
            ]
        )
    )[1]
    assert [entity.type for entity in found] == ["Person"]
