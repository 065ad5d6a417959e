#!/usr/bin/python3
"""A real SMTP server (aiosmtpd) that keeps mails, and misbehaves on demand.

    mail_server.py [--port N] [--control-port N] [--tls none|starttls|implicit --cert FILE --key FILE]
                   [--user NAME --password WORD] [--no-smtputf8] [--pipelining]

Listens on 127.0.0.1 only; port 0, the default, picks a free one. When ready it prints one line of JSON:
{"smtp_port": …, "control_port": …}. With --user every mail needs AUTH. Ends on SIGTERM.

Over HTTP on the control port:
    GET    /ready        {"ready": true, "smtp_port": …, "control_port": …}
    GET    /mails        [{"order", "connection", "from", "to": […], "tls", "user" or null, "raw_base64"}]
    DELETE /mails        forgets them
    POST   /faults       adds a fault, see Fault
    DELETE /faults       ends all faults
    GET    /connections  {"opened": …, "open": …, "ahead": …}: since the start, now, and how many commands had
                        come before the reply to the one before them had left
    DELETE /connections  hangs up on every client, without a word
"""
import argparse
import asyncio
import base64
import dataclasses
import http.server
import json
import logging
import ssl
import threading
import typing
import warnings

from aiosmtpd.smtp import SMTP, AuthResult, TLSSetupException

STAGES = ("connect", "auth", "mail", "rset", "rcpt", "data", "after_data")


@dataclasses.dataclass
class Fault:
    """What goes wrong, at which command. With a code below 400, or none, the server goes on as usual
    after `delay_ms`. `after_data` comes when the whole message was received: a code of 400 or more
    refuses it, else it is kept; then come delay and `drop`, so that the client never learns of it."""
    stage: str
    code: int = 0
    text: str = "injected"
    count: int = 1  # how often; 0: until DELETE /faults
    match: typing.Optional[str] = None  # part of a recipient; from rcpt on
    delay_ms: int = 0  # before the answer
    drop: bool = False  # hangs up instead of answering

    def __post_init__(self):
        if self.stage not in STAGES:
            raise ValueError(f"stage is one of {', '.join(STAGES)}")
        if self.match is not None and self.stage not in ("rcpt", "data", "after_data"):
            raise ValueError("match needs a recipient: rcpt, data or after_data")


class Box:
    """What both sides share: the SMTP server fills it, the control port reads and arms it."""

    def __init__(self):
        self.lock = threading.Lock()
        self.mails, self.faults, self.open = [], [], set()
        self.opened = self.order = self.ahead = 0

    def take_fault(self, stage, recipients):
        with self.lock:
            for fault in self.faults:
                if fault.stage != stage:
                    continue
                if fault.match is not None and not any(fault.match in one for one in recipients):
                    continue
                if fault.count == 1:
                    self.faults.remove(fault)
                fault.count -= fault.count > 1
                return fault
        return None

    def keep(self, mail):
        with self.lock:
            self.order += 1
            self.mails.append({"order": self.order, **mail})

    def enter(self, connection):
        with self.lock:
            self.opened += 1
            self.open.add(connection)
            return self.opened

    def leave(self, connection):
        with self.lock:
            self.open.discard(connection)


class Keeper:
    """What aiosmtpd calls with a complete message."""

    def __init__(self, pipelining):
        self.pipelining = pipelining

    async def handle_EHLO(self, _server, session, _envelope, hostname, responses):
        session.host_name = hostname
        return responses[:-1] + ["250-PIPELINING"] * self.pipelining + responses[-1:]

    async def handle_DATA(self, server, session, envelope):
        fault = server.box.take_fault("after_data", envelope.rcpt_tos)
        if fault is None or fault.code < 400:
            server.box.keep({
                "connection": server.number, "from": envelope.mail_from, "to": list(envelope.rcpt_tos),
                "tls": server.transport.get_extra_info("ssl_object") is not None, "user": session.auth_data,
                "raw_base64": base64.b64encode(envelope.original_content).decode()})
        if fault is not None:
            await asyncio.sleep(fault.delay_ms / 1000)
            if fault.drop:
                server.hang_up()
            if fault.code >= 400:
                return f"{fault.code} {fault.text}"
        return "250 OK"


