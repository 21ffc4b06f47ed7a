# SPDX-License-Identifier: GPL-3.0-or-later
"""Hold api/openapi.yaml, src/model's tables, bankd's routes and its codes together, both ways.

usage: contract.py SRCDIR DUMP

DUMP prints tables and routes as the code has them (tests/contract/dump.c); codes.py reads the codes. Every
difference is one line; then each of a list of seeded deviations must be reported, or the comparison itself
is broken.
"""
import copy
import glob
import json
import re
import subprocess
import sys

import yaml

import codes
from deviations import DEVIATIONS

TEXT_MAX, LIST_MAX = 256, 1000  # base/json.h: what a max of 0 means
SCHEMA, PARAMETER = "#/components/schemas/", "#/components/parameters/"
FREE = {"description", "pattern", "example", "examples"}  # words for people and narrower texts
METHODS = {"get", "put", "post", "delete", "patch", "head", "options", "trace"}


def expected(field):
    """The schema that a table's row stands for."""
    kind, most = field["type"], field["max"]
    text = {"type": "string", "maxLength": most or TEXT_MAX}
    plain = {
        "text": text,
        "int": {"type": "integer", "format": "int32"},
        "bool": {"type": "boolean"},
        "money": {"$ref": SCHEMA + "Amount"},
        "date": {"type": "string", "format": "date"},
        "instant": {"type": "string", "format": "date-time"},
        "raw": {},
        "secret": {"type": "string", "format": "password", "maxLength": TEXT_MAX},
    }
    if kind == "enum":
        return {"type": "string", "enum": field["enum"]}
    if kind == "object":
        return {"$ref": SCHEMA + field["sub"]}
    if kind in ("list", "texts"):
        items = {"$ref": SCHEMA + field["sub"]} if kind == "list" else {"type": "string", "maxLength": TEXT_MAX}
        return {"type": "array", "maxItems": most or LIST_MAX, "items": items}
    return plain[kind]


def is_code_list(schema):
    return "x-enumDescriptions" in schema


def without_words(schema):
    return {key: value for key, value in schema.items() if key not in FREE}


def resolved(contract, schema):
    """A code is a text to src/model, so that a client takes one that it does not know."""
    target = contract["components"]["schemas"].get(schema.get("$ref", "").removeprefix(SCHEMA), {})
    return {"type": target["type"], "maxLength": target["maxLength"]} if is_code_list(target) else without_words(schema)


def both_ways(what, contract, code):
    """Names that only one side has."""
    for name in sorted(set(contract) - set(code)):
        yield f"{what} {name} is in the contract but not in the code"
    for name in sorted(set(code) - set(contract)):
        yield f"{what} {name} is in the code but not in the contract"


def compare_schema(contract, name, table):
    schema = contract["components"]["schemas"][name]
    fields = {field["name"]: field for field in table["fields"]}
    properties = schema.get("properties", {})
    yield from both_ways(f"{name}: field", properties, fields)
    yield from both_ways(f"{name}: required", schema.get("required", []),
                         [n for n, field in fields.items() if field["required"]])
    for field in sorted(set(properties) & set(fields)):
        want, got = expected(fields[field]), resolved(contract, properties[field])
        if want != got:
            yield f"{name}.{field}: the contract says {got}, the code {want}"
    if schema.get("type") != "object" or set(schema) - {"type", "description", "required", "properties"}:
        yield f"{name}: the contract says more of it than a table can"


def compare_schemas(contract, dump):
    schemas = {name: schema for name, schema in contract["components"]["schemas"].items() if not is_code_list(schema)}
    amount = schemas.pop("Amount", {})
    if sorted(amount.get("required", [])) != sorted(amount.get("properties", {})) or \
            sorted(amount.get("properties", {})) != ["amount", "currency"]:
        yield "Amount is not a required currency and amount"
    tables = {table["name"]: table for table in dump["tables"]}
    yield from both_ways("schema", schemas, tables)
    for name in sorted(set(schemas) & set(tables)):
        yield from compare_schema(contract, name, tables[name])


