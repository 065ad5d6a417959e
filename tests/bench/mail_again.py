#!/usr/bin/python3
"""The same mails once more: smtplib over one connection.  mail_again.py FILE PORT  →  mails a second"""
import pickle
import smtplib
import sys
import time

with open(sys.argv[1], "rb") as file:
    mails = pickle.load(file)


def address(line):
    return line[line.index(b"<") + 1:line.index(b">")].decode()


ready = [(address(sender), [address(one) for one in to], message) for sender, to, message in mails]
start = time.monotonic()
with smtplib.SMTP("127.0.0.1", int(sys.argv[2])) as connection:
    for sender, to, message in ready:
        connection.sendmail(sender, to, message)
took = time.monotonic() - start
print(f"{len(ready) / took:.0f}")
