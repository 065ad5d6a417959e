#!/usr/bin/env python3
"""Every row of the table of wishes in one run on one machine, as "wanted and found".

    tests/bench/table.py [ROW ...] [--seconds 3] [--rounds 5] [--build build/bench]

Rows: insert, one-host, instances, window, mail, memory; without a name all of them. Needs the preset `bench`, built
(targets crm-host, modules, bare_insert_server), wrk and psql. Load generator, host and PostgreSQL share the machine's
cores, so rates are compared within a round, and the median of the rounds counts. Beside the rates stands what a booking
costs: processor time of the hosts and of PostgreSQL, bytes of write-ahead log, and flushes of it to the disk. Those are
steadier than rates. Stops everything that it started; ends with 1 while a wish is missed.
"""
import argparse
import os
import pathlib
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request

TOP = pathlib.Path(__file__).resolve().parents[2]
BENCH = TOP / "tests" / "bench"
HOSTS = 1000
DAY = 86400
TICKS = os.sysconf("SC_CLK_TCK")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(url: str) -> None:
    for _ in range(600):
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    raise SystemExit(f"{url} never answered")


def stat_fields(pid: int) -> list[str]:
    return pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()


def cpu_seconds(pid: int, with_children: bool = False) -> float:
    """Of the process; with its children, the ended ones too: of PostgreSQL's postmaster, all of PostgreSQL."""
    fields = stat_fields(pid)
    ticks = int(fields[11]) + int(fields[12])
    if with_children:
        ticks += int(fields[13]) + int(fields[14])
        for each in pathlib.Path("/proc").iterdir():
            if not each.name.isdigit():
                continue
            try:
                child = stat_fields(int(each.name))
            except OSError:
                continue  # it ended meanwhile
            if int(child[1]) == pid:
                ticks += int(child[11]) + int(child[12])
    return ticks / TICKS


def resident_mb(pid: int) -> float:
    status = pathlib.Path(f"/proc/{pid}/status").read_text()
    return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1024


class Crm:
    """One database with one or two hosts on it, and the server of the bare INSERT."""

    def __init__(self, build: pathlib.Path, work: pathlib.Path):
        self.build = build
        self.work = work
        self.processes: list[subprocess.Popen] = []
        self.hosts: list[tuple[str, int]] = []
        self.epoch = (int(time.time()) // DAY + 2) * DAY
        self.next_booking = 0
        self.next_bare = 0
        data = work / "data"
        self.start_host(["--data-dir", str(data)], "first")
        self.database = (data / "database-url").read_text().strip()
        pid_file = next(data.rglob("postmaster.pid"))
        self.postmaster = int(pid_file.read_text().splitlines()[0])
        subprocess.run([BENCH / "raise_limits.sh", self.hosts[0][0]], check=True)
        self.sql(f"\\set hosts {HOSTS}\n" + (BENCH / "seed.sql").read_text())

    def run(self, arguments: list[str], log: str) -> subprocess.Popen:
        with open(self.work / f"{log}.log", "wb") as out:
            process = subprocess.Popen(arguments, stdout=out, stderr=subprocess.STDOUT)
        self.processes.append(process)
        return process

    def start_host(self, arguments: list[str], log: str) -> None:
        port = free_port()
        command = [self.build / "bin" / "crm-host", "--port", port, "--plugin-dir", self.build / "modules", "--demo",
                   "--development", "--secret-file", self.work / "key", *arguments]
        process = self.run([str(each) for each in command], log)
        wait_for(f"http://127.0.0.1:{port}/readyz")
        self.hosts.append((f"http://127.0.0.1:{port}", process.pid))

    def start_second_host(self) -> None:
        data = self.work / "second"
        self.start_host(["--data-dir", str(data), "--database-url", self.database], "second")

    def start_bare(self) -> str:
        port = free_port()
        self.run([str(self.build / "bin" / "bare_insert_server"), str(port), self.database], "bare")
        time.sleep(1)
        return f"http://127.0.0.1:{port}"

    def sql(self, script: str) -> str:
        return subprocess.run(["psql", "-qAt", "-v", "ON_ERROR_STOP=1", self.database], input=script, text=True,
                              check=True, capture_output=True).stdout.strip()

    def stop(self) -> None:
        for process in reversed(self.processes):
            process.send_signal(signal.SIGTERM)
        for process in reversed(self.processes):
            process.wait(timeout=60)


def wrk(script: str, url: str, connections: int, seconds: float, **environment) -> dict[str, int]:
    """What the script's RESULT line says."""
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds:g}s", "--latency", "-s", str(BENCH / script), url]
    variables = {name.upper(): str(value) for name, value in environment.items()}
    done = subprocess.run(command, env=os.environ | variables, text=True, capture_output=True, check=True)
    if done.stderr:
        print(done.stderr[:400], file=sys.stderr)
    line = next(each for each in done.stdout.splitlines() if each.startswith("RESULT"))
    return {name: int(value) for name, value in re.findall(r"(\w+)=(\d+)", line)}


