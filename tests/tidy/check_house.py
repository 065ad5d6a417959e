#!/usr/bin/env python3
"""Fails when the house's rules are broken: arrows between rooms, sizes, banned calls, behaviour without
evidence. `check_house.py ROOT [--evidence]`; prints one line per offence and exits 1."""
import pathlib
import re
import sys

import house_rules as rules
import source_text

SOURCES = {".hpp", ".h", ".cpp"}
TEXTS = SOURCES | {".sql", ".md", ".txt", ".json", ".yaml", ".cmake", ".in", ".py", ".sh", ".mjs", ".ts", ".svelte", ".css", ".lua", ".mustache"}
# They name the retired words, because they are about them.
ABOUT_WORDS = {"tests/tidy/house_rules.py", "tests/tidy/check_house_test.py"}
INCLUDE = re.compile(r'^\s*#\s*include\s*(<[^>]+>|"[^"]+")', re.MULTILINE)


def is_under(path, folder):
    return path == folder or path.startswith(folder + "/") or (folder + ".") == path[: len(folder) + 1]


def room_of(path):
    rooms = [room for room in rules.ARROWS if is_under(path, room)]
    return max(rooms, key=len) if rooms else None


def own_folder(path, room):
    """Adapters never include each other: each folder below plugin/adapters is a room of its own."""
    if room.startswith("plugin/adapters"):
        return "/".join(path.split("/")[:3])
    return room


def line_of(text, position):
    return text.count("\n", 0, position) + 1


def check_includes(path, text):
    room = room_of(path)
    for match in INCLUDE.finditer(source_text.without_comments(text)):
        name = match.group(1)[1:-1]
        where = f"{path}:{line_of(text, match.start(1))}"
        confined = [library for library in rules.LIBRARIES if name.startswith(library)]
        allowed = [folder for library in confined for folder in rules.LIBRARIES[library]]
        if confined and not path.startswith("tests/") and not any(is_under(path, folder) for folder in allowed):
            yield f"{where}: {name} belongs to {', '.join(allowed)}"
        if room is None:
            continue
        if match.group(1)[0] == '"':
            targets = rules.ARROWS[room] + [own_folder(path, room)]
            if not any(is_under(name, target) for target in targets):
                yield f"{where}: {room} may not include {name}"
        elif room in rules.PURE_ROOMS and not confined and ("/" in name or "." in name):
            yield f"{where}: {room} may include the standard library only, not {name}"


def check_sizes(path, text):
    is_implementation = any(is_under(path, folder) for folder in rules.IMPLEMENTATION_HEADERS)
    suffix = ".cpp" if is_implementation else pathlib.PurePosixPath(path).suffix
    limit = rules.LINES_EXCEPTED.get(path, rules.LINES_MAX[suffix])
    lines = len(text.splitlines())
    if lines > limit:
        yield f"{path}: {lines} lines, at most {limit}"
    for first, count, head in source_text.functions(text):
        if count > rules.FUNCTION_LINES_MAX:
            yield f"{path}:{first}: a function of {count} lines, at most {rules.FUNCTION_LINES_MAX}: {head[:70]}"


def check_banned(path, text):
    code = source_text.without_comments_and_literals(text)
    with_literals = text if path.endswith(".sql") else source_text.without_comments(text)
    remarks = r"TODO"
    for patterns, body in ((rules.BANNED, code), (rules.BANNED_IN_TEXTS, with_literals)):
        for pattern, folders, excepted, why in patterns:
            searched = text if remarks in pattern else body
            if not any(is_under(path, f) for f in folders) or any(is_under(path, f) for f in excepted):
                continue
            for match in re.finditer(pattern, searched):
                yield f"{path}:{line_of(searched, match.start())}: {match.group(0).strip()}: {why}"


def check_folders(path):
    for part in path.split("/")[:-1]:
        if part in rules.FOLDERS_BANNED:
            yield f"{path}: there is no {part}/: a function lives beside the noun it serves"


def check_folder_sizes(paths):
    units = {}
    for path in paths:
        folder, _, name = path.rpartition("/")
        units.setdefault(folder, set()).add(name.rsplit(".", 1)[0])
    for folder, names in sorted(units.items()):
        limit, _ = rules.FOLDER_UNITS_EXCEPTED.get(folder, (rules.FOLDER_UNITS_MAX, ""))
        if len(names) > limit:
            yield f"{folder}: {len(names)} units, at most {limit}: sort them into folders by topic"


