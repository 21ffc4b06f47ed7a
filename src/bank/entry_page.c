/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bank/entry_page.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/macros.h"
#include "base/text.h"

static const struct { const char *kind, *title; } titles[] = {
	{ "bill", N_("Bill") },           { "cash", N_("Cash") },
	{ "collection", N_("Received") }, { "fee", N_("Fee") },
	{ "interest", N_("Interest") },   { "opening", N_("Balance carried forward") },
	{ "pension", N_("Pension") },     { "purchase", N_("Purchase") },
	{ "refund", N_("Refund") },       { "return", N_("Payment returned") },
	{ "salary", N_("Salary") },       { "settlement", N_("Settlement") },
	{ "transfer", N_("Transfer") },
};

const char *entry_title(const char *kind)
{
	for (size_t i = 0; i < COUNT(titles); i++)
		if (!strcmp(titles[i].kind, kind))
			return titles[i].title;
	return kind;
}

/* The smallest sequence whose business date is not before `date`; total + 1 when there is none. */
static int sequence_from(struct store *s, const struct entry_query *q, date_days date, int64_t *ret)
{
	int64_t low = 1, high = q->total + 1;

	while (low < high) {
		int64_t middle = low + (high - low) / 2;
		struct statement *sql = store_sql(s,
			"SELECT business_date FROM entry WHERE account = :account AND sequence = :sequence");
		int r;

		bind_int(sql, ":account", q->account);
		bind_int(sql, ":sequence", middle);
		r = statement_step(sql);
		if (r <= 0)
			return r ? r : -EIO;
		if (column_int(sql, 0) >= date)
			high = middle;
		else
			low = middle + 1;
		statement_reset(sql);
	}
	*ret = low;
	return 0;
}

/* Where a page begins, and which way it is read. */
struct walk {
	int64_t low, high;  /* the sequences that the dates allow; low > high: none */
	int64_t start;      /* the first to be read */
	int step;           /* -1 towards older, 1 towards newer */
	int64_t last;       /* the last that was read */
	bool has_read;
};

static int walk_bounds(struct store *s, const struct entry_query *q, struct walk *w)
{
	int r = 0;

	w->low = 1;
	w->high = q->total;
	if (q->from != DATE_NONE)
		r = sequence_from(s, q, q->from, &w->low);
	if (!r && q->to != DATE_NONE)
		r = sequence_from(s, q, q->to + 1, &w->high);
	if (!r && q->to != DATE_NONE)
		w->high--;
	return r;
}

/* A cursor is 'o' or 'n' and the sequence to go on with. */
static int walk_start(const struct entry_query *q, struct walk *w)
{
	char *end;

	w->step = q->oldest_first ? 1 : -1;
	w->start = q->oldest_first ? w->low : w->high;
	if (!q->cursor)
		return 0;
	if ((q->cursor[0] != 'o' && q->cursor[0] != 'n') || q->cursor[1] < '1' || q->cursor[1] > '9' ||
	    strlen(q->cursor) > 19)
		return -EINVAL;
	w->step = q->cursor[0] == 'o' ? -1 : 1;
	w->start = strtoll(q->cursor + 1, &end, 10);
	if (*end)
		return -EINVAL;
	if (w->step < 0 && w->start > w->high)
		w->start = w->high;
	if (w->step > 0 && w->start < w->low)
		w->start = w->low;
	return 0;
}

/* What a search looks for, prepared once. */
struct matcher {
	const char *text; /* NULL: everything matches */
	int64_t amount;   /* minor units; 0: the text is no amount */
	bool kinds[COUNT(titles)];
};

static void matcher_init(struct matcher *m, const struct entry_query *q)
{
	struct money amount;

	*m = (struct matcher){ .text = q->search };
	if (!q->search)
		return;
	if (!money_parse_typed(q->search, q->currency, &amount, NULL))
		m->amount = amount.minor;
	for (size_t i = 0; i < COUNT(titles); i++)
		m->kinds[i] = text_contains(catalogue_get(q->language, titles[i].title), q->search);
}

enum { COLUMN_SEQUENCE, COLUMN_POSTING, COLUMN_LINE, COLUMN_AMOUNT, COLUMN_BALANCE, COLUMN_BOOKED, COLUMN_DATE,
       COLUMN_KIND, COLUMN_PARTY, COLUMN_PARTY_ACCOUNT, COLUMN_REMITTANCE };
#define ENTRY_COLUMNS \
	"sequence, posting, line, amount, balance, booked, business_date, kind, party, party_account, remittance"

static bool column_contains(struct statement *sql, int column, const char *text)
{
	const char *value = column_text(sql, column);

	return value && text_contains(value, text);
}

static bool matches(const struct matcher *m, struct statement *sql)
{
	const char *kind = column_text(sql, COLUMN_KIND);

	if (!m->text || column_contains(sql, COLUMN_PARTY, m->text) || column_contains(sql, COLUMN_REMITTANCE, m->text))
		return true;
	if (m->amount && llabs(column_int(sql, COLUMN_AMOUNT)) == m->amount)
		return true;
	for (size_t i = 0; i < COUNT(titles); i++)
		if (m->kinds[i] && !strcmp(kind, titles[i].kind))
			return true;
	return false;
}

/* The order that booked it, when it is this customer's: the other side's order is the other side's. */
static int order_key(struct store *s, int64_t posting, int64_t customer, char **ret)
{
	struct statement *sql = store_sql(s, "SELECT r.key FROM posting p JOIN request r ON r.id = p.orders "
					     "WHERE p.id = :posting AND r.customer = :customer");
	int r;

	bind_int(sql, ":posting", posting);
	bind_int(sql, ":customer", customer);
	r = statement_step(sql);
	if (r <= 0)
		return r;
	*ret = strdup(column_text(sql, 0));
	statement_reset(sql);
	return *ret ? 0 : -ENOMEM;
}

