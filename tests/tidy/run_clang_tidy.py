#!/usr/bin/env python3
"""Runs clang-tidy with the checks of /.clang-tidy over the project's C++ files.

run_clang_tidy.py BUILD [--changed | FILE…]

BUILD is a configured build folder whose files are compiled one by one (preset `release` or `debug`).
Without further arguments all files are checked; that takes many minutes (tests/long.sh does it).
--changed: only what differs from the branch's beginning (`main`), or, on `main`, from the last commit but one,
           and what is not committed. At most FILES_CHANGED_MAX files, those with the most changed lines first.
Prints one line per finding and exits 1 when there is one."""
import concurrent.futures
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
VERSION = "14"
FILES_CHANGED_MAX = 8
SOURCES = {".cpp", ".hpp", ".h"}
# GCC knows these, clang 14 does not; and a warning that only clang has must not stop it.
FLAGS_DROPPED = re.compile(r"\s(?:-fno-gnu-unique|-Werror|-Wno-restrict|-Wno-maybe-uninitialized)(?=\s)")
# clang 14 refuses what C++20 allows and GCC compiles: a lambda that captures a structured binding.
NOT_A_FINDING = "reference to local binding"
FINDING = re.compile(r"^(?P<place>[^\s:][^:\n]*:\d+:\d+): (?P<kind>warning|error): (?P<what>.*)$", re.MULTILINE)


def clang_tidy():
    """The program, of the one version whose checks are meant."""
    program = shutil.which(f"clang-tidy-{VERSION}") or shutil.which("clang-tidy")
    found = subprocess.run([program, "--version"], capture_output=True, text=True).stdout if program else ""
    if not re.search(rf"version {VERSION}\.", found):
        sys.exit(f"clang-tidy {VERSION} is needed (Debian 12: apt-get install clang-tidy), "
                 f"found: {' '.join(found.split()) or 'none'}")
    return program


def git(*arguments):
    done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True)
    return done.stdout if done.returncode == 0 else None


def base_of_change():
    """The commit with which the working tree is compared: where the branch left main, else the last but one."""
    head = (git("rev-parse", "HEAD") or "").strip()
    for main in ("main", "origin/main"):
        base = (git("merge-base", "HEAD", main) or "").strip()
        if base and base != head:
            return base
    return "HEAD~1" if git("rev-parse", "--verify", "--quiet", "HEAD~1") else "HEAD"


def changed_files():
    """C++ files that differ from the base, with the most changed lines first. A file that only moved is not one."""
    lines = {}
    for line in (git("diff", "--numstat", "-z", "--no-renames", "--diff-filter=d", base_of_change()) or "").split("\0"):
        if line.count("\t") == 2:
            added, _, path = line.split("\t")
            lines[path] = int(added) if added.isdigit() else 0
    for line in (git("diff", "--numstat", "-M", "--diff-filter=R", base_of_change()) or "").splitlines():
        added, removed, _ = line.split("\t")
        if added == removed == "0":
            lines.pop(renamed_to(line.split("\t")[2]), None)
    for path in (git("ls-files", "--others", "--exclude-standard", "-z") or "").split("\0"):
        if path:
            lines[path] = len((ROOT / path).read_bytes().splitlines())
    return [path for path in sorted(lines, key=lambda path: (-lines[path], path))
            if pathlib.PurePosixPath(path).suffix in SOURCES]


def renamed_to(text):
    """The new path in git's `old => new` or `folder/{old => new}/file`."""
    if "{" in text:
        return re.sub(r"\{[^}]* => ([^}]*)\}", r"\1", text).replace("//", "/")
    return text.split(" => ")[-1]


def compiled_with(path, compiled):
    """The compiled file through which `path` is checked: itself, a header's own .cpp, else one that includes it."""
    if path in compiled:
        return path
    own = str(pathlib.PurePosixPath(path).with_suffix(".cpp"))
    if own in compiled:
        return own
    name = pathlib.PurePosixPath(path).name
    users = [each for each in compiled if f'/{name}"' in (ROOT / each).read_text(encoding="utf-8", errors="replace")]
    return min(users, key=lambda each: (ROOT / each).stat().st_size) if users else None


def commands_for_clang(build):
    """A compile_commands.json that clang understands; returns its folder and the files in it, as paths from ROOT."""
    commands = json.loads((build / "compile_commands.json").read_text(encoding="utf-8"))
    if any("/Unity/" in each["file"] for each in commands):
        sys.exit(f"{build} compiles several files together; configure without CRM_UNITY (preset release or debug)")
    for each in commands:
        each["command"] = FLAGS_DROPPED.sub("", each["command"])
    folder = build / "clang_tidy"
    folder.mkdir(exist_ok=True)
    (folder / "compile_commands.json").write_text(json.dumps(commands), encoding="utf-8")
    files = {os.path.relpath(each["file"], ROOT) for each in commands}
    return folder, sorted(file for file in files if not file.startswith(("..", "build/")))


def findings(program, folder, file):
    done = subprocess.run([program, "-p", str(folder), "--quiet", file], cwd=ROOT, capture_output=True, text=True)
    found = {}
    for match in FINDING.finditer(done.stdout):
        if match["what"].startswith(NOT_A_FINDING):
            continue
        place = os.path.relpath(os.path.normpath(match["place"]), ROOT)
        if place.startswith(".."):  # the views of GCC 12's library are beyond clang 14; nothing there is ours
            continue
        found[f"{place}: {match['kind']}: {match['what']}"] = None
    if done.returncode != 0 and not FINDING.search(done.stdout):
        found[f"{file}: clang-tidy ended with {done.returncode}: {done.stderr.strip()[-300:]}"] = None
    return found


def chosen_files(arguments, compiled):
    if not arguments:
        return compiled
    if arguments != ["--changed"]:
        return [os.path.relpath(os.path.abspath(each), ROOT) for each in arguments]
    wanted = [compiled_with(path, compiled) for path in changed_files()]
    wanted = [path for path in dict.fromkeys(wanted) if path is not None]
    if len(wanted) > FILES_CHANGED_MAX:
        print(f"{len(wanted)} files changed; the {FILES_CHANGED_MAX} with the most changed lines are checked")
    return wanted[:FILES_CHANGED_MAX]


def main(arguments):
    program = clang_tidy()
    folder, compiled = commands_for_clang(pathlib.Path(arguments[0]).resolve())
    files = chosen_files(arguments[1:], compiled)
    found = {}
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for each in pool.map(lambda file: findings(program, folder, file), files):
            for line in each:
                if line not in found:
                    print(line, flush=True)
            found.update(each)
    print(f"{len(files)} file(s) checked, {len(found)} finding(s)")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
