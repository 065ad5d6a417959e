#!/usr/bin/env python3
"""Fails when a C++ file is not as clang-format writes it. `check_format.py [--fix]`; --fix rewrites the files.

Other versions of clang-format write other things, so exactly one is accepted: Debian 12's."""
import concurrent.futures
import os
import pathlib
import re
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
VERSION = "14"
FOLDERS = ("plugin", "host-sdk", "tests")
SOURCES = {".cpp", ".hpp", ".h"}


def clang_format():
    program = shutil.which(f"clang-format-{VERSION}") or shutil.which("clang-format")
    found = subprocess.run([program, "--version"], capture_output=True, text=True).stdout if program else ""
    if not re.search(rf"version {VERSION}\.", found):
        sys.exit(f"clang-format {VERSION} is needed (Debian 12: apt-get install clang-format), "
                 f"found: {' '.join(found.split()) or 'none'}")
    return program


def files():
    for folder in FOLDERS:
        for file in sorted((ROOT / folder).rglob("*")):
            if file.suffix in SOURCES and "node_modules" not in file.parts:
                yield str(file.relative_to(ROOT))


def main(arguments):
    program = clang_format()
    mode = ["-i"] if arguments == ["--fix"] else ["--dry-run", "-Werror"]
    every = list(files())
    parts = os.cpu_count() or 1

    def run(part):
        return subprocess.run([program, "--style=file", *mode, *every[part::parts]], cwd=ROOT, capture_output=True, text=True)

    with concurrent.futures.ThreadPoolExecutor(parts) as pool:
        done = list(pool.map(run, range(parts)))
    wrong = sorted({line.split(":")[0] for each in done for line in each.stderr.splitlines() if "[-Wclang-format-" in line})
    for file in wrong:
        print(f"{file}: not formatted; run tests/tidy/check_format.py --fix")
    failed = [each.stderr for each in done if each.returncode != 0 and not wrong]
    print("".join(failed), end="")
    print(f"{len(every)} files, {len(wrong)} not formatted")
    return 1 if wrong or failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