static struct money money_of(int64_t minor, const char *currency)
{
	struct money m = { .minor = minor < 0 ? -minor : minor };

	snprintf(m.currency, sizeof(m.currency), "%s", currency);
	return m;
}

static char *copy(const char *s)
{
	return s ? strdup(s) : NULL;
}

static int entry_take(struct store *s, struct statement *sql, const struct entry_query *q, struct entry *e)
{
	int64_t posting = column_int(sql, COLUMN_POSTING), amount = column_int(sql, COLUMN_AMOUNT);
	int64_t balance = column_int(sql, COLUMN_BALANCE);
	const char *account = column_text(sql, COLUMN_PARTY_ACCOUNT), *kind = column_text(sql, COLUMN_KIND);

	if (asprintf(&e->id, "%" PRId64 ".%d", posting, (int)column_int(sql, COLUMN_LINE)) < 0) {
		e->id = NULL;
		return -ENOMEM;
	}
	e->sequence = (int)column_int(sql, COLUMN_SEQUENCE);
	e->amount = money_of(amount, q->currency);
	e->side = amount < 0 ? SIDE_DEBIT : SIDE_CREDIT;
	e->balance = money_of(balance, q->currency);
	e->balance_side = balance < 0 ? SIDE_DEBIT : SIDE_CREDIT;
	e->booked = column_int(sql, COLUMN_BOOKED);
	e->business_date = (date_days)column_int(sql, COLUMN_DATE);
	e->kind = copy(kind);
	e->title = copy(catalogue_get(q->language, entry_title(kind)));
	e->party = copy(column_text(sql, COLUMN_PARTY));
	e->party_account = account ? text_mask_tail(account, 4) : NULL;
	e->text = copy(column_text(sql, COLUMN_REMITTANCE));
	if (!e->kind || !e->title)
		return -ENOMEM;
	return order_key(s, posting, q->customer, &e->order_id);
}

static struct statement *walk_statement(struct store *s, const struct entry_query *q, const struct walk *w)
{
	struct statement *sql = w->step < 0 ?
		store_sql(s, "SELECT " ENTRY_COLUMNS " FROM entry WHERE account = :account AND sequence <= :start"
			     " AND sequence >= :end ORDER BY sequence DESC LIMIT :limit") :
		store_sql(s, "SELECT " ENTRY_COLUMNS " FROM entry WHERE account = :account AND sequence >= :start"
			     " AND sequence <= :end ORDER BY sequence LIMIT :limit");

	bind_int(sql, ":account", q->account);
	bind_int(sql, ":start", w->start);
	bind_int(sql, ":end", w->step < 0 ? w->low : w->high);
	bind_int(sql, ":limit", q->search ? SEARCH_MAX : q->limit);
	return sql;
}

static int walk_read(struct store *s, const struct entry_query *q, struct walk *w, struct entry_page *page)
{
	struct statement *sql = walk_statement(s, q, w);
	struct matcher m;
	int r = 0, more;

	matcher_init(&m, q);
	while ((more = statement_step(sql)) > 0 && page->entries_count < (size_t)q->limit) {
		w->last = column_int(sql, COLUMN_SEQUENCE);
		w->has_read = true;
		page->scanned_to = (date_days)column_int(sql, COLUMN_DATE);
		if (!matches(&m, sql))
			continue;
		r = entry_take(s, sql, q, &page->entries[page->entries_count++]);
		if (r)
			break;
	}
	statement_reset(sql);
	return more < 0 ? more : r;
}

static int cursor_make(char kind, int64_t sequence, char **ret)
{
	if (asprintf(ret, "%c%" PRId64, kind, sequence) >= 0)
		return 0;
	*ret = NULL;
	return -ENOMEM;
}

/* What was read is start..last; the page goes on beyond either end of that while the dates allow. */
static int page_cursors(const struct entry_query *q, const struct walk *w, struct entry_page *page)
{
	int64_t oldest = w->step < 0 ? w->last : w->start, newest = w->step < 0 ? w->start : w->last;
	int r = 0;

	if (!w->has_read) {
		page->scanned_to = DATE_NONE;
		return 0;
	}
	if (oldest > w->low)
		r = cursor_make('o', oldest - 1, &page->older);
	if (!r && newest < w->high)
		r = cursor_make('n', newest + 1, &page->newer);
	if (!q->search || (w->step < 0 ? oldest <= w->low : newest >= w->high))
		page->scanned_to = DATE_NONE;
	return r;
}

static void page_reverse(struct entry_page *page)
{
	for (size_t i = 0, j = page->entries_count; i + 1 < j; i++) {
		struct entry swap = page->entries[i];

		page->entries[i] = page->entries[--j];
		page->entries[j] = swap;
	}
}

int entry_page_read(struct store *s, const struct entry_query *q, struct entry_page *ret)
{
	struct walk w = { .low = 1 };
	struct entry_page page;
	int r = walk_bounds(s, q, &w);

	if (!r)
		r = walk_start(q, &w);
	if (r)
		return r;
	json_init(&page, &entry_page_json);
	page.total = (int)q->total;
	page.entries = calloc((size_t)q->limit, sizeof(*page.entries));
	r = page.entries ? 0 : -ENOMEM;
	if (!r && w.low <= w.high)
		r = walk_read(s, q, &w, &page);
	if (!r)
		r = page_cursors(q, &w, &page);
	if (r) {
		json_release(&page, &entry_page_json);
		return r;
	}
	if ((w.step > 0) != q->oldest_first)
		page_reverse(&page);
	*ret = page;
	return 0;
}
