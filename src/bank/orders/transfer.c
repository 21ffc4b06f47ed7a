/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Transfers planned: between own accounts, to others at this bank, to other banks. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "bank/ledger.h"
#include "bank/orders/creditor.h"
#include "bank/orders/dispatch.h"
#include "bank/orders/orders.h"
#include "bank/orders/transfer.h"
#include "bank/payee.h"
#include "base/macros.h"

static const struct field_spec fields[] = {
	{ .name = "debtorAccount", .kind = FIELD_KIND_ACCOUNT, .title = N_("From account") },
	{ .name = "creditor", .kind = FIELD_KIND_PAYEE, .title = N_("To") },
	{ .name = "creditorAgent", .kind = FIELD_KIND_LOOKUP, .title = N_("Payee's bank"), .lookup = "banks" },
	{ .name = "creditorAccount",
	  .kind = FIELD_KIND_ACCOUNT_NUMBER,
	  .title = N_("Payee's account"),
	  .max_length = 40 },
	{ .name = "creditorName", .kind = FIELD_KIND_NAME, .title = N_("Payee's name"), .max_length = 60 },
	{ .name = "instructedAmount", .kind = FIELD_KIND_AMOUNT, .title = N_("Amount") },
	{ .name = "serviceLevel", .kind = FIELD_KIND_CHOICE, .title = N_("How fast") },
	{ .name = "remittanceInformation",
	  .kind = FIELD_KIND_TEXT,
	  .title = N_("Message to the payee"),
	  .max_length = 60 },
	{ .name = "savePayee", .kind = FIELD_KIND_BOOLEAN, .title = N_("Keep this payee") },
};

/* What one quote works with. */
struct transfer {
	struct quoting *q;
	struct plan_field *debtor_field, *creditor_field, *amount_field;
	struct own_account debtor;
	struct creditor creditor;
	int64_t amount;
	char remittance[FORM_TEXT_MAX];
	bool has_debtor, has_creditor, has_amount, is_new, is_saved;
	const struct service *service; /* outside only */
	struct dispatch dispatch;
	int64_t fee;
};

static int read_debtor(struct transfer *t)
{
	char id[FORM_TEXT_MAX];
	int r;

	t->debtor_field = form_field(t->q, &transfer_family, "debtorAccount", true);
	r = t->q->for_form ? own_account_choices(t->q, t->debtor_field, "", 0) : 0;
	memcpy(t->q->plan->currency, "CNY", 4);
	if (r || !form_text(t->q, t->debtor_field, id))
		return r;
	r = own_account_find(t->q, id, &t->debtor);
	if (r < 0)
		return r;
	if (r == 0)
		form_error(t->q, t->debtor_field, "account-unknown", N_("Please choose one of your accounts."), NULL);
	else if (!t->debtor.is_enabled && !t->q->agreed)
		form_error(t->q, t->debtor_field, "account-blocked",
			   N_("This account cannot be used now. Please ask the bank."), NULL);
	t->has_debtor = r && (t->debtor.is_enabled || t->q->agreed);
	if (t->has_debtor)
		memcpy(t->q->plan->currency, t->debtor.currency, sizeof(t->debtor.currency));
	return 0;
}

static int creditor_choices(struct transfer *t)
{
	struct plan_choice *choice;
	int r = own_account_choices(t->q, t->creditor_field, "own:", t->debtor.id);

	if (!r)
		r = payee_choices(t->q, t->creditor_field, "payee:");
	choice = r || !t->creditor_field ? NULL : plan_choice(t->q->plan, t->creditor_field, "new");
	if (choice)
		plan_check(t->q->plan, said_set(&choice->title, N_("Somebody new"), NULL));
	return r;
}

static int read_own_creditor(struct transfer *t, const char *id)
{
	int r = own_account_find(t->q, id, &t->creditor.own);

	if (r < 0)
		return r;
	t->creditor.kind = CREDITOR_OWN;
	memcpy(t->creditor.number, t->creditor.own.number, sizeof(t->creditor.own.number));
	if (r == 0)
		form_error(t->q, t->creditor_field, "account-unknown", N_("Please choose one of your accounts."), NULL);
	t->has_creditor = r > 0;
	return 0;
}