class Cost:
    """What happened between the beginning and the end of a `with`."""

    def __init__(self, crm: Crm, pids: list[int]):
        self.crm, self.pids = crm, pids

    def read(self) -> list[float]:
        wal, syncs = self.crm.sql("SELECT pg_current_wal_insert_lsn() - '0/0', wal_sync FROM pg_stat_wal").split("|")
        return [sum(cpu_seconds(pid) for pid in self.pids), cpu_seconds(self.crm.postmaster, with_children=True),
                float(wal), float(syncs)]

    def __enter__(self):
        self.before = self.read()
        return self

    def __exit__(self, *_):
        self.host, self.postgres, self.wal, self.syncs = (b - a for a, b in zip(self.before, self.read()))

    def per(self, count: int) -> dict[str, float]:
        return {"host ms": 1000 * self.host / count, "postgres ms": 1000 * self.postgres / count,
                "wal bytes": self.wal / count, "flushes": self.syncs / count}


def booked(crm: Crm, at: tuple[str, int], connections: int, seconds: float, epoch: int = 0) -> dict[str, float]:
    """Whole bookings over all hosts, each of a new contact, none twice. `epoch`: of another first slot."""
    with Cost(crm, [at[1]]) as cost:
        result = wrk("bookings.lua", at[0], connections, seconds, hosts=HOSTS, epoch=epoch or crm.epoch,
                     first=crm.next_booking)
    crm.next_booking = result["last"] + 100
    if result["non2xx"] or result["errors"]:
        raise SystemExit(f"bookings failed: {result}")
    return {"rate": result["rps"], **cost.per(result["requests"])}


def median(rounds: list[dict[str, float]], key: str) -> float:
    return statistics.median(each[key] for each in rounds)


def say(text: str) -> None:
    print(text, flush=True)


def say_cost(name: str, rounds: list[dict[str, float]]) -> None:
    say(f"  {name:<34}{median(rounds, 'rate'):>7.0f}/s   host {median(rounds, 'host ms'):.3f} ms   PostgreSQL "
        f"{median(rounds, 'postgres ms'):.3f} ms   log {median(rounds, 'wal bytes'):.0f} bytes   "
        f"{median(rounds, 'flushes'):.2f} flushes")


class Table:
    def __init__(self):
        self.lines: list[tuple[str, str, str, bool]] = []

    def add(self, row: str, wanted: str, found: float, is_met: bool, digits: int = 2) -> None:
        self.lines.append((row, wanted, f"{found:.{digits}f}", is_met))

    def print(self) -> None:
        say(f"\n{'row':<66}{'wanted':>10}{'found':>10}")
        for row, wanted, found, is_met in self.lines:
            say(f"{row:<66}{wanted:>10}{found:>10}{'' if is_met else '   missed'}")