def check_spelling(path, text):
    code = source_text.without_comments_and_literals(text)
    for pattern, owners, why in rules.SPELLED_ONCE:
        if any(is_under(path, each) for each in owners + rules.SPELLED_FOR_NOW):
            continue
        for match in re.finditer(pattern, code):
            yield f"{path}:{line_of(code, match.start())}: {match.group(0)}: {why}"


def check_words(path, text):
    for pattern, folders, why in rules.RETIRED_WORDS:
        if path in ABOUT_WORDS or not any(is_under(path, folder) for folder in folders):
            continue
        for match in re.finditer(pattern, path, re.IGNORECASE):
            yield f"{path}: {match.group(0)}: {why}"
        for match in re.finditer(pattern, text, re.IGNORECASE):
            yield f"{path}:{line_of(text, match.start())}: {match.group(0)}: {why}"


def texts_below(root):
    """Everything people read or write in the folders for which words are retired, and all C++ of the tests."""
    tops = {folder.split("/")[0] for _, folders, _ in rules.RETIRED_WORDS for folder in folders} | {"plugin", "host-sdk", "tests"}
    for top in sorted(tops):
        for file in sorted((root / top).rglob("*")):
            if file.suffix in TEXTS and "node_modules" not in file.parts and file.is_file():
                yield file.relative_to(root).as_posix(), file.read_text(encoding="utf-8", errors="replace")


def files_below(root):
    for top in ("plugin", "host-sdk", "sql", "tests/oracle"):
        for file in sorted((root / top).rglob("*")):
            if file.is_file() and file.suffix in SOURCES | {".sql"}:
                yield file.relative_to(root).as_posix(), file.read_text(encoding="utf-8")


QUERIES_ALIAS = re.compile(r"namespace\s+(\w+)\s*=\s*(?:scheduling::)?sql::(\w+)\s*;")


def statements_used(text):
    """The (repository, verb) pairs of sql/queries that a C++ file names: `query::find` or `page_repository::find`."""
    repositories = dict(QUERIES_ALIAS.findall(text))
    return {(repositories.get(space, space), verb) for space, verb in re.findall(r"\b(\w+)::(?=(\w+))", text)}


def check_queries_are_used(files):
    used = set()
    for path, text in files.items():
        if path.startswith("plugin/") and not path.endswith(".sql"):
            used |= statements_used(source_text.without_comments_and_literals(text))
    for path in files:
        place = pathlib.PurePosixPath(path)
        if is_under(path, "sql/queries") and (place.parent.name, place.stem) not in used:
            yield f"{path}: no C++ file uses {place.parent.name}::{place.stem}"


def check_house(root):
    files = dict(files_below(root))
    yield from check_queries_are_used(files)
    for path, text in files.items():
        yield from check_folders(path)
        yield from check_banned(path, text)
        if not path.endswith(".sql"):
            yield from check_includes(path, text)
            if not path.startswith("tests/"):
                yield from check_sizes(path, text)
    texts = list(texts_below(root))
    yield from check_folder_sizes(path for path, _ in texts if pathlib.PurePosixPath(path).suffix in SOURCES)
    for path, text in texts:
        yield from check_words(path, text)
        if pathlib.PurePosixPath(path).suffix in SOURCES:
            yield from check_spelling(path, text)


def read_behaviour(file):
    """Lines of `id  due|later  what`."""
    for line in file.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            name, state, what = line.split(None, 2)
            yield name, state, what


def evidence_below(root):
    found = set()
    for file in (root / "tests").rglob("*"):
        if not file.is_file() or file.suffix not in {".cpp", ".hpp", ".txt", ".mjs", ".py", ".sh", ".lua", ".ts"}:
            continue
        if "node_modules" in file.parts or file.parent.name == "tidy":
            continue
        for line in file.read_text(encoding="utf-8", errors="replace").splitlines():
            if "EVIDENCE:" in line:
                found |= set(re.findall(r"\bB-\d+\.\d+\b", line.split("EVIDENCE:", 1)[1]))
    return found


def check_evidence(root, report=print):
    behaviour = list(read_behaviour(root / "tests" / "tidy" / "behaviour.txt"))
    found = evidence_below(root)
    for name in sorted(found - {name for name, _, _ in behaviour}):
        yield f"EVIDENCE for {name}, which behaviour.txt does not list"
    for name, state, what in behaviour:
        if name in found:
            continue
        if state == "due":
            yield f"{name} has no evidence: {what}"
        else:
            report(f"to come: {name} {what}")


def main(arguments):
    root = pathlib.Path(arguments[0]).resolve()
    offences = list(check_evidence(root) if "--evidence" in arguments else check_house(root))
    for offence in offences:
        print(offence)
    print(f"{len(offences)} offence(s)")
    return 1 if offences else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
