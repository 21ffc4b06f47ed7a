# SPDX-License-Identifier: GPL-3.0-or-later
"""Asks every operation of the contract in a way that bankd must refuse, whichever operation it is.

usage: refusals.py CONTRACT PORT CA WHAT

WHAT: stranger (the terminal is not enrolled), known (it is), busy (bankd lets few requests in),
broken (its books cannot be read). Each is told in the traffic as wrong on purpose. TAP on stdout.
"""
import http.client
import json
import ssl
import sys

import yaml

METHODS = {"get", "put", "post", "delete", "patch"}
LOGIN = {"customerNumber": "6004", "password": "demo-bank"}
BODY_MAX = 65536  # SERVER_BODY_MAX of src/bank/server.h
TRIES = 50
# For a key that nobody has any more.
REQUEST = """-----BEGIN CERTIFICATE REQUEST-----
MIHMMHUCAQAwEzERMA8GA1UEAwwIdGVybWluYWwwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAAS1DlxDu6EG77mbZjh8id3umwpwO8Td5n9ufzNDrjQkUgjdYtoSTSkq
JJNTiFB/ZrF/23JRX3KYqLbqL7Mz+2/AoAAwCgYIKoZIzj0EAwIDRwAwRAIgWZib
Qxrq2EwgbDPYn43gjaa0nTZKeVE+Ldn3OuoBI/4CIBK5lwI64mq3MeyjM3O2O8qI
DTTYYRgNf6skajA3G9au
-----END CERTIFICATE REQUEST-----
"""
ENROLMENT = {"code": "AAAA-AAAA-AAAA-AAAA", "certificateRequest": REQUEST}


class Bank:
    """One connection to the front, one request after another."""

    def __init__(self, port, ca):
        self.context = ssl.create_default_context(cafile=ca)
        self.port = port
        self.token = None

    def ask(self, method, path, headers=None, body=None):
        """(status, code); the status is 0 when there was no answer."""
        connection = http.client.HTTPSConnection("localhost", self.port, context=self.context, timeout=60)
        headers = {"x-deliberate": "yes", **(headers or {})}
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            text = answer.read()
            return answer.status, json.loads(text).get("code") if text else None
        except (http.client.HTTPException, OSError, ValueError) as error:
            return 0, str(error)
        finally:
            connection.close()

    def log_in(self):
        connection = http.client.HTTPSConnection("localhost", self.port, context=self.context, timeout=60)
        connection.request("POST", "/v1/sessions", json.dumps(LOGIN), {"Content-Type": "application/json"})
        self.token = json.loads(connection.getresponse().read())["token"]
        connection.close()


class Operation:
    def __init__(self, contract, path, method, item):
        self.name, self.method = item["operationId"], method.upper()
        self.path = path.replace("{orderId}", "f" * 32)
        for name in ("accountId", "messageId", "lookup", "type"):
            self.path = self.path.replace("{" + name + "}", "1")
        self.has_body = "requestBody" in item
        self.needs_token = item.get("security", contract["security"]) != []
        self.needs_terminal = "403" in item["responses"] and self.name != "createEnrolment"
        self.needs_key = any("idempotencyKey" in p.get("$ref", "") for p in item["parameters"])

    def ask(self, bank, query="", kind="application/json", body=b"{}", token=True):
        headers = {"Idempotency-Key": "f" * 32} if self.needs_key else {}
        if self.needs_token and token and bank.token:
            headers["Authorization"] = f"Bearer {bank.token}"
        if self.has_body:
            headers["Content-Type"] = kind
        return bank.ask(self.method, self.path + query, headers, body if self.has_body else None)


def stranger(bank, operations):
    for o in operations:
        if o.needs_terminal:
            yield o, "without a certificate", o.ask(bank), (403, "terminal-unknown")


def known(bank, operations):
    bank.log_in()
    for o in operations:
        if o.needs_token:
            yield o, "without a token", o.ask(bank, token=False), (401, "session-expired")
        yield o, "with a parameter that it lacks", o.ask(bank, query="?fish=1"), (400, "query-unknown")
        if o.has_body:
            yield o, "without a required field", o.ask(bank), (400, "field-missing")
            yield o, "with a text", o.ask(bank, kind="text/plain", body=b"hello"), (415, "body-type")
            long = json.dumps({"x": "x" * BODY_MAX}).encode()
            yield o, "with too long a body", o.ask(bank, body=long), (413, "body-too-long")
        if o.name == "createEnrolment":
            junk = json.dumps({**ENROLMENT, "certificateRequest": "junk"}).encode()
            yield o, "for no key", o.ask(bank, body=junk), (422, "request-unfit")
        if o.name in ("getOrder", "voidOrder", "sendCode"):
            o.path = o.path.replace("f" * 32, "fish")
            yield o, "of no key", o.ask(bank), (404, "order-unknown")


def busy(bank, operations):
    for o in operations:
        for _ in range(TRIES):
            got = o.ask(bank)
            if got[0] == 429:
                break
        yield o, "too often", got, (429, "too-many-requests")


def broken(bank, operations):
    for o in operations:
        body = json.dumps(ENROLMENT if o.name == "createEnrolment" else LOGIN).encode()
        yield o, "of a bank without books", o.ask(bank, body=body), (503, "bank-busy")


def main(contract_path, port, ca, what):
    contract = yaml.safe_load(open(contract_path))
    operations = [Operation(contract, path, method, item[method])
                  for path, item in contract["paths"].items() for method in item if method in METHODS]
    bank, failed = Bank(int(port), ca), 0
    for o, how, got, want in globals()[what](bank, operations):
        failed += got != want
        print(f"{'ok' if got == want else 'not ok'} - {o.name} {how}: {want[0]} {want[1]}")
        if got != want:
            print(f"# {got[0]} {got[1]}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
