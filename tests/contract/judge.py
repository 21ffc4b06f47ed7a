# SPDX-License-Identifier: GPL-3.0-or-later
"""What Prism found in the traffic that front.js wrote, and what of the contract that traffic touched.

usage: judge.py CONTRACT TRAFFIC

TAP: no answer violates the contract, no request does that is not wrong on purpose, every operation was asked
by the client, every answer of the contract was met, refusals that ask for patience say how much.
"""
import collections
import json
import re
import sys

import yaml

METHODS = {"get", "put", "post", "delete", "patch"}
# Prism's violations of the contract; what it only informs about is none.
SEVERITIES = {"Error", "Warning"}


def operations(contract):
    """(method, expression of the path, operationId, documented statuses)"""
    for path, item in contract["paths"].items():
        expression = re.compile(re.sub(r"{\w+}", "[^/]+", path) + r"(\?.*)?$")
        for method in METHODS & set(item):
            yield method.upper(), expression, item[method]["operationId"], {int(s) for s in item[method]["responses"]}


def name_of(known, exchange):
    for method, expression, name, _ in known:
        if method == exchange["method"] and expression.match(exchange["path"]):
            return name
    return None


def violations(exchange):
    for found in exchange["violations"]:
        where = found.get("location", [])
        if found.get("severity") in SEVERITIES and not (exchange["deliberate"] and where[:1] == ["request"]):
            yield f"{'.'.join(map(str, where))}: {found.get('message')}"


def main(contract_path, traffic_path):
    known = list(operations(yaml.safe_load(open(contract_path))))
    traffic = [json.loads(line) for line in open(traffic_path)]
    seen, by_client, codes = collections.defaultdict(set), set(), set()
    found, impatient, strange = collections.Counter(), set(), set()
    for exchange in traffic:
        name = name_of(known, exchange)
        told = f"{exchange['method']} {exchange['path'].split('?')[0]} {exchange['status']} {exchange['code'] or ''}"
        seen[name].add(exchange["status"])
        codes.add(exchange["code"])
        if not exchange["deliberate"]:
            by_client.add(name)
        found.update(f"{told} {violation}" for violation in violations(exchange))
        if exchange["status"] in (429, 503) and not exchange["retryAfter"]:
            impatient.add(told)
        if name is None:
            strange.add(told)
    checks = [
        ("no request and no answer violates the contract", [f"{n} times {v}" for v, n in found.most_common()]),
        ("nothing beside the contract was asked", sorted(strange)),
        ("the client asked every operation", sorted({name for _, _, name, _ in known} - by_client)),
        ("every answer of the contract was met", [f"{name} {status}" for _, _, name, statuses in known
                                                  for status in sorted(statuses - seen[name])]),
        ("429 and 503 say how long to wait", sorted(impatient)),
    ]
    for what, why in checks:
        print(f"{'not ok' if why else 'ok'} - {what}")
        for line in why[:40]:
            print(f"# {line}")
    print(f"# {len(traffic)} exchanges, {len(codes - {None})} codes of problems")
    return 1 if any(why for _, why in checks) else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