static int read_payee_creditor(struct transfer *t, const char *id)
{
	int r = payee_creditor(t->q, id, &t->creditor);

	if (r == 0)
		form_error(t->q, t->creditor_field, "payee-unknown", N_("Please choose one of your payees."), NULL);
	if (r > 0)
		r = creditor_check(t->q, t->creditor_field, t->creditor_field, &t->creditor);
	t->has_creditor = r > 0;
	return r < 0 ? r : 0;
}

static int read_creditor(struct transfer *t)
{
	char value[FORM_TEXT_MAX];
	int r;

	t->creditor_field = form_field(t->q, &transfer_family, "creditor", true);
	r = t->q->for_form ? creditor_choices(t) : 0;
	if (r || !form_text(t->q, t->creditor_field, value))
		return r;
	if (!strncmp(value, "own:", 4))
		return read_own_creditor(t, value + 4);
	if (!strncmp(value, "payee:", 6))
		return read_payee_creditor(t, value + 6);
	if (strcmp(value, "new") != 0) {
		form_error(t->q, t->creditor_field, "choice-unknown", N_("Please choose one of the list."), NULL);
		return 0;
	}
	t->is_new = true;
	r = creditor_read(t->q, &transfer_family, &t->creditor);
	t->has_creditor = r > 0;
	return r < 0 ? r : 0;
}

static void check_same(struct transfer *t)
{
	if (t->has_debtor && t->has_creditor && t->creditor.kind != CREDITOR_OUTSIDE &&
	    !strcmp(t->debtor.number, t->creditor.number)) {
		form_error(t->q, t->creditor_field, "account-same", N_("Please choose two different accounts."), NULL);
		t->has_creditor = false;
	}
}

/* For now money is not exchanged: both sides are of one currency. */
static void check_currency(struct transfer *t)
{
	if (t->has_debtor && t->has_creditor && t->creditor.kind == CREDITOR_OWN &&
	    strcmp(t->debtor.currency, t->creditor.own.currency) != 0)
		form_error(t->q, t->creditor_field, "amount-currency", N_("This account is kept in {1}."),
			   t->creditor.own.currency);
}

static int check_limit(struct transfer *t, const char *name, int64_t used, const char *code, const char *msgid)
{
	int64_t limit;
	char text[MONEY_TEXT_MAX];
	int r = parameter_int(t->q->store, name, t->q->date, &limit);

	if (!r && t->amount > limit - used)
		form_error(t->q, t->amount_field, code, msgid,
			   plan_show(t->q->plan, limit > used ? limit - used : 0, text));
	return r;
}

/* Limits concern what goes to others. */
static int check_limits(struct transfer *t)
{
	int64_t used;
	int r;

	if (!t->has_creditor || t->creditor.kind == CREDITOR_OWN)
		return 0;
	r = check_limit(t, "transfer.limit-each", 0, "amount-over-limit", N_("One transfer may be at most {1}."));
	if (r || t->q->agreed)
		return r;
	r = daily_total(t->q->store, t->q->customer, t->q->date, "transfer", &used);
	if (!r)
		r = check_limit(t, "transfer.limit-day", used, "limit-day",
				N_("Today you can still transfer {1}."));
	return r;
}

static void service_choice(struct transfer *t, struct plan_field *f, const struct service *s)
{
	char hours[24], fee[MONEY_TEXT_MAX];
	struct plan_choice *choice = plan_choice(t->q->plan, f, s->value);
	int64_t seconds, minor = 0;

	if (!choice)
		return;
	if (service_seconds(t->q, s, &seconds) || (t->has_amount && service_fee(t->q, s, t->amount, &minor))) {
		t->q->plan->failed = true;
		return;
	}
	snprintf(hours, sizeof(hours), "%" PRId64, seconds / 3600);
	plan_check(t->q->plan, said_set(&choice->title, s->title, NULL));
	if (t->has_amount)
		plan_check(t->q->plan, said_set(&choice->detail, s->detail, hours, plan_show(t->q->plan, minor, fee),
						NULL));
}

