#!/usr/bin/python3
"""A mailbox for trying the product out: takes every mail and shows it to a person in the browser.

    mailbox.py [--smtp-port 2525] [--http-port 2580]

Listens on 127.0.0.1 only, forwards nothing, keeps the newest 1,000 mails in memory, and forgets them when it ends.
"""
import argparse
import asyncio
import collections
import email
import email.policy
import html
import http.server
import json
import re
import signal
import sys
import threading
import time

from aiosmtpd.smtp import SMTP

MAILS_MAX = 1000
SIZE_MAX = 10 * 1024 * 1024

STYLE = """
  :root { color-scheme: light dark; font: 100%/1.5 system-ui, sans-serif }
  body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; overflow-wrap: anywhere }
  table { border-collapse: collapse; width: 100% } td, th { text-align: start; padding: .4rem .6rem; border-bottom: 1px solid #8886 }
  td, th { vertical-align: top } iframe { width: 100%; height: 40rem; border: 1px solid #8886; background: #fff }
  pre { white-space: pre-wrap; border: 1px solid #8886; padding: 1rem } @media (max-width: 30rem) { .wide { display: none } }
"""


class Mailbox:
    def __init__(self):
        self.lock = threading.Lock()
        self.mails = collections.OrderedDict()
        self.last = 0

    def keep(self, envelope):
        message = email.message_from_bytes(envelope.original_content, policy=email.policy.default)
        with self.lock:
            self.last += 1
            self.mails[self.last] = (time.strftime("%H:%M:%S"), list(envelope.rcpt_tos), message)
            while len(self.mails) > MAILS_MAX:
                self.mails.popitem(last=False)

    async def handle_DATA(self, _server, _session, envelope):
        self.keep(envelope)
        return "250 OK"

    def newest_first(self):
        with self.lock:
            return list(reversed(self.mails.items()))

    def find(self, number):
        with self.lock:
            return self.mails.get(number)


def page(title, body, refresh=""):
    return (f'<!doctype html><html lang="en"><meta charset="utf-8">{refresh}<title>{html.escape(title)}</title>'
            f'<meta name="viewport" content="width=device-width"><style>{STYLE}</style>{body}</html>')


def list_page(mails):
    rows = "".join(
        f'<tr><td class="wide">{at}<td dir="auto">{html.escape(", ".join(to))}'
        f'<td dir="auto"><a href="/mails/{number}">{html.escape(str(message["Subject"] or "(no subject)"))}</a>'
        for number, (at, to, message) in mails)
    table = f'<table><tr><th class="wide">At<th>To<th>Subject{rows}</table>' if rows else "<p>No mail yet.</p>"
    return page(f"Mails ({len(mails)})", f"<h1>Mails</h1>{table}", '<meta http-equiv="refresh" content="5">')


def body_of(message, kind):
    part = message.get_body(preferencelist=(kind,))
    return part.get_content() if part is not None else None


def parts_of(message):
    return [part for part in message.walk() if not part.is_multipart()]


def mail_page(number, to, message):
    headers = "".join(f'<tr><th>{name}<td dir="auto">{html.escape(str(message[name]))}'
                      for name in ("From", "To", "Reply-To", "Subject", "Date") if message[name])
    headers += f'<tr><th>Delivered to<td>{html.escape(", ".join(to))}'
    shown = ""
    rich = body_of(message, "html")
    if rich is not None:
        framed = html.escape('<base target="_blank">' + rich)
        shown += ('<h2>As HTML</h2><iframe title="The mail as HTML" srcdoc="' + framed +
                  '" sandbox="allow-popups allow-popups-to-escape-sandbox"></iframe>')
    plain = body_of(message, "plain")
    if plain is not None:
        text = re.sub(r"(https?://[^\s&<>\"]+)", r'<a href="\1">\1</a>', html.escape(plain, quote=False))
        shown += f'<h2>As text</h2><pre dir="auto">{text}</pre>'
    files = "".join(f'<li><a href="/mails/{number}/parts/{at}">{html.escape(part.get_filename() or part.get_content_type())}</a>'
                    for at, part in enumerate(parts_of(message)) if part.get_content_maintype() != "text" or
                    part.get_content_subtype() not in ("plain", "html"))
    files = f"<h2>Files</h2><ul>{files}</ul>" if files else ""
    return page(str(message["Subject"]), f'<p><a href="/">All mails</a></p><table>{headers}</table>{shown}{files}'
                f'<p><a href="/mails/{number}/source">The mail as it was sent</a></p>')


class Pages(http.server.BaseHTTPRequestHandler):
    box = None  # set on a subclass

    def answer(self, status, kind, body, disposition=None):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Content-Security-Policy",
                         "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'")
        if disposition:
            self.send_header("Content-Disposition", disposition)
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        html_kind = "text/html; charset=utf-8"
        if self.path == "/":
            return self.answer(200, html_kind, list_page(self.box.newest_first()).encode())
        if self.path == "/mails":
            listed = [{"number": number, "to": to, "subject": str(message["Subject"])}
                      for number, (_, to, message) in self.box.newest_first()]
            return self.answer(200, "application/json", json.dumps(listed).encode())
        asked = re.fullmatch(r"/mails/(\d{1,9})(?:/(source)|/parts/(\d{1,3}))?", self.path)
        found = self.box.find(int(asked[1])) if asked else None
        if found is None:
            return self.answer(404, html_kind, page("Not found", "<h1>No such mail</h1>").encode())
        _, to, message = found
        if asked[2]:
            return self.answer(200, "text/plain; charset=utf-8", message.as_bytes())
        if asked[3] is None:
            return self.answer(200, html_kind, mail_page(int(asked[1]), to, message).encode())
        parts = parts_of(message)
        if int(asked[3]) >= len(parts):
            return self.answer(404, html_kind, page("Not found", "<h1>No such file</h1>").encode())
        return self.answer(200, "application/octet-stream", parts[int(asked[3])].get_payload(decode=True) or b"",
                           'attachment; filename="part.ics"')

    def log_message(self, *_):
        pass


async def serve(given):
    box, loop = Mailbox(), asyncio.get_running_loop()
    try:
        pages = http.server.ThreadingHTTPServer(("127.0.0.1", given.http_port), type("BoundPages", (Pages,), {"box": box}))
        server = await loop.create_server(
            lambda: SMTP(box, enable_SMTPUTF8=True, hostname="localhost", data_size_limit=SIZE_MAX, loop=loop,
                         auth_exclude_mechanism=["LOGIN", "PLAIN"]), "127.0.0.1", given.smtp_port)
    except OSError as error:
        sys.exit(f"mailbox: the port is taken or not permitted: {error}")
    threading.Thread(target=pages.serve_forever, daemon=True).start()
    smtp_port, http_port = server.sockets[0].getsockname()[1], pages.server_port
    print(f"Start the CRM with   --smtp-url smtp://127.0.0.1:{smtp_port}\n"
          f"Read its mails at    http://127.0.0.1:{http_port}/\n"
          "Ctrl-C ends it and forgets the mails.", flush=True)
    stop = asyncio.Event()
    for ending in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(ending, stop.set)
    await stop.wait()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--smtp-port", type=int, default=2525)
    parser.add_argument("--http-port", type=int, default=2580)
    asyncio.run(serve(parser.parse_args()))


if __name__ == "__main__":
    main()
