"""The tables say what the code expects of them."""

import pytest

from kg.tables import countries, country_by_capital, country_by_name


def test_every_country_has_codes_names_and_demonyms() -> None:
    rows = countries()
    assert len({row.iso2 for row in rows}) == len(rows) > 190
    assert all(len(row.iso2) == 2 and len(row.iso3) == 3 and row.wikidata.startswith("Q") for row in rows)
    assert [row.name for row in rows if not row.demonyms or not row.capitals] == []


@pytest.mark.parametrize(
    ("name", "iso2"),
    [
        ("Türkiye", "TR"), ("Turkey", "TR"), ("Serbian", "RS"), ("U.S.", "US"), ("British", "GB"), ("Swiss", "CH"),
        ("Niger", "NE"), ("Nigerian", "NG"), ("Guinea-Bissau", "GW"), ("Namibia", "NA"), ("Holy See", "VA"),
    ],
)  # fmt: skip
def test_names_and_demonyms_lead_to_the_country(name: str, iso2: str) -> None:
    assert country_by_name()[name].iso2 == iso2


def test_capitals_lead_to_the_country() -> None:
    assert country_by_capital()["Astana"].name == "Kazakhstan"
    assert country_by_capital()["Washington"].iso2 == "US"
