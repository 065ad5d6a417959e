"""Just enough of C++'s surface: comments and literals blanked, function bodies found."""
import re

_TOKEN = re.compile(
    r'//[^\n]*|/\*.*?\*/|R"(?P<raw>[^(\s]*)\(.*?\)(?P=raw)"|"(?:\\.|[^"\\\n])*"|(?<![0-9a-zA-Z])\'(?:\\.|[^\'\\\n])+\'',
    re.DOTALL)


def _blank(match, keep_literals):
    text = match.group(0)
    if keep_literals and not text.startswith(("//", "/*")):
        return text
    return "".join(c if c == "\n" else " " for c in text)


def without_comments(text):
    return _TOKEN.sub(lambda m: _blank(m, True), text)


def without_comments_and_literals(text):
    return _TOKEN.sub(lambda m: _blank(m, False), text)


_SCOPE = re.compile(r"\b(?:namespace|class|struct|union|enum|extern)\b")


def _opens_function(head):
    """True when the text before a brace, back to the last statement, declares a function."""
    if ")" not in head:
        return False
    # "struct X final : Base" and "namespace {" have no parameter list in front of their brace.
    before_parameters = head[: head.index("(")]
    if _SCOPE.search(before_parameters) and not re.search(r"[\w>&*]\s+[\w:~]+\s*$", before_parameters):
        return False
    return "=" not in re.sub(r"operator\s*[=!<>]+|[=!<>]=", "", before_parameters)


# "Type::Type(int a) : member_": the brace that follows initialises a member.
_MEMBER_INITIALISER = re.compile(r"\)\s*(?:noexcept\s*)?:(?!:)(?:.*[\s,:])?[\w:]+(?:<[^{}]*>)?\s*$", re.DOTALL)


def _without_directives(code):
    return re.sub(r"(?m)^[ \t]*#(?:[^\n\\]|\\\n|\\.)*", lambda m: re.sub(r"[^\n]", " ", m.group(0)), code)


def _closing_brace(code, at):
    depth = 0
    for end in range(at, len(code)):
        depth += {"{": 1, "}": -1}.get(code[end], 0)
        if depth == 0:
            return end
    return len(code) - 1


def functions(text):
    """(first line, number of lines, head) of every function body outside of other functions."""
    code = _without_directives(without_comments_and_literals(text))
    found = []
    head_start = 0
    parentheses = 0
    at = 0
    while at < len(code):
        c = code[at]
        head = code[head_start:at] if c == "{" else ""
        if c in "()":
            parentheses += 1 if c == "(" else -1
        elif c == "{" and (parentheses > 0 or _MEMBER_INITIALISER.search(head)):
            at = _closing_brace(code, at)
        elif c == "{" and _opens_function(head):
            first = code.count("\n", 0, at - len(head.lstrip())) + 1
            at = _closing_brace(code, at)
            found.append((first, code.count("\n", 0, at) + 2 - first, " ".join(head.split())))
            head_start = at + 1
        elif c in "{};" and parentheses == 0:
            head_start = at + 1
        at += 1
    return found