static int read_service(struct transfer *t)
{
	struct plan_field *f;
	char value[FORM_TEXT_MAX];
	int r;

	if (!t->has_creditor || t->creditor.kind != CREDITOR_OUTSIDE)
		return 0;
	f = form_field(t->q, &transfer_family, "serviceLevel", true);
	for (size_t i = 0; f && i < services_count; i++)
		service_choice(t, f, &services[i]);
	if (!f || !form_choice(t->q, f, value) || !t->has_amount)
		return 0;
	t->service = service_find(value);
	r = service_fee(t->q, t->service, t->amount, &t->fee);
	return r ? r : dispatch_plan(t->q, t->service, t->amount, &t->dispatch);
}

static int read_amount(struct transfer *t)
{
	t->amount_field = form_field(t->q, &transfer_family, "instructedAmount", true);
	t->has_amount = form_amount(t->q, t->amount_field, t->q->plan->currency, &t->amount);
	return t->has_amount ? check_limits(t) : 0;
}

/* Advice: the ledger decides when it is posted. */
static void check_funds(struct transfer *t)
{
	int64_t available = t->debtor.available;
	char text[MONEY_TEXT_MAX];

	if (t->q->agreed || !t->has_debtor || !t->has_amount)
		return;
	if (t->amount > available || t->fee > available - t->amount)
		form_error(t->q, t->amount_field, "amount-over-available", N_("Only {1} is available, fees included."),
			   plan_show(t->q->plan, available, text));
}

static void read_rest(struct transfer *t)
{
	struct plan_field *f = form_field(t->q, &transfer_family, "remittanceInformation", false);

	form_text(t->q, f, t->remittance);
	if (t->is_new) {
		f = form_field(t->q, &transfer_family, "savePayee", false);
		form_boolean(t->q, f, &t->is_saved);
	}
}

static const char *const weekdays[] = {
	N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"), N_("Friday"), N_("Saturday"), N_("Sunday"),
};

static void plan_execution(struct transfer *t)
{
	struct plan *p = t->q->plan;
	struct plan_line *line = plan_line(p, "executionDateTime", N_("When"), REVIEW_KIND_DATE);
	const struct dispatch *d = &t->dispatch;
	char sent[INSTANT_TEXT_MAX], day[DATE_TEXT_MAX], cap[MONEY_TEXT_MAX], weekday[40], hours[24];
	struct plan_warning *warning;

	if (!line)
		return;
	p->delay = d->delay;
	p->execution = d->execution;
	if (!d->execution) {
		snprintf(hours, sizeof(hours), "%" PRId64, d->delay / 3600);
		plan_check(p,
			   said_set(&line->text, d->delay ? PLAN_DELAY_TEXT : N_("At once"),
				    hours, NULL));
		return;
	}
	instant_show(d->execution, ZONE_CHINA, sent);
	date_text(d->arrival, day);
	snprintf(weekday, sizeof(weekday), SAID_TR "%s", weekdays[date_weekday(d->arrival) - 1]);
	plan_check(p, said_set(&line->text, N_("{1} {2}, sent {3}"), weekday, day, sent, NULL));
	warning = plan_warning(p, "large-value-closed");
	if (warning)
		plan_check(p, said_set(&warning->text,
				       N_("Above {1} the large-value system is needed, which is closed now. "
					  "The payment will arrive on {2} {3}; until it is sent you can withdraw it."),
				       plan_show(p, d->cap, cap), weekday, day, NULL));
}

static void plan_accounts(struct transfer *t)
{
	struct plan_line *line = plan_line(t->q->plan, "debtorAccount", N_("From account"), REVIEW_KIND_ACCOUNT);

	if (line)
		plan_check(t->q->plan, own_account_label(&t->debtor, &line->text));
	if (t->creditor.kind != CREDITOR_OWN) {
		creditor_review(t->q, &t->creditor);
		return;
	}
	line = plan_line(t->q->plan, "creditorAccount", N_("To account"), REVIEW_KIND_ACCOUNT);
	if (line)
		plan_check(t->q->plan, own_account_label(&t->creditor.own, &line->text));
}