def ratio(rounds_of: list[dict[str, float]], rounds_by: list[dict[str, float]], key: str = "rate") -> float:
    """The median of the rounds' own ratios: what the machine did to one of a pair it mostly did to the other, too."""
    return statistics.median(a[key] / b[key] for a, b in zip(rounds_of, rounds_by))


def insert_row(crm: Crm, table: Table, seconds: float, rounds: int) -> None:
    """Whole bookings beside one INSERT under the same constraint, behind the same server, in turns."""
    bare_url = crm.start_bare()
    whole, bare = [], []
    for _ in range(rounds):
        with Cost(crm, []) as cost:
            result = wrk("bare_insert.lua", bare_url, 32, seconds, hosts=HOSTS, epoch=crm.epoch, first=crm.next_bare)
        crm.next_bare = result["last"] + 100
        bare.append({"rate": result["rps"], **cost.per(result["requests"])})
        whole.append(booked(crm, crm.hosts[0], 32, seconds))
    say_cost("bare INSERT, 32 connections", bare)
    say_cost("whole booking, 32 connections", whole)
    say("  rounds: " + ", ".join(f"{a['rate'] / b['rate']:.1%}" for a, b in zip(whole, bare)))
    found = 100 * ratio(whole, bare)
    table.add("whole booking / bare INSERT, 32 connections, Abuse counting, %", ">= 30", found, found >= 30, 1)


def one_host_row(crm: Crm, table: Table, seconds: float, rounds: int) -> None:
    """A host of its own for each point, because who has many meetings is dearer."""
    single, crowd = [], []
    for n in range(rounds):
        for connections, into in ((1, single), (32, crowd)):
            at = crm.hosts[0]
            host = 900 + 2 * n + (connections > 1)  # hosts 900 … are nobody else's
            with Cost(crm, [at[1]]) as cost:
                result = wrk("bookings.lua", at[0], connections, seconds, hosts=1, host_from=host,
                             epoch=crm.epoch, first=0)
            if result["non2xx"] or result["errors"]:
                raise SystemExit(f"bookings failed: {result}")
            into.append({"rate": result["rps"], **cost.per(result["requests"])})
    say_cost("one host, 1 connection", single)
    say_cost("one host, 32 connections", crowd)
    found = ratio(crowd, single)
    table.add("one host, bookings at 32 connections / at 1", ">= 1.0", found, found >= 1.0)


def together(crm: Crm, seconds: float) -> dict[str, float]:
    """Both instances book on the same hosts at once, sixteen connections each."""
    first = crm.next_booking
    share = 40 * HOSTS  # numbers for each
    environment = os.environ | {"HOSTS": str(HOSTS), "EPOCH": str(crm.epoch)}
    with Cost(crm, [pid for _, pid in crm.hosts]) as cost:
        loads = [subprocess.Popen(["wrk", "-t1", "-c16", f"-d{seconds:g}s", "--latency", "-s",
                                   str(BENCH / "bookings.lua"), url],
                                  env=environment | {"FIRST": str(first + i * share)}, text=True,
                                  stdout=subprocess.PIPE) for i, (url, _) in enumerate(crm.hosts)]
        results = []
        for load in loads:
            line = next(each for each in load.communicate()[0].splitlines() if each.startswith("RESULT"))
            results.append({name: int(value) for name, value in re.findall(r"(\w+)=(\d+)", line)})
    if any(each["non2xx"] or each["errors"] for each in results):
        raise SystemExit(f"bookings failed: {results}")
    crm.next_booking = max(each["last"] for each in results) + 100
    return {"rate": sum(each["rps"] for each in results), **cost.per(sum(each["requests"] for each in results))}


