# SPDX-License-Identifier: GPL-3.0-or-later
"""The stable codes that bankd answers, read out of src/bank, and those that the contract lists.

A code stands in the source as a literal at the place that answers it; a place that hands on a variable is
named in FORWARDING, or it is a difference. So a code can neither be answered without being in the contract
nor stand there without being answered.
"""
import glob
import re

# Where a code stands in a call: function, argument (from 0), argument of the status (None: none), schemas.
CALLS = [
    ("reply_problem", 2, 1, ["ProblemCode"]),
    ("reply_field_problem", 3, 1, ["ProblemCode", "FieldErrorCode"]),
    ("reply_attempt_problem", 2, 1, ["ProblemCode"]),
    ("form_error", 2, None, ["FieldErrorCode"]),
    ("check_limit", 3, None, ["FieldErrorCode"]),
    ("order_close", 3, None, ["StateReasonCode"]),
    ("plan_warning", 1, None, ["WarningCode"]),
]
# And in tables and assignments: file, pattern whose group is the code, status, schemas.
PLACES = [
    ("src/bank/quote.c", r'f\.error = "([^"]+)"', None, ["FieldErrorCode"]),
    ("src/bank/order_write.c", r'\.status = 422, \.code = \(char \*\)"([^"]+)"', 422, ["ProblemCode"]),
    ("src/bank/order_state.c", r'\{ -E\w+, "([^"]+)", N_\(', 422, ["ProblemCode", "StateReasonCode"]),
    ("src/bank/orders/*.c", r'reason_code = "([^"]+)"', None, ["StateReasonCode"]),
    ("src/bank/entry_page.c", r'\{ "([^"]+)", N_\(', None, ["TransactionCode"]),
]
# What is no literal there: the declaration, and calls that hand on what one of PLACES or CALLS gave.
FORWARDING = {
    ("src/bank/order_write.c", "reply_problem", "why->code"),
    ("src/bank/order_state.c", "order_close", "why->code"),
    ("src/bank/orders/transfer.c", "form_error", "code"),
}
# Kinds of entries that are booked must have a title, and so a code, in entry_page.c.
BOOKED = [
    ("src/bank/orders/*.c", r'\{ [^{}"]*, "([a-z-]+)", [^{}"]*\}'),
    ("src/bank/orders/*.c", r'ledger_reverse\([^"]*"([a-z-]+)"'),
    ("src/bank/demo*.c", r'\.kind = "([^"]+)"'),
]
# Codes that the client knows although bankd never needs them: a bank with several writers does.
OF_OTHER_BANKS = {("ProblemCode", "order-running"): 409}
CLIENT = [r'strcmp\([^"]*->code, "([^"]+)"\)', r'\{ \d{3}, "([^"]+)", VERDICT_']

LITERAL = re.compile(r'^"([a-z][a-z0-9-]*)"$')


def sources(srcdir, pattern):
    """Path inside srcdir and text without comments, of each file."""
    for path in sorted(glob.glob(f"{srcdir}/{pattern}", recursive=True)):
        text = re.sub(r"/\*.*?\*/", " ", open(path).read(), flags=re.S)
        yield path.removeprefix(f"{srcdir}/"), text


def arguments(text, start):
    """The arguments of a call whose opening parenthesis is before start."""
    found, depth, quoted, begin, i = [], 0, False, start, start
    while depth >= 0:
        c = text[i]
        if quoted:
            i += c == "\\"
            quoted = c != '"'
        elif c == '"':
            quoted = True
        elif c in "([{":
            depth += 1
        elif c in ")]}":
            depth -= 1
        if depth < 0 or (c == "," and depth == 0 and not quoted):
            found.append(" ".join(text[begin:i].split()))
            begin = i + 1
        i += 1
    return found


def is_declaration(given, at):
    return at >= len(given) or re.fullmatch(r"(const )?char \*\w+", given[at])


def answered(srcdir):
    """({schema: {code: statuses}}, problems) as src/bank has them."""
    codes = {schema: {} for _, _, _, schemas in PLACES + CALLS for schema in schemas}
    problems = []

    def add(schemas, code, status):
        for schema in schemas:
            codes[schema].setdefault(code, set()).update([status] if status and schema == "ProblemCode" else [])

    for path, text in sources(srcdir, "src/bank/**/*.c"):
        for function, at, status_at, schemas in CALLS:
            for call in re.finditer(rf"\b{function}\(", text):
                given = arguments(text, call.end())
                literal = None if is_declaration(given, at) else LITERAL.match(given[at])
                if literal:
                    add(schemas, literal[1], int(given[status_at]) if status_at else None)
                elif not is_declaration(given, at) and (path, function, given[at]) not in FORWARDING:
                    problems.append(f"{path}: {function}() gets its code from {given[at]}, which codes.py cannot read")
    for pattern, expression, status, schemas in PLACES:
        found = [m[1] for _, text in sources(srcdir, pattern) for m in re.finditer(expression, text)]
        for code in found:
            add(schemas, code, status)
        if not found:
            problems.append(f"{pattern}: nothing there looks like {expression} any more: codes.py is out of date")
    for (schema, code), status in OF_OTHER_BANKS.items():
        if code in codes[schema]:
            problems.append(f"{code} is answered by bankd, but codes.py says that it never is")
        add([schema], code, status)
    return codes, problems


def booked(srcdir):
    return {m[1] for pattern, expression in BOOKED for _, text in sources(srcdir, pattern)
            for m in re.finditer(expression, text)}


def known_by_client(srcdir):
    return {m[1] for _, text in sources(srcdir, "src/client/*.c") for expression in CLIENT
            for m in re.finditer(expression, text)}


def told(srcdir):
    """What docs/order.md speaks of: names of fields, codes, and paths."""
    text = open(f"{srcdir}/docs/order.md").read()
    return {"field": set(re.findall(r'"(\w+)":', text)), "code": set(re.findall(r'"code":"([a-z-]+)"', text)),
            "path": set(re.findall(r"`?(?:GET|POST|DELETE) (/v1/[\w/{}-]+)", text))}


def form_fields(srcdir):
    """Names that an instruction may have, whatever its type."""
    return {m[1] for _, text in sources(srcdir, "src/bank/orders/*.c")
            for m in re.finditer(r'\{ \.name = "(\w+)"', text)}