def compare_code_list(name, schema, answered):
    yield from both_ways(f"{name}:", schema["enum"], answered)
    yield from both_ways(f"{name}: description of", schema["x-enumDescriptions"], schema["enum"])
    for code in sorted(set(schema["enum"]) & set(answered)):
        told = re.match(r"(?:((?:\d{3}, )*\d{3})\. )?", schema["x-enumDescriptions"].get(code, ""))[1]
        if answered[code] != {int(status) for status in (told or "").split(", ") if status}:
            yield f"{name}: {code} comes with {sorted(answered[code])}, the contract says {told}"


def compare_codes(contract, dump):
    lists = {name: schema for name, schema in contract["components"]["schemas"].items() if is_code_list(schema)}
    yield from dump["codeProblems"]
    yield from both_ways("list of codes", lists, dump["codes"])
    for name in sorted(set(lists) & set(dump["codes"])):
        yield from compare_code_list(name, lists[name], dump["codes"][name])
    for code in sorted(dump["booked"] - set(lists.get("TransactionCode", {}).get("enum", []))):
        yield f"entries are booked as {code}, which TransactionCode lacks"
    for code in sorted(dump["clientCodes"] - set(lists.get("ProblemCode", {}).get("enum", []))):
        yield f"src/client knows {code}, which ProblemCode lacks"


def operations(contract):
    for path, item in contract["paths"].items():
        for method in item:
            if method in METHODS:
                yield f"{method.upper()} {path}", item[method]


def parameters(contract, operation):
    """The parameters of an operation, resolved."""
    known = contract["components"]["parameters"]
    for parameter in operation.get("parameters", []):
        yield known[parameter["$ref"].removeprefix(PARAMETER)] if "$ref" in parameter else parameter


def body_of(operation):
    body = operation.get("requestBody")
    if not body or not body.get("required"):
        return None
    return body["content"]["application/json"]["schema"].get("$ref", "?").removeprefix(SCHEMA)


def compare_operation(name, contract, operation, route):
    of = {place: sorted(p["name"] for p in parameters(contract, operation) if p["in"] == place)
          for place in ("path", "query", "header")}
    yield from both_ways(f"{name}: query", of["query"], route["query"])
    yield from both_ways(f"{name}: path argument", of["path"], re.findall(r"{(\w+)}", route["path"]))
    headers = ["Accept-Language", "x-fapi-interaction-id"] + ["Idempotency-Key"] * route["needsKey"]
    yield from both_ways(f"{name}: header", of["header"], headers)
    if body_of(operation) != route["body"]:
        yield f"{name}: body {body_of(operation)} in the contract, {route['body']} in the code"
    needs_token = operation.get("security", contract.get("security", [])) != []
    if needs_token != (route["access"] == "session"):
        yield f"{name}: a token is needed {'only in the contract' if needs_token else 'only in the code'}"
    if not any(status.startswith("2") for status in operation["responses"]):
        yield f"{name}: no answer of success"
    for status in sorted(answers_of_all(route) - set(operation["responses"])):
        yield f"{name}: {status} is answered, but not in the contract"


def answers_of_all(route):
    """What bankd answers before it comes to the operation (route.h, exchange.c)."""
    return {"400", "429", "503"} | ({"403"} if route["access"] != "anyone" else set()) | \
        ({"401"} if route["access"] == "session" else set()) | ({"413", "415"} if route["body"] else set())


def compare_routes(contract, dump):
    served = {f"{route['method']} {route['path']}": route for route in dump["routes"]}
    if len(served) != len(dump["routes"]):
        yield "a route is there twice"
    promised = dict(operations(contract))
    yield from both_ways("route", promised, served)
    for name in sorted(set(promised) & set(served)):
        yield from compare_operation(name, contract, promised[name], served[name])


def references(node):
    if isinstance(node, dict):
        for key, value in node.items():
            if key == "$ref":
                yield value
            else:
                yield from references(value)
    elif isinstance(node, list):
        for value in node:
            yield from references(value)