def instances_row(crm: Crm, table: Table, seconds: float, rounds: int) -> None:
    crm.start_second_host()
    both, alone = [], []
    for _ in range(rounds):
        alone.append(booked(crm, crm.hosts[0], 32, seconds))
        both.append(together(crm, seconds))
    say_cost("one instance alone", alone)
    say_cost("two instances together", both)
    found, dearer = ratio(both, alone), 100 * (ratio(both, alone, "postgres ms") - 1)
    table.add("two instances together / one alone, same database", ">= 0.9", found, found >= 0.9)
    table.add("PostgreSQL's processor time a booking, two against one, %", "<= +15", dearer, dearer <= 15, 0)


def window_row(crm: Crm, table: Table, seconds: float, rounds: int) -> None:
    """Hosts are in memory with the next 80 days; beyond means that their reach has to grow."""
    within, beyond = [], []
    far = crm.epoch + 100 * DAY
    for _ in range(rounds):
        within.append(booked(crm, crm.hosts[0], 32, seconds))
        beyond.append(booked(crm, crm.hosts[0], 32, seconds, epoch=far))
    say_cost("within the cached window", within)
    say_cost("beyond it", beyond)
    found = ratio(beyond, within)
    table.add("bookings beyond the cached window / within it", ">= 0.8", found, found >= 0.8)


def mail_row(crm: Crm, table: Table, _seconds: float, rounds: int) -> None:
    """tests/bench/mail.sh starts its own host and mail server, and says what it wanted and found."""
    script = BENCH / "mail.sh"
    if not script.exists():
        say("  no tests/bench/mail.sh: not measured")
        return
    done = subprocess.run([str(script), "1000", str(rounds)], env=os.environ | {"BENCH_BUILD": str(crm.build)}, text=True,
                          capture_output=True, check=False)  # it ends with 1 where the wish is missed
    say("  " + done.stdout.strip().replace("\n", "\n  "))
    percent = re.search(r"found ([0-9.]+) %", done.stdout)
    if percent is None:
        raise SystemExit(f"{script.name} found nothing: {done.stderr[:400]}")
    table.add("mails by one instance / smtplib on one connection, %", ">= 60", float(percent[1]),
              float(percent[1]) >= 60, 1)


def memory_row(crm: Crm, table: Table, _seconds: float, _rounds: int) -> None:
    """What stays resident over 108,000 mixed requests; the second half must not grow beyond what it keeps."""
    url, pid = crm.hosts[0]
    first, total, sizes = 20_000_000, 0, [resident_mb(pid)]
    while total < 108_000:
        result = wrk("mixed.lua", url, 16, 1, hosts=HOSTS, epoch=crm.epoch, first=first + total)
        total += result["requests"]
        sizes.append(resident_mb(pid))
    step = max(1, len(sizes) // 10)
    say(f"  resident MB over {total} requests: " + ", ".join(f"{each:.1f}" for each in sizes[::step]))
    half = sizes[len(sizes) // 2]
    table.add("resident after 108,000 mixed requests / after half of them", "<= 1.05", sizes[-1] / half,
              sizes[-1] / half <= 1.05)


ROWS = {"insert": insert_row, "one-host": one_host_row, "window": window_row, "instances": instances_row,
        "mail": mail_row, "memory": memory_row}


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("row", nargs="*", choices=[*ROWS, []], default=[])
    arguments.add_argument("--seconds", type=float, default=3)
    arguments.add_argument("--rounds", type=int, default=5)
    arguments.add_argument("--build", type=pathlib.Path, default=TOP / "build" / "bench")
    wanted = arguments.parse_args()
    table = Table()
    for name in wanted.row or ROWS:
        work = pathlib.Path(tempfile.mkdtemp(prefix="bench-"))
        work.chmod(0o755)
        say(f"{name}:")
        crm = Crm(wanted.build, work)
        try:
            ROWS[name](crm, table, wanted.seconds, wanted.rounds)
        finally:
            crm.stop()
            shutil.rmtree(work, ignore_errors=True)
    table.print()
    return 0 if all(is_met for *_, is_met in table.lines) else 1


if __name__ == "__main__":
    sys.exit(main())
