#!/usr/bin/python3
"""A mail server that takes everything: as fast as Python can, so that it is not what is measured; or with --server
aiosmtpd, which asks of a client what servers in use ask, and costs a client what they cost.

    mail_sink.py FOLDER [--no-pipelining | --server aiosmtpd]

Prints its port. FOLDER/count always says how many messages came. SIGUSR1 writes them all to FOLDER/mails (a pickled
list of sender, recipients, bytes), SIGUSR2 forgets them.
"""
import asyncio
import os
import pickle
import signal
import sys


class Sink(asyncio.Protocol):
    kept = []
    offers = b"250-sink\r\n250-8BITMIME\r\n250-PIPELINING\r\n250 SMTPUTF8\r\n"

    def connection_made(self, transport):
        self.transport, self.buffer, self.in_message, self.sender, self.to = transport, b"", False, b"", []
        transport.write(b"220 sink\r\n")

    def data_received(self, data):
        self.buffer += data
        answers = []
        while self.buffer:
            if self.in_message:
                end = self.buffer.find(b"\r\n.\r\n")
                if end < 0:
                    break
                Sink.kept.append((self.sender, self.to, self.buffer[:end + 2]))
                self.buffer, self.in_message, self.to = self.buffer[end + 5:], False, []
                answers.append(b"250 taken\r\n")
                continue
            line, found, rest = self.buffer.partition(b"\r\n")
            if not found:
                break
            self.buffer = rest
            answers.append(self.answer(line))
        if answers:
            self.transport.write(b"".join(answers))

    def answer(self, line):
        verb = line[:4].upper()
        if verb == b"EHLO":
            return self.offers
        if verb == b"MAIL":
            self.sender = line
        elif verb == b"RCPT":
            self.to.append(line)
        elif verb == b"DATA":
            self.in_message = True
            return b"354 go on\r\n"
        elif verb == b"QUIT":
            return b"221 bye\r\n"
        return b"250 ok\r\n"


class Keeper:
    """What aiosmtpd hands its mails to."""

    async def handle_DATA(self, server, session, envelope):
        Sink.kept.append((f"MAIL FROM:<{envelope.mail_from}>".encode(), [f"RCPT TO:<{to}>".encode() for to in envelope.rcpt_tos],
                          envelope.original_content))
        return "250 taken"


def full_server():
    from aiosmtpd.smtp import SMTP

    return SMTP(Keeper(), hostname="sink", enable_SMTPUTF8=True)


async def serve(folder, protocol):
    def write():
        with open(os.path.join(folder, "mails.part"), "wb") as file:
            pickle.dump(Sink.kept, file)
        os.replace(os.path.join(folder, "mails.part"), os.path.join(folder, "mails"))

    async def count():
        while True:
            with open(os.path.join(folder, "count.part"), "w") as file:
                file.write(str(len(Sink.kept)))
            os.replace(os.path.join(folder, "count.part"), os.path.join(folder, "count"))
            await asyncio.sleep(0.05)

    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGUSR1, write)
    loop.add_signal_handler(signal.SIGUSR2, Sink.kept.clear)
    server = await loop.create_server(protocol, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await asyncio.gather(count(), server.serve_forever())


if "--no-pipelining" in sys.argv:
    Sink.offers = Sink.offers.replace(b"250-PIPELINING\r\n", b"")
asyncio.run(serve(sys.argv[1], full_server if "aiosmtpd" in sys.argv else Sink))