/* Own accounts: nobody loses anything. Others: PIN; and a code for much money or a payee never paid before. */
static int plan_needs(struct transfer *t)
{
	int64_t from;
	bool is_known;
	int r;

	if (t->creditor.kind == CREDITOR_OWN)
		return 0;
	plan_need(t->q->plan, NEED_KIND_PROOF, NEED_BY_PIN);
	r = parameter_int(t->q->store, "transfer.code-from", t->q->date, &from);
	if (!r)
		r = payee_is_known(t->q->store, t->q->customer, t->creditor.agent, t->creditor.number, &is_known);
	if (!r && (!is_known || t->amount >= from))
		plan_need(t->q->plan, NEED_KIND_PROOF, NEED_BY_CODE);
	return r;
}

/* NULL when memory is short. */
static char *customer_name(struct transfer *t)
{
	struct statement *sql = store_sql(t->q->store,
		"SELECT p.name FROM customer c JOIN person p ON p.id = c.person WHERE c.id = :id");
	char *name = NULL;

	bind_int(sql, ":id", t->q->customer);
	if (statement_step(sql) > 0)
		name = strdup(column_text(sql, 0));
	statement_reset(sql);
	return name;
}

static void plan_note(struct transfer *t)
{
	bool is_own = t->creditor.kind == CREDITOR_OWN;
	_cleanup_(free_ptr) char *name = customer_name(t);
	_cleanup_(free_ptr) char *shown = is_own ? customer_name(t) : creditor_shown_name(&t->creditor);
	struct transfer_note note = {
		.kind = (int)t->creditor.kind, .agent = t->creditor.agent, .number = t->creditor.number,
		.name = is_own ? name : t->creditor.name, .shown = shown,
		.debtor_number = t->debtor.number, .debtor_name = name,
		.remittance = t->remittance[0] ? t->remittance : NULL, .is_saved = t->is_saved,
	};
	struct buf out;

	buf_init(&out, 0);
	if (!shown || !name || json_write(&note, &transfer_note_json, &out))
		t->q->plan->failed = true;
	else
		t->q->plan->note = buf_detach(&out);
	buf_release(&out);
}

static int plan_all(struct transfer *t)
{
	struct plan *p = t->q->plan;

	p->debtor = t->debtor.id;
	p->total = t->amount + t->fee;
	p->fee = t->fee;
	plan_accounts(t);
	plan_amount(p, "instructedAmount", N_("Amount"), REVIEW_KIND_AMOUNT, t->amount);
	if (t->service) {
		plan_amount(p, "fee", N_("Fee"), REVIEW_KIND_FEE, t->fee);
		plan_amount(p, "total", N_("Total"), REVIEW_KIND_TOTAL, p->total);
		plan_execution(t);
	}
	if (t->remittance[0])
		plan_text(p, "remittanceInformation", N_("Message to the payee"), REVIEW_KIND_TEXT, t->remittance);
	if (t->creditor.kind != CREDITOR_OWN) {
		p->limit_name = "transfer";
		p->counted = t->amount;
	}
	plan_note(t);
	return plan_needs(t);
}

static int transfer_quote(struct quoting *q)
{
	struct transfer t = { .q = q };
	int r = read_debtor(&t);

	if (!r)
		r = read_creditor(&t);
	check_same(&t);
	check_currency(&t);
	if (!r)
		r = read_amount(&t);
	if (!r)
		r = read_service(&t);
	check_funds(&t);
	read_rest(&t);
	if (!r && t.creditor.kind != CREDITOR_OWN)
		r = parameter_int(q->store, "transfer.limit-day", q->date, &q->plan->limit);
	if (r || !t.has_debtor || !t.has_creditor || !t.has_amount ||
	    (t.creditor.kind == CREDITOR_OUTSIDE && !t.service))
		return r;
	return plan_all(&t);
}

const struct order_family transfer_family = {
	.type = "transfer",
	.code = "TR",
	.family = "payments",
	.title = N_("Transfer"),
	.summary = N_("Send money to your own account, to somebody at this bank or to another bank"),
	.fields = fields,
	.fields_count = COUNT(fields),
	.quote = transfer_quote,
	.post = transfer_post,
	.purpose = transfer_purpose,
	.settle = transfer_settle,
};
