#!/usr/bin/env python3
"""The checker is itself checked: every rule catches an offence made up here."""
import pathlib
import tempfile
import unittest

import check_house
import source_text


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
