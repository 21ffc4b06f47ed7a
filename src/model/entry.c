/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/entry.h"

#include "model/fields.h"

static const struct json_field entry_fields[] = {
	REQUIRED(entry, id, "entryId", JSON_TEXT),
	REQUIRED(entry, sequence, "sequence", JSON_INT),
	REQUIRED(entry, amount, "amount", JSON_MONEY),
	REQUIRED(entry, side, "creditDebitIndicator", JSON_ENUM, .names = side_names),
	REQUIRED(entry, balance, "balance", JSON_MONEY),
	REQUIRED(entry, balance_side, "balanceIndicator", JSON_ENUM, .names = side_names),
	REQUIRED(entry, booked, "bookingDateTime", JSON_INSTANT),
	REQUIRED(entry, business_date, "businessDate", JSON_DATE),
	REQUIRED(entry, kind, "transactionCode", JSON_TEXT),
	REQUIRED(entry, title, "title", JSON_TEXT),
	OPTIONAL(entry, party, "counterpartyName", JSON_TEXT),
	OPTIONAL(entry, party_account, "counterpartyAccount", JSON_TEXT),
	OPTIONAL(entry, text, "remittanceInformation", JSON_TEXT, .max = 400),
	OPTIONAL(entry, order_id, "orderId", JSON_TEXT),
};
const struct json_table entry_json = TABLE("Entry", entry);

static const struct json_field entry_page_fields[] = {
	REQUIRED(entry_page, entries, "entries", JSON_LIST, .sub = &entry_json, .max = 200),
	OPTIONAL(entry_page, older, "olderCursor", JSON_TEXT),
	OPTIONAL(entry_page, newer, "newerCursor", JSON_TEXT),
	OPTIONAL(entry_page, scanned_to, "searchedTo", JSON_DATE),
	REQUIRED(entry_page, total, "entryCount", JSON_INT),
};
const struct json_table entry_page_json = TABLE("EntryPage", entry_page);