def unused(contract):
    """Components that nothing leads to from a path."""
    reached, open_ends = set(), list(references(contract["paths"]))
    while open_ends:
        reference = open_ends.pop()
        if reference in reached:
            continue
        reached.add(reference)
        node = contract
        for step in reference.removeprefix("#/").split("/"):
            node = node.get(step, {})
        if not node:
            yield f"{reference} leads nowhere"
        open_ends.extend(references(node))
    for kind, parts in contract["components"].items():
        for name in parts:
            if kind != "securitySchemes" and f"#/components/{kind}/{name}" not in reached:
                yield f"{kind} {name} is used by nothing"


def compare_page(contract, dump):
    """docs/order.md shows nothing that the contract lacks."""
    schemas, told = contract["components"]["schemas"], dump["told"]
    fields = {name for schema in schemas.values() for name in schema.get("properties", {})} | dump["formFields"]
    known = {code for schema in schemas.values() if is_code_list(schema) for code in schema["enum"]}
    paths = [re.compile(re.sub(r"{\w+}", "[^/]+", path) + "$") for path in contract["paths"]]
    for what, names in (("field", told["field"] - fields), ("code", told["code"] - known),
                        ("path", {p for p in told["path"] if not any(path.match(p) for path in paths)})):
        for name in sorted(names):
            yield f"docs/order.md tells of the {what} {name}, which the contract lacks"
    if not all(told.values()):
        yield "docs/order.md cannot be read any more"


def differences(contract, dump):
    return [*compare_schemas(contract, dump), *compare_routes(contract, dump), *compare_codes(contract, dump),
            *compare_page(contract, dump), *unused(contract)]


def listed_tables(srcdir):
    """Tables that the headers declare, and those that tables.h lists."""
    declared = set()
    for header in glob.glob(f"{srcdir}/src/model/*.h"):
        declared |= set(re.findall(r"^extern const struct json_table (\w+);", open(header).read(), re.M))
    return declared, set(re.findall(r"&(\w+)", open(f"{srcdir}/tests/contract/tables.h").read()))


class Tap:
    def __init__(self):
        self.count = self.failed = 0

    def ok(self, holds, what, why=()):
        self.count += 1
        self.failed += not holds
        print(f"{'' if holds else 'not '}ok {self.count} - {what}")
        for line in why:
            print(f"# {line}")


def dump_of(srcdir, dump_program):
    dump = json.loads(subprocess.run([dump_program], check=True, capture_output=True).stdout)
    dump["codes"], dump["codeProblems"] = codes.answered(srcdir)
    dump["booked"], dump["clientCodes"] = codes.booked(srcdir), codes.known_by_client(srcdir)
    dump["told"], dump["formFields"] = codes.told(srcdir), codes.form_fields(srcdir)
    return dump


def main(srcdir, dump_program):
    tap = Tap()
    contract = yaml.safe_load(open(f"{srcdir}/api/openapi.yaml"))
    dump = dump_of(srcdir, dump_program)
    declared, listed = listed_tables(srcdir)
    missing = [*both_ways("table", listed, declared)]
    tap.ok(not missing, "every table of src/model is in the comparison", missing)
    for what, compare in (("schemas and tables", compare_schemas), ("paths and routes", compare_routes),
                          ("codes", compare_codes), ("the page of docs", compare_page)):
        found = [*compare(contract, dump)]
        tap.ok(not found, f"{what} say the same", found)
    found = [*unused(contract)]
    tap.ok(not found, "every component is used", found)
    known = set(differences(contract, dump))
    for deviate in DEVIATIONS:
        other_contract, other_dump = copy.deepcopy(contract), copy.deepcopy(dump)
        deviate(other_contract, other_dump)
        reported = set(differences(other_contract, other_dump)) - known
        tap.ok(bool(reported), f"control: {deviate.__name__} is reported")
    print(f"1..{tap.count}")
    return 1 if tap.failed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
