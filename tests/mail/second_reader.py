#!/usr/bin/env python3
"""Reads the mails (*.eml) and calendars (*.ics) of a folder and prints what they say, as a JSON list in the order of
their names. Shares nothing with the code under test: mails are read by the email package, calendars by the few
rules of RFC 5545 below. `faults` names every rule of the formats a file breaks."""
import base64
import binascii
import datetime
import email
import email.errors
import email.header
import email.policy
import email.utils
import json
import pathlib
import quopri
import re
import sys

ENCODED_WORD = re.compile(rb"=\?([^?\s]+)\?([BbQq])\?([^?]*)\?=")


def raw_faults(raw):
    if re.search(rb"\r(?!\n)|(?<!\r)\n", raw):
        yield "a lone CR or LF"
    if b"\0" in raw:
        yield "a NUL"
    if not raw.endswith(b"\r\n"):
        yield "the last line has no end"


def header_faults(head):
    for line in head.split(b"\r\n"):
        if not line.strip():
            yield "a blank line inside the headers"
        words = ENCODED_WORD.findall(line)
        if words and len(line) > 76:
            yield f"{len(line)} characters with an encoded word: {line!r}"
        if re.search(rb"[\x00-\x1f\x7f]", line):
            yield f"a control character: {line!r}"
    for word in ENCODED_WORD.finditer(head):
        charset, coding, text = (group.decode() for group in word.groups())
        if len(word.group(0)) > 75:
            yield f"an encoded word of {len(word.group(0))} characters"
        try:
            if coding in "Bb":
                decoded = base64.b64decode(text, validate=True)
            else:
                decoded = quopri.decodestring(text.replace("_", " ").encode())
            decoded.decode(charset)
        except (UnicodeDecodeError, binascii.Error) as error:
            yield f"an encoded word that does not stand alone: {word.group(0)!r}: {error}"


def body_faults(body):
    for line in body.split(b"\r\n"):
        if len(line) > 76:
            yield f"a body line of {len(line)} characters"
        if any(byte > 126 for byte in line):
            yield f"a body line beyond ASCII: {line!r}"
        if line.startswith((b".", b"From ")):
            yield f"a body line that servers touch: {line!r}"
        if line != line.rstrip(b" \t"):
            yield f"a blank at the end of a line: {line!r}"


def boundary_faults(raw):
    boundaries = re.findall(rb'boundary="([^"]+)"', raw)
    if len(set(boundaries)) != len(boundaries):
        yield "a boundary is used twice"
    for boundary in boundaries:
        if not re.fullmatch(rb"=_[0-9a-f]{32}", boundary):
            yield f"a boundary that can be guessed: {boundary!r}"
        lines = [line for line in raw.split(b"\r\n") if line.startswith(b"--" + boundary)]
        if lines.count(b"--" + boundary + b"--") != 1 or lines[-1] != b"--" + boundary + b"--":
            yield f"the parts of {boundary!r} are not closed"


def defects(part):
    for defect in part.defects:
        yield f"{part.get_content_type()}: {defect!r}"
    for name, value in part.items():
        for defect in getattr(value, "defects", ()):
            if not isinstance(defect, email.errors.NonASCIILocalPartDefect):  # allowed since RFC 6532
                yield f"{name}: {defect!r}"
    for child in part.iter_parts() if part.is_multipart() else ():
        yield from defects(child)


def part_tree(part):
    tree = {"type": part.get_content_type(), "params": dict(getattr(part["Content-Type"], "params", {})),
            "encoding": part["Content-Transfer-Encoding"], "disposition": None, "filename": part.get_filename()}
    tree["params"].pop("boundary", None)
    if part["Content-Disposition"]:
        tree["disposition"] = part["Content-Disposition"].content_disposition
    if part.is_multipart():
        tree["parts"] = [part_tree(child) for child in part.iter_parts()]
    else:
        # Bytes, not get_content(), which would turn CRLF into LF.
        tree["text"] = part.get_payload(decode=True).decode("utf-8", "backslashreplace")
    return tree


def unfolded(raw_value):
    return raw_value.replace("\r\n", "").strip(" ")


def by_the_old_reader(raw_value):
    """email.header of Python 2's time: knows nothing of structure, joins encoded words by itself."""
    return str(email.header.make_header(email.header.decode_header(unfolded(raw_value))))


def without_blanks(text):
    return re.sub(r"\s", "", text)


