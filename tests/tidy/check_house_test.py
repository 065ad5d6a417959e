#!/usr/bin/env python3
"""The checker is itself checked: every rule catches an offence made up here."""
import pathlib
import tempfile
import unittest

import check_house
import house_rules as rules
import source_text

ROOT = pathlib.Path(__file__).resolve().parents[2]


class HouseTest(unittest.TestCase):
    def offences(self, files):
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            for name, text in files.items():
                (root / name).parent.mkdir(parents=True, exist_ok=True)
                (root / name).write_text(text, encoding="utf-8")
            return list(check_house.check_house(root))

    def assert_one(self, path, text, part):
        found = self.offences({path: text})
        self.assertEqual(len(found), 1, found)
        self.assertIn(part, found[0])

    def assert_none(self, path, text):
        self.assertEqual(self.offences({path: text}), [])

    def test_arrows(self):
        self.assert_one("plugin/core/a.hpp", '#include "plugin/ports/crm/clock.hpp"\n', "may not include")
        self.assert_one("plugin/ports/a.hpp", '#include "crm/sdk/ids.hpp"\n', "may not include")
        self.assert_one("plugin/services/a.cpp", '#include "plugin/adapters/icu/x.hpp"\n', "may not include")
        self.assert_one("plugin/adapters/icu/a.cpp", '#include "plugin/adapters/zones/x.hpp"\n', "may not include")
        self.assert_one("plugin/adapters/postgres/a.cpp", '#include "plugin/adapters/zones/x.hpp"\n', "may not include")
        self.assert_one("plugin/http/a.cpp", '#include "plugin/adapters/icu/x.hpp"\n', "may not include")
        self.assert_one("host-sdk/include/crm/sdk/a.hpp", '#include "reference_host/x.hpp"\n', "may not include")
        self.assert_one("host-sdk/reference_host/a.cpp", '#include "plugin/core/ids.hpp"\n', "may not include")
        self.assert_one("tests/oracle/oracle.cpp", '#include "plugin/core/ids.hpp"\n', "may not include")
        self.assert_one("tests/oracle/oracle_zone.hpp", '#include "../../plugin/core/ids.hpp"\n', "may not include")
        self.assert_none("tests/oracle/oracle_test.cpp", '#include "plugin/core/ids.hpp"\n')
        self.assert_none("plugin/surface/wiring.cpp", '#include "plugin/adapters/icu/x.hpp"\n#include "crm/sdk/ids.hpp"\n')
        self.assert_none("plugin/adapters/icu/a.cpp", '#include "plugin/adapters/icu/b.hpp"\n#include <unicode/x.h>\n')
        self.assert_none("plugin/core/a.hpp", '// #include "plugin/ports/crm/clock.hpp"\n#include <vector>\n')

    def test_libraries(self):
        self.assert_one("plugin/adapters/icu/a.cpp", "#include <cctz/time_zone.h>\n", "belongs to")
        self.assert_one("plugin/core/a.cpp", "#include <tl/expected.hpp>\n", "belongs to")
        self.assert_one("plugin/http/a.cpp", "#include <Poco/Net/HTTPClientSession.h>\n", "belongs to")
        self.assert_one("plugin/adapters/mail/a.cpp", "#include <Poco/Net/SMTPClientSession.h>\n", "belongs to")
        self.assert_none("plugin/adapters/mail/a.cpp", "#include <Poco/Net/MultipartWriter.h>\n")
        self.assert_one("plugin/core/a.cpp", "#include <sys/socket.h>\n", "standard library only")

    def test_sizes(self):
        body = "  f();\n"
        self.assert_one("plugin/core/a.cpp", "void g() {\n" + body * 69 + "}\n", "a function of 71 lines")
        self.assert_none("plugin/core/a.cpp", "void g() {\n" + body * 68 + "}\n")
        self.assert_one("plugin/core/a.hpp", "// x\n" * 151, "151 lines")
        self.assert_one("plugin/core/a.cpp", "// x\n" * 401, "401 lines")

    def test_functions_are_found(self):
        text = ("namespace a {\nstruct B : C {\n  int f() const noexcept {\n    if (x) {\n    }\n  }\n};\n"
                "constexpr int k[] = {1, 2};\nResult<int> g(const char* t = \"}{\") try {\n} catch (...) {\n}\n}\n")
        text += "A::A(int a, B b = {}) : a_{a}, b_(b) {\n  f();\n}\nint last() {\n}\n"
        heads = [head.split("(")[0] for _, _, head in source_text.functions(text)]
        self.assertIn("int f", heads)
        self.assertTrue(any(head.endswith(" g") for head in heads), heads)
        self.assertIn("A::A", heads)
        self.assertIn("int last", heads)
        self.assertNotIn("constexpr int k[] = ", heads)

    def test_banned(self):
        for text in ("auto t = std::chrono::system_clock::now();\n", "std::localtime(&t);\n", "int x = rand();\n",
                     "sprintf(b, x);\n", "thread_local int x;\n", "// TODO later\n", 'auto q = "select * from t";\n',
                     'auto q = "SELECT id FROM t";\n', 'system("ls");\n'):
            self.assertEqual(len(self.offences({"plugin/core/a.cpp": text})), 1, text)
        self.assert_none("plugin/core/a.cpp", "// system_clock::now() is the host's\nsnprintf(b, 2, x); operand(1);\n")
        self.assert_one("sql/migrations/a.sql", "SELECT * FROM t\n", "name the columns")
        self.assert_one("plugin/core/util/a.hpp", "\n", "there is no util/")

    def test_queries_are_used(self):
        query = {"sql/queries/page_repository/find.sql": "SELECT id FROM t\n"}
        alias = "namespace query = scheduling::sql::%s;\nvoid f() { run(query::find); }\n"
        self.assertIn("no C++ file uses page_repository::find", self.offences(query)[0])
        for text, count in ((alias % "page_repository", 0), ("void f() { run(sql::page_repository::find); }\n", 0),
                            (alias % "meeting_repository", 1), ("// page_repository::find\n", 1)):
            found = self.offences({**query, "plugin/adapters/postgres/a.cpp": text})
            self.assertEqual(len(found), count, (text, found))

    def test_folder_sizes(self):
        folder = "plugin/core/new_folder/"
        full = {f"{folder}a{n}{suffix}": "\n" for n in range(rules.FOLDER_UNITS_MAX) for suffix in (".cpp", ".hpp")}
        self.assertEqual(self.offences(full), [])
        self.assertEqual(self.offences({**full, folder + "below/b.cpp": "\n", folder + "CMakeLists.txt": "\n"}), [])
        found = self.offences({**full, folder + "b.hpp": "\n"})
        self.assertEqual(len(found), 1, found)
        self.assertIn(f"{rules.FOLDER_UNITS_MAX + 1} units", found[0])
        tests = {f"tests/new_folder/a{n}_test.cpp": "\n" for n in range(rules.FOLDER_UNITS_MAX + 1)}
        self.assertEqual(len(self.offences(tests)), 1)

    def test_excepted_folders_have_their_own_limit(self):
        for folder, (limit, why) in rules.FOLDER_UNITS_EXCEPTED.items():
            self.assertTrue(why)
            self.assertEqual(list(check_house.check_folder_sizes(f"{folder}/a{n}.hpp" for n in range(limit))), [])
            self.assertEqual(len(list(check_house.check_folder_sizes(f"{folder}/a{n}.hpp" for n in range(limit + 1)))), 1)

    def test_exceptions_are_needed(self):
        for folder in rules.FOLDER_UNITS_EXCEPTED:
            units = {file.stem for file in (ROOT / folder).glob("*") if file.suffix in check_house.SOURCES}
            self.assertGreater(len(units), rules.FOLDER_UNITS_MAX, f"{folder} needs no exception any more")
        for place in rules.SPELLED_FOR_NOW:
            files = [ROOT / place] if (ROOT / place).is_file() else (ROOT / place).rglob("*.[hc]pp")
            self.assertTrue(any("tl::" in file.read_text(encoding="utf-8") for file in files),
                            f"{place} needs no exception any more")

    def test_spelled_once(self):
        self.assert_one("plugin/core/a.cpp", "tl::expected<int, Error> f();\n", "Result or Outcome")
        self.assert_one("host-sdk/fake_host/a.cpp", "return tl :: unexpected(e);\n", "Result or Outcome")
        self.assert_one("tests/unit/a_test.cpp", "tl::expected<int, Error> x = f();\n", "Result or Outcome")
        self.assert_none("plugin/core/a.cpp", "// a tl::expected below\nResult<int> f(); auto x = \"tl::expected\"; intl::f();\n")
        for owner in rules.LIBRARIES["tl/expected.hpp"]:
            self.assert_none(owner, "template <class T> using Result = tl::expected<T, Error>;\n")

    def test_retired_words(self):
        self.assert_one("plugin/core/a.hpp", "// mails the Invitee\n", "say attendee")
        self.assert_one("plugin/core/invitee.hpp", "\n", "say attendee")
        self.assert_one("web-assets/texts/en.txt", "a = Dear invitees\n", "say attendee")
        self.assert_one("tests/e2e/a.test.mjs", "const timeslot = 1;\n", "say slot")
        self.assert_none("plugin/adapters/google/a.hpp", "enum class EventType { event_type };\n")
        self.assert_none("packaging/a.sh", "# invitee\n")
        for pattern, folders, why in rules.RETIRED_WORDS:
            self.assertTrue(folders and why, pattern)

    def test_evidence(self):
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            (root / "tests/tidy").mkdir(parents=True)
            (root / "tests/unit").mkdir()
            (root / "tests/tidy/behaviour.txt").write_text("B-1.1 due one\nB-1.2 due two\nB-1.3 later three\n")
            (root / "tests/unit/a_test.cpp").write_text("// EVIDENCE: B-1.1, B-9.9\n")
            listed = []
            found = list(check_house.check_evidence(root, listed.append))
            self.assertEqual(len(found), 2, found)
            self.assertIn("B-9.9", found[0])
            self.assertIn("B-1.2 has no evidence", found[1])
            self.assertEqual(listed, ["to come: B-1.3 three"])


if __name__ == "__main__":
    unittest.main()
