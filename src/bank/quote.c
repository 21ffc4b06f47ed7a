/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bank/quote.h"

#include <cjson/cJSON.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "bank/ledger.h"
#include "bank/order_form.h"
#include "base/json.h"

int quoting_init(struct quoting *q, struct store *s, int64_t now, int64_t customer)
{
	*q = (struct quoting){ .store = s, .now = now, .customer = customer };
	return business_date(s, &q->date);
}

int quote_plan(struct quoting *q, const struct order_family *family, const char **ret_name)
{
	int r;

	*ret_name = NULL;
	*q->plan = (struct plan){ 0 };
	if (!cJSON_IsObject(q->instruction))
		return -EINVAL;
	q->plan->valid_until = instant_from(q->date + 1, 0, ZONE_CHINA);
	r = family->quote(q);
	if (r < 0)
		return r == -ENOMEM || r == -ENOSPC || r == -EBUSY ? r : -EIO;
	r = form_end(q, family, ret_name);
	return q->plan->failed ? -ENOMEM : r;
}

static char *copy(const char *s, bool *failed)
{
	char *c = s ? strdup(s) : NULL;

	*failed = *failed || (s && !c);
	return c;
}

static char *text_of(const struct said *said, const struct catalogue *c, bool *failed)
{
	char *text = said_text(said, c);

	*failed = *failed || (said->text && !text);
	return text;
}

static struct field_error *error_render(const struct plan_field *f, const struct catalogue *c, bool *failed)
{
	struct field_error *e = calloc(1, sizeof(*e));
	char path[80];

	if (!e) {
		*failed = true;
		return NULL;
	}
	snprintf(path, sizeof(path), "/instruction/%s", f->spec->name);
	e->path = copy(path, failed);
	e->code = copy(f->error, failed);
	e->detail = text_of(&f->error_text, c, failed);
	return e;
}

static void choices_render(const struct plan_field *f, const struct catalogue *c, struct form_field *ret, bool *failed)
{
	if (!f->choices_count)
		return;
	ret->choices = calloc(f->choices_count, sizeof(*ret->choices));
	if (!ret->choices) {
		*failed = true;
		return;
	}
	ret->choices_count = f->choices_count;
	for (size_t i = 0; i < f->choices_count; i++) {
		ret->choices[i].value = copy(f->choices[i].value, failed);
		ret->choices[i].title = text_of(&f->choices[i].title, c, failed);
		ret->choices[i].detail = text_of(&f->choices[i].detail, c, failed);
	}
}

static void field_render(const struct plan *p, const struct plan_field *f, const struct catalogue *c,
			 struct form_field *ret, bool *failed)
{
	ret->name = copy(f->spec->name, failed);
	ret->kind = f->spec->kind;
	ret->title = copy(catalogue_get(c, f->spec->title), failed);
	ret->hint = f->spec->hint ? copy(catalogue_get(c, f->spec->hint), failed) : NULL;
	ret->is_required = f->is_required;
	ret->value = f->value ? cJSON_Duplicate(f->value, true) : NULL;
	*failed = *failed || (f->value && !ret->value);
	ret->display = text_of(&f->display, c, failed);
	ret->max_length = f->spec->max_length;
	if (f->spec->kind == FIELD_KIND_AMOUNT)
		ret->currency = copy(p->currency[0] ? p->currency : "CNY", failed);
	ret->lookup = copy(f->spec->lookup, failed);
	choices_render(f, c, ret, failed);
	if (f->error)
		ret->error = error_render(f, c, failed);
}

static void line_render(const struct plan *p, const struct plan_line *line, const struct catalogue *c,
			struct review_line *ret, bool *failed)
{
	ret->name = copy(line->name, failed);
	ret->label = copy(catalogue_get(c, line->label), failed);
	ret->text = text_of(&line->text, c, failed);
	ret->kind = (int)line->kind;
	if (line->kind == REVIEW_KIND_AMOUNT || line->kind == REVIEW_KIND_FEE || line->kind == REVIEW_KIND_TOTAL) {
		ret->amount.minor = line->amount;
		memcpy(ret->amount.currency, p->currency, sizeof(p->currency));
	}
}