class FaultySmtp(SMTP):
    def __init__(self, box, pipelining, **options):
        super().__init__(Keeper(pipelining), **options)
        self.box, self.number = box, 0

    async def faulted(self, stage, recipients=()):
        """Plays the fault for this stage, if there is one; whether the command was dealt with."""
        fault = self.box.take_fault(stage, recipients)
        if fault is None:
            return False
        await asyncio.sleep(fault.delay_ms / 1000)
        if fault.drop:
            self.hang_up()
        elif fault.code >= 400:
            await self.push(f"{fault.code} {fault.text}")
        return fault.drop or fault.code >= 400

    async def handle_exception(self, error):
        if isinstance(error, TLSSetupException):
            return "554 no TLS"  # never sent: the client refused our certificate, as tests want it to
        return await super().handle_exception(error)

    def hang_up(self):
        if self.transport is not None:
            self.transport.abort()

    def connection_made(self, transport):
        super().connection_made(transport)
        if self.number == 0:  # comes again after STARTTLS
            self.number = self.box.enter(self)

    def connection_lost(self, error):
        self.box.leave(self)
        super().connection_lost(error)

    async def _handle_client(self):
        if await self.faulted("connect"):
            if self.transport is not None:
                self.transport.close()
            return
        await super()._handle_client()

    async def smtp_AUTH(self, arg):
        if not await self.faulted("auth"):
            await super().smtp_AUTH(arg)

    def note_ahead(self):
        with self.box.lock:
            self.box.ahead += b"\n" in self._reader._buffer  # the next command is here, and this one unanswered

    async def smtp_MAIL(self, arg):
        self.note_ahead()
        if not await self.faulted("mail"):
            await super().smtp_MAIL(arg)

    async def smtp_RSET(self, arg):
        if not await self.faulted("rset"):
            await super().smtp_RSET(arg)

    async def smtp_RCPT(self, arg):
        self.note_ahead()
        if not await self.faulted("rcpt", [arg or ""]):
            await super().smtp_RCPT(arg)

    async def smtp_DATA(self, arg):
        # Without a recipient it comes from a client that had not read our refusal yet, and is refused for that.
        if not self.envelope.rcpt_tos or not await self.faulted("data", self.envelope.rcpt_tos):
            await super().smtp_DATA(arg)


class Control(http.server.BaseHTTPRequestHandler):
    box = loop = ports = None  # set on a subclass
    protocol_version = "HTTP/1.1"

    def answer(self, status, content):
        body = json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        with self.box.lock:
            known = {"/ready": {"ready": True, **self.ports}, "/mails": list(self.box.mails),
                     "/connections": {"opened": self.box.opened, "open": len(self.box.open), "ahead": self.box.ahead}}
        self.answer(200 if self.path in known else 404, known.get(self.path))

    def do_DELETE(self):
        with self.box.lock:
            if self.path == "/connections":
                for connection in self.box.open:
                    self.loop.call_soon_threadsafe(connection.hang_up)
            elif self.path in ("/mails", "/faults"):
                getattr(self.box, self.path[1:]).clear()
        self.answer(200 if self.path in ("/connections", "/mails", "/faults") else 404, None)

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self.path != "/faults":
            return self.answer(404, None)
        try:
            fault = Fault(**json.loads(body))
        except (TypeError, ValueError) as error:
            return self.answer(400, str(error))
        with self.box.lock:
            self.box.faults.append(fault)
        return self.answer(201, dataclasses.asdict(fault))

    def log_message(self, *_):
        pass


def smtp_options(given):
    options = {"enable_SMTPUTF8": not given.no_smtputf8, "hostname": "mail.test", "timeout": 600}
    context = None
    if given.tls != "none":
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(given.cert, given.key)
    if given.tls == "starttls":
        options["tls_context"] = context
    if given.user is None:
        options["auth_exclude_mechanism"] = ["LOGIN", "PLAIN"]
    else:
        def check(_server, _session, _envelope, _mechanism, who):
            is_right = (who.login, who.password) == (given.user.encode(), given.password.encode())
            return AuthResult(success=is_right, handled=False, auth_data=given.user)
        options |= {"authenticator": check, "auth_required": True, "auth_require_tls": given.tls == "starttls"}
    return options, context if given.tls == "implicit" else None


async def serve(given):
    box, loop = Box(), asyncio.get_running_loop()
    options, context = smtp_options(given)
    # Long addresses may stand in the first command too.
    SMTP.command_size_limit = 2048
    warnings.simplefilter("ignore")  # of passwords without TLS, among others: we are a test
    logging.getLogger("mail.log").setLevel(logging.ERROR)
    server = await loop.create_server(lambda: FaultySmtp(box, given.pipelining, loop=loop, **options), "127.0.0.1", given.port, ssl=context)
    control = http.server.ThreadingHTTPServer(("127.0.0.1", given.control_port), None)
    ports = {"smtp_port": server.sockets[0].getsockname()[1], "control_port": control.server_port}
    control.RequestHandlerClass = type("BoundControl", (Control,), {"box": box, "loop": loop, "ports": ports})
    threading.Thread(target=control.serve_forever, daemon=True).start()
    print(json.dumps(ports), flush=True)
    await server.serve_forever()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--control-port", type=int, default=0)
    parser.add_argument("--tls", choices=["none", "starttls", "implicit"], default="none")
    parser.add_argument("--cert")
    parser.add_argument("--key")
    parser.add_argument("--user")
    parser.add_argument("--password", default="")
    parser.add_argument("--no-smtputf8", action="store_true")
    parser.add_argument("--pipelining", action="store_true")
    try:
        asyncio.run(serve(parser.parse_args()))
    except KeyboardInterrupt:
        pass


if __name__ == "__main__":
    main()