def mailbox(message, old, name):
    header = message[name]
    if header is None:
        return None
    if len(header.addresses) != 1 or len(message.get_all(name)) != 1:
        return {"name": "?", "address": f"{len(header.addresses)} addresses"}
    display, address = header.addresses[0].display_name, header.addresses[0].addr_spec
    if ENCODED_WORD.search(old[name].encode()):
        # Of display names, the newer reader of Python 3.11 keeps the blanks between encoded words, and joins those in
        # them. Of blanks we believe the older one, of all else both.
        again = by_the_old_reader(re.sub(r" <[^<>]*>$", "", unfolded(old[name])))
        display = again if without_blanks(again) == without_blanks(display) else f"{display} or {again}?"
    return {"name": display, "address": address}


def read_mail(raw):
    head, _, body = raw.partition(b"\r\n\r\n")
    # Addresses beyond ASCII are UTF-8 in the headers (RFC 6532), which the parser of bytes does not know.
    message = email.message_from_string(raw.decode("utf-8"), policy=email.policy.default.clone(linesep="\r\n"))
    old = email.message_from_string(raw.decode("utf-8"), policy=email.policy.compat32)
    date = message["Date"].datetime
    return {
        "faults": [*raw_faults(raw), *header_faults(head), *body_faults(body), *boundary_faults(raw), *defects(message)],
        "names": message.keys(),
        "lines_max": max(len(line) for line in head.split(b"\r\n")),
        "is_ascii": all(byte < 128 for byte in raw),
        "subject": message["Subject"],
        "subject_again": by_the_old_reader(old["Subject"]),
        "from": mailbox(message, old, "From"),
        "to": mailbox(message, old, "To"),
        "reply_to": mailbox(message, old, "Reply-To"),
        "date": date.astimezone(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "date_line": old["Date"],
        "message_id": old["Message-ID"],
        "headers": {name: str(message[name]) for name in
                    ("Content-Language", "Auto-Submitted", "X-Auto-Response-Suppress", "MIME-Version") if name in message},
        "body": part_tree(message),
    }


TEXTS = {"SUMMARY", "DESCRIPTION", "LOCATION", "UID", "PRODID", "COMMENT"}
CONTENT_LINE = re.compile(r'([A-Z-]+)((?:;[A-Z-]+=(?:"[^"]*"|[^";:,]*))*):(.*)', re.DOTALL)
PARAMETER = re.compile(r';([A-Z-]+)=(?:"([^"]*)"|([^";:,]*))')


def unescaped(value, faults):
    def one(match):
        if match.group(1) not in "\\;,nN":
            faults.append(f"an escape RFC 5545 does not know: {match.group(0)!r}")
        return "\n" if match.group(1) in "nN" else match.group(1)

    if re.search(r"(?<!\\)(?:\\\\)*[;,]", value):
        faults.append(f"an unescaped separator in a text: {value[:60]!r}")
    return re.sub(r"\\(.)", one, value, flags=re.DOTALL)


def by_rfc_6868(value):
    return re.sub(r"\^([n^'])", lambda match: {"n": "\n", "^": "^", "'": '"'}[match.group(1)], value)


def unfold_lines(raw, faults):
    lines = []
    for physical in raw.removesuffix(b"\r\n").split(b"\r\n"):
        if len(physical) > 75:
            faults.append(f"a line of {len(physical)} octets")
        if re.search(rb"[\x00-\x08\x0a-\x1f\x7f]", physical):
            faults.append(f"a control character: {physical!r}")
        try:
            text = physical.decode("utf-8")
        except UnicodeDecodeError:
            faults.append(f"a character parted by folding: {physical!r}")
            text = physical.decode("utf-8", "replace")
        if text.startswith((" ", "\t")) and lines:
            lines[-1] += text[1:]
        else:
            lines.append(text)
    return lines


def read_calendar(raw):
    faults = list(raw_faults(raw))
    path, properties = [], []
    for line in unfold_lines(raw, faults):
        match = CONTENT_LINE.fullmatch(line)
        if not match:
            faults.append(f"not a content line: {line!r}")
            continue
        name, parameters, value = match.groups()
        if name == "BEGIN":
            path.append(value)
        elif name == "END":
            if not path or path.pop() != value:
                faults.append(f"END:{value} ends nothing")
        else:
            if name in TEXTS:
                value = unescaped(value, faults)
            params = {key: by_rfc_6868(quoted or plain) for key, quoted, plain in PARAMETER.findall(parameters)}
            properties.append({"in": "/".join(path), "name": name, "params": params, "value": value})
    if path:
        faults.append("not closed: " + "/".join(path))
    return {"faults": faults, "properties": properties}


def main(folder):
    readers = {".eml": read_mail, ".ics": read_calendar}
    files = sorted(file for file in pathlib.Path(folder).iterdir() if file.suffix in readers)
    read = [readers[file.suffix](file.read_bytes()) for file in files]
    pathlib.Path(folder, "read.json").write_text(json.dumps(read), encoding="ascii")


if __name__ == "__main__":
    main(sys.argv[1])
