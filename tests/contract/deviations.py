# SPDX-License-Identifier: GPL-3.0-or-later
"""Seeded deviations: each changes a copy of contract or code in one place, and all must be reported."""

SCHEMA = "#/components/schemas/"


def drop_path(contract, dump):
    contract["paths"].pop("/v1/accounts")


def add_path(contract, dump):
    contract["paths"]["/v1/secrets"] = {"get": {"responses": {"200": {}}}}


def drop_method(contract, dump):
    contract["paths"]["/v1/sessions/current"].pop("delete")


def drop_route(contract, dump):
    dump["routes"].pop(0)


def add_route(contract, dump):
    dump["routes"].append(dict(dump["routes"][0], path="/v1/back-door"))


def open_route(contract, dump):
    next(r for r in dump["routes"] if r["access"] == "session")["access"] = "anyone"


def change_body(contract, dump):
    next(r for r in dump["routes"] if r["body"])["body"] = None


def add_query(contract, dump):
    dump["routes"][0]["query"].append("debug")


def drop_key(contract, dump):
    for route in dump["routes"]:
        route["needsKey"] = not route["needsKey"]


def drop_schema(contract, dump):
    contract["components"]["schemas"].pop("Entry")


def drop_table(contract, dump):
    dump["tables"].pop()


def rename_field(contract, dump):
    properties = contract["components"]["schemas"]["Account"]["properties"]
    properties["Balance"] = properties.pop("balance")


def loosen_field(contract, dump):
    contract["components"]["schemas"]["Account"]["required"].remove("balance")


def tighten_table(contract, dump):
    for table in dump["tables"]:
        for field in table["fields"]:
            field["required"] = True


def add_enum_value(contract, dump):
    contract["components"]["schemas"]["Account"]["properties"]["status"]["enum"].append("lost")


def swap_enum_values(contract, dump):
    next(f for t in dump["tables"] for f in t["fields"] if len(f["enum"]) > 1)["enum"].reverse()


def change_type(contract, dump):
    contract["components"]["schemas"]["Account"]["properties"]["entryCount"] = {"type": "string", "maxLength": 256}


def change_length(contract, dump):
    contract["components"]["schemas"]["Payee"]["properties"]["name"]["maxLength"] = 255


def change_list(contract, dump):
    contract["components"]["schemas"]["OrderList"]["properties"]["orders"]["maxItems"] = 99


def widen_amount(contract, dump):
    contract["components"]["schemas"]["Amount"]["required"].remove("currency")


def orphan_schema(contract, dump):
    contract["components"]["schemas"]["Orphan"] = {"type": "object", "properties": {}}
    dump["tables"].append({"name": "Orphan", "fields": []})


def extra_rule(contract, dump):
    contract["components"]["schemas"]["Account"]["additionalProperties"] = {"type": "string"}


def drop_answer(contract, dump):
    contract["paths"]["/v1/accounts"]["get"]["responses"].pop("401")


def drop_code(contract, dump):
    schema = contract["components"]["schemas"]["ProblemCode"]
    schema["enum"].remove("terms-changed")
    schema["x-enumDescriptions"].pop("terms-changed")


def add_code(contract, dump):
    schema = contract["components"]["schemas"]["FieldErrorCode"]
    schema["enum"].append("field-strange")
    schema["x-enumDescriptions"]["field-strange"] = "Strange."


def answer_code(contract, dump):
    dump["codes"]["StateReasonCode"]["because"] = set()


def change_status(contract, dump):
    dump["codes"]["ProblemCode"]["pin-wrong"] = {401}


def mute_code(contract, dump):
    contract["components"]["schemas"]["WarningCode"]["x-enumDescriptions"].clear()


def book_code(contract, dump):
    dump["booked"].add("gift")


def client_code(contract, dump):
    dump["clientCodes"].add("order-strange")


def tell_field(contract, dump):
    dump["told"]["field"].add("secretField")


def tell_path(contract, dump):
    dump["told"]["path"].add("/v1/orders/fish/fries")


def free_code(contract, dump):
    contract["components"]["schemas"]["Problem"]["properties"]["code"]["$ref"] = SCHEMA + "Amount"


DEVIATIONS = [drop_path, add_path, drop_method, drop_route, add_route, open_route, change_body, add_query, drop_key,
              drop_schema, drop_table, rename_field, loosen_field, tighten_table, add_enum_value, swap_enum_values,
              change_type, change_length, change_list, widen_amount, orphan_schema, extra_rule, drop_answer, drop_code,
              add_code, answer_code, change_status, mute_code, book_code, client_code, free_code, tell_field, tell_path]
