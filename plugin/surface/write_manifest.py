#!/usr/bin/env python3
"""Writes the routes, hooks and jobs of surface.cpp into manifest.json, so that they are typed once.

    plugin/surface/write_manifest.py            writes
    plugin/surface/write_manifest.py --check    says whether it would change something, and exits 1 then
"""
import json
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
METHODS = {"get": "GET", "post": "POST", "put": "PUT", "del": "DELETE", "patch": "PATCH"}
ROUTE = re.compile(r'\{(\w+),\s*"([^"]+)",\s*Access::(\w+),\s*RateClass::(\w+),')
HOOK = re.compile(r'\{"(\w+)",\s*RecordEvent::(\w+),')
USER_EVENT = re.compile(r"UserEvent::(\w+)")
JOB = re.compile(r'\{"(\w+)",\s*(\d+)s,\s*RunsOn::(\w+),')


def table(text, name):
    found = re.search(r"constexpr [^;=]*\b%s\[\] = \{(.*?)\};" % name, text, re.DOTALL)
    if not found:
        sys.exit(f"surface.cpp has no table {name}")
    return found.group(1)


def surface():
    text = (ROOT / "plugin/surface/surface.cpp").read_text(encoding="utf-8")
    routes = [{"method": METHODS[method], "path": path, "access": access, "rate": rate}
              for method, path, access, rate in ROUTE.findall(table(text, "k_routes"))]
    hooks = [{"on": module, "event": event, "when": "after"} for module, event in HOOK.findall(table(text, "k_hooks"))]
    hooks += [{"on": "users", "event": event, "when": "after"} for event in USER_EVENT.findall(table(text, "k_user_hooks"))]
    jobs = [{"name": name, "interval_seconds": int(seconds)} | ({} if runs_on == "one_instance" else {"runs_on": runs_on})
            for name, seconds, runs_on in JOB.findall(table(text, "k_jobs"))]
    return {"routes": routes, "hooks": hooks, "jobs": jobs}


def with_list(text, name, rows):
    lines = ",\n".join("    " + json.dumps(row).replace("{", "{ ").replace("}", " }") for row in rows)
    # A path has braces of its own: "{ id }" is put back.
    lines = re.sub(r"\{ (\w+) \}", r"{\1}", lines)
    new, count = re.subn(r'  "%s": \[\n.*?\n  \]' % name, lambda _: f'  "{name}": [\n{lines}\n  ]', text, flags=re.DOTALL)
    if count != 1:
        sys.exit(f'manifest.json has no list "{name}"')
    return new


def main():
    file = ROOT / "manifest.json"
    before = file.read_text(encoding="utf-8")
    after = before
    for name, rows in surface().items():
        after = with_list(after, name, rows)
    if json.loads(after) == json.loads(before) and "--check" in sys.argv:
        return 0
    if "--check" in sys.argv:
        print("manifest.json differs from surface.cpp: run plugin/surface/write_manifest.py")
        return 1
    file.write_text(after, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