int quote_review(const struct plan *p, const struct catalogue *language, struct review_line **ret, size_t *ret_count)
{
	struct review_line *list = calloc(p->lines_count + 1, sizeof(*list));
	bool failed = !list;

	for (size_t i = 0; list && i < p->lines_count; i++)
		line_render(p, &p->lines[i], language, &list[i], &failed);
	if (failed) {
		for (size_t i = 0; list && i < p->lines_count; i++)
			json_release(&list[i], &review_line_json);
		free(list);
		return -ENOMEM;
	}
	*ret = list;
	*ret_count = p->lines_count;
	return 0;
}

static void warnings_render(const struct plan *p, const struct catalogue *c, struct quote *ret, bool *failed)
{
	ret->warnings = calloc(p->warnings_count + 1, sizeof(*ret->warnings));
	if (!ret->warnings) {
		*failed = true;
		return;
	}
	ret->warnings_count = p->warnings_count;
	for (size_t i = 0; i < p->warnings_count; i++) {
		ret->warnings[i].code = copy(p->warnings[i].code, failed);
		ret->warnings[i].text = text_of(&p->warnings[i].text, c, failed);
	}
}

static void needs_render(const struct plan *p, const struct quote_view *view, struct quote *ret, bool *failed)
{
	ret->needs = calloc(p->needs_count + 1, sizeof(*ret->needs));
	if (!ret->needs) {
		*failed = true;
		return;
	}
	ret->needs_count = p->needs_count;
	for (size_t i = 0; i < p->needs_count; i++) {
		ret->needs[i].kind = (int)p->needs[i].kind;
		ret->needs[i].by = (int)p->needs[i].by;
		ret->needs[i].status = NEED_STATUS_OPEN;
		if (p->needs[i].by == NEED_BY_CODE)
			ret->needs[i].hint = copy(view->code_hint, failed);
	}
}

static void complete_render(struct plan *p, const struct order_family *family, const struct quote_view *view,
			    int64_t now, struct quote *ret, bool *failed)
{
	char terms[SHA256_HEX];

	*failed = *failed || quote_review(p, view->language, &ret->review, &ret->review_count);
	warnings_render(p, view->language, ret, failed);
	needs_render(p, view, ret, failed);
	if (p->currency[0]) {
		ret->total.minor = p->total;
		ret->fee.minor = p->fee;
		memcpy(ret->total.currency, p->currency, sizeof(p->currency));
		memcpy(ret->fee.currency, p->currency, sizeof(p->currency));
	}
	ret->execution = p->delay ? now + p->delay : p->execution;
	ret->valid_until = p->valid_until;
	plan_terms(p, family->type, terms);
	ret->terms = copy(terms, failed);
}

int quote_render(struct plan *p, const struct order_family *family, const struct quote_view *view, int64_t now,
		 struct quote *ret)
{
	struct quote q;
	bool failed = false;

	json_init(&q, &quote_json);
	q.type = copy(family->type, &failed);
	q.title = copy(catalogue_get(view->language, family->title), &failed);
	q.is_complete = p->is_complete;
	q.fields = calloc(p->fields_count + 1, sizeof(*q.fields));
	if (q.fields) {
		q.fields_count = p->fields_count;
		for (size_t i = 0; i < p->fields_count; i++)
			field_render(p, &p->fields[i], view->language, &q.fields[i], &failed);
	}
	if (q.is_complete)
		complete_render(p, family, view, now, &q, &failed);
	if (failed || !q.fields) {
		json_release(&q, &quote_json);
		return -ENOMEM;
	}
	*ret = q;
	return 0;
}

int quote_errors(const struct plan *p, const struct catalogue *language, struct field_error **ret, size_t *ret_count)
{
	struct field_error *list = calloc(p->fields_count + 1, sizeof(*list));
	bool failed = !list;
	size_t n = 0;

	for (size_t i = 0; list && i < p->fields_count; i++) {
		struct plan_field f = p->fields[i];
		struct field_error *e;

		if (!f.error && (f.value || !f.is_required))
			continue;
		if (!f.error) {
			f.error = "field-missing";
			f.error_text = (struct said){ .text = (char *)N_("Please fill this in.") };
		}
		e = error_render(&f, language, &failed);
		if (e)
			list[n++] = *e;
		free(e);
	}
	if (failed) {
		for (size_t i = 0; i < n; i++)
			json_release(&list[i], &field_error_json);
		free(list);
		return -ENOMEM;
	}
	*ret = list;
	*ret_count = n;
	return 0;
}
