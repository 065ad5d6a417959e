#!/usr/bin/env python3
"""EmbedSql.cmake on small folders made up here: what it writes, and with which words it stops the build.
`embed_sql_test.py CMAKE`"""
import pathlib
import subprocess
import sys
import tempfile
import unittest
from types import MappingProxyType

SCRIPT = pathlib.Path(__file__).resolve().parents[2] / "plugin/adapters/postgres/EmbedSql.cmake"
HEAD = "-- why: a test\n-- index: none\n-- returns: rows\n"
CMAKE = "cmake"


class EmbedSqlTest(unittest.TestCase):
    def embed(self, lists, query, parts):
        """Runs the script; gives its exit code, what it printed on one line, and the two headers."""
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            (root / "columns").mkdir()
            (root / "queries/pets").mkdir(parents=True)
            for table, text in lists.items():
                (root / "columns" / f"{table}.txt").write_text(text, encoding="utf-8")
            (root / "parts").mkdir()
            for part, text in parts.items():
                (root / "parts" / f"{part}.sql").write_text(text, encoding="utf-8")
            (root / "queries/pets/find.sql").write_text(query, encoding="utf-8")
            run = subprocess.run([CMAKE, f"-DSQL_DIR={root}", f"-DOUTPUT_DIR={root}/out", "-P", str(SCRIPT)],
                                 capture_output=True, text=True, check=False)
            headers = [path.read_text(encoding="utf-8") for path in sorted((root / "out").glob("*.hpp"))]
            return run.returncode, " ".join(run.stderr.split()), headers

    def assert_embeds(self, lists, query, sql, parts=MappingProxyType({})):
        code, printed, headers = self.embed(lists, HEAD + query, parts)
        self.assertEqual((code, printed), (0, ""))
        self.assertIn(f'find{{"scheduling.pets.find", R"sql({sql})sql"}};', headers[1])
        return headers[0]

    def assert_stops(self, lists, query, words, parts=MappingProxyType({})):
        code, printed, headers = self.embed(lists, query, parts)
        self.assertNotEqual(code, 0)
        self.assertIn(words, printed)
        self.assertEqual(headers, [])

    def test_expands_with_and_without_alias(self):
        pets = {"pets": "-- read by all; [really]\nid\n\nname\n"}
        header = self.assert_embeds(pets, "SELECT {{columns pets p}}, o.name FROM pets p\n",
                                    "SELECT p.id, p.name, o.name FROM pets p")
        self.assertIn("enum class pets : std::size_t { id, name };", header)
        self.assertIn("width(pets) { return 2; }", header)
        self.assert_embeds(pets, "INSERT INTO pets (name) VALUES ($1) RETURNING {{columns pets}}",
                           "INSERT INTO pets (name) VALUES ($1) RETURNING pets.id, pets.name")

    def test_expressions_follow_the_alias(self):
        header = self.assert_embeds({"pets": "upper(pets.name || other_pets.name) AS loud_name\nid"},
                                    "SELECT {{columns pets p}}", "SELECT upper(p.name || other_pets.name), p.id")
        self.assertIn("{ loud_name, id }", header)

    def test_two_lists_in_one_query(self):
        self.assert_embeds({"pets": "id", "owners": "id\nname"}, "SELECT {{columns pets}}, {{columns owners o}}",
                           "SELECT pets.id, o.id, o.name")

    def test_queries_without_lists_stay_as_they_are(self):
        self.assert_embeds({}, "SELECT ($1::integer[])[1], '{}'::jsonb -> 'a;b'",
                           "SELECT ($1::integer[])[1], '{}'::jsonb -> 'a;b'")

    PART = {"births": "-- why: shared\n-- takes: name, mother\n--   name: [any]\nINSERT INTO pets SELECT {{name}}, {{mother}} / {{name}}\n"}

    def test_parts_take_values(self):
        self.assert_embeds({}, "WITH a AS (\n  {{births | name: $1::int[] | mother: f('a;b', x)}}\n)\n"
                           "{{births\n  | mother: (VALUES (1)) AS v(x)\n  | name: CASE\n b END}} RETURNING id",
                           "WITH a AS (\n  INSERT INTO pets SELECT $1::int[], f('a;b', x) / $1::int[]\n)\n"
                           "INSERT INTO pets SELECT CASE\n b END, (VALUES (1)) AS v(x) / CASE\n b END RETURNING id", self.PART)

    def test_parts_hold_lists(self):
        self.assert_embeds({"pets": "id\nname"}, "{{births | name: 1 | mother: 2}} RETURNING {{columns pets}}",
                           "INSERT INTO pets SELECT 1, 2 / 1 RETURNING pets.id, pets.name", self.PART)

    def test_which_parts_stop_the_build(self):
        self.assert_stops({}, HEAD + "{{deaths | name: 1}}", "there is no sql/parts/deaths.sql", self.PART)
        self.assert_stops({}, HEAD + "{{births | name: 1}}", "{{births}} lacks 'mother'", self.PART)
        self.assert_stops({}, HEAD + "{{births | name: 1 | mother: 2 | father: 3}}", "does not take 'father'", self.PART)
        self.assert_stops({}, HEAD + "{{births | name: 1 | mother}}", "is not | name: value", self.PART)
        self.assert_stops({}, HEAD + "SELECT 1", "births.sql: no query uses this part", self.PART)
        self.assert_stops({}, HEAD + "{{births | x: 1}}", "has no line", {"births": "-- why: half a head\nSELECT {{x}}"})

    def test_what_stops_the_build(self):
        pets = {"pets": "id\n"}
        self.assert_stops(pets, HEAD + "SELECT {{columns cats}}", "{{columns cats}}: there is no sql/columns/cats.txt")
        self.assert_stops(pets, HEAD + "SELECT {{pets}}", "is not {{columns table}}")
        self.assert_stops(pets, HEAD + "SELECT {{columns pets AS p}}", "is not {{columns table}}")
        self.assert_stops(pets, HEAD + "SELECT 1", "pets.txt: no query uses this list")
        self.assert_stops({"pets": "id\nid\n"}, HEAD + "SELECT {{columns pets}}", "id stands there twice")
        self.assert_stops({"pets": "id, name\n"}, HEAD + "SELECT {{columns pets}}", "neither a column nor")
        self.assert_stops({"pets": "-- empty\n"}, HEAD + "SELECT {{columns pets}}", "no columns")
        self.assert_stops({"pets": "(ids)[1] AS id\n"}, HEAD + "SELECT {{columns pets}}", "none of the characters")
        self.assert_stops(pets, "-- why: half a head\nSELECT {{columns pets}}", "has no line '-- index: …'")


if __name__ == "__main__":
    CMAKE = sys.argv.pop(1)
    unittest.main()
