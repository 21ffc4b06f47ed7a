/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bank/plan.h"

#include <cjson/cJSON.h>
#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "base/json.h"

static void plan_field_release(struct plan_field *f)
{
	for (size_t i = 0; i < f->choices_count; i++) {
		free(f->choices[i].value);
		said_release(&f->choices[i].title);
		said_release(&f->choices[i].detail);
	}
	free(f->choices);
	said_release(&f->display);
	said_release(&f->error_text);
}

void plan_release(struct plan *p)
{
	for (size_t i = 0; i < p->fields_count; i++)
		plan_field_release(&p->fields[i]);
	for (size_t i = 0; i < p->lines_count; i++)
		said_release(&p->lines[i].text);
	for (size_t i = 0; i < p->warnings_count; i++)
		said_release(&p->warnings[i].text);
	free(p->note);
	free(p->review);
	*p = (struct plan){ 0 };
}

struct plan_line *plan_line(struct plan *p, const char *name, const char *label, enum review_kind kind)
{
	if (p->lines_count == PLAN_LINES) {
		p->failed = true;
		return NULL;
	}
	p->lines[p->lines_count] = (struct plan_line){ .name = name, .label = label, .kind = kind };
	return &p->lines[p->lines_count++];
}

struct plan_warning *plan_warning(struct plan *p, const char *code)
{
	if (p->warnings_count == PLAN_WARNINGS) {
		p->failed = true;
		return NULL;
	}
	p->warnings[p->warnings_count] = (struct plan_warning){ .code = code };
	return &p->warnings[p->warnings_count++];
}

struct plan_choice *plan_choice(struct plan *p, struct plan_field *f, const char *value)
{
	struct plan_choice *choices = reallocarray(f->choices, f->choices_count + 1, sizeof(*choices));
	char *copy = strdup(value);

	if (choices)
		f->choices = choices;
	if (!choices || !copy) {
		free(copy);
		p->failed = true;
		return NULL;
	}
	choices[f->choices_count] = (struct plan_choice){ .value = copy };
	return &choices[f->choices_count++];
}

void plan_need(struct plan *p, enum need_kind kind, enum need_by by)
{
	if (p->needs_count == PLAN_NEEDS)
		p->failed = true;
	else
		p->needs[p->needs_count++] = (struct plan_need){ kind, by };
}

void plan_check(struct plan *p, int r)
{
	if (r)
		p->failed = true;
}

char *plan_show(const struct plan *p, int64_t minor, char buf[MONEY_TEXT_MAX])
{
	struct money m = { .minor = minor };

	memcpy(m.currency, p->currency, sizeof(m.currency));
	return money_show_sign(&m, buf);
}

void plan_amount(struct plan *p, const char *name, const char *label, enum review_kind kind, int64_t minor)
{
	struct plan_line *line = plan_line(p, name, label, kind);
	char text[MONEY_TEXT_MAX];

	if (!line)
		return;
	line->amount = minor;
	plan_check(p, said_data(&line->text, plan_show(p, minor, text), NULL));
}

void plan_text(struct plan *p, const char *name, const char *label, enum review_kind kind, const char *text)
{
	struct plan_line *line = plan_line(p, name, label, kind);

	if (line)
		plan_check(p, said_data(&line->text, text, NULL));
}

static void review_write(const struct plan *p, struct buf *out)
{
	buf_putc(out, '[');
	for (size_t i = 0; i < p->lines_count; i++) {
		const struct plan_line *line = &p->lines[i];

		buf_puts(out, i ? ",{\"n\":" : "{\"n\":");
		json_write_text(line->name, out);
		buf_puts(out, ",\"l\":");
		json_write_text(line->label, out);
		buf_printf(out, ",\"k\":%d,\"s\":", (int)line->kind);
		said_write(&line->text, out);
		if (line->kind == REVIEW_KIND_AMOUNT || line->kind == REVIEW_KIND_FEE ||
		    line->kind == REVIEW_KIND_TOTAL)
			buf_printf(out, ",\"m\":\"%" PRId64 "\"", line->amount);
		buf_putc(out, '}');
	}
	buf_putc(out, ']');
}

const char *plan_review(struct plan *p)
{
	struct buf out;

	if (p->review)
		return p->review;
	buf_init(&out, 0);
	review_write(p, &out);
	p->review = buf_detach(&out);
	p->failed = p->failed || !p->review;
	return p->review;
}

/* Strings, which most values are, need no printer. */
static void terms_write_value(const struct cJSON *value, struct buf *out)
{
	char *text;

	if (cJSON_IsString(value)) {
		json_write_text(value->valuestring, out);
		return;
	}
	text = cJSON_PrintUnformatted(value);
	if (!text)
		out->failed = true;
	else
		buf_puts(out, text);
	cJSON_free(text);
}

static void terms_write(struct plan *p, const char *type, struct buf *out)
{
	buf_printf(out, "%s\n", type);
	for (size_t i = 0; i < p->fields_count; i++) {
		if (!p->fields[i].value)
			continue;
		buf_printf(out, "%s=", p->fields[i].spec->name);
		terms_write_value(p->fields[i].value, out);
		buf_putc(out, '\n');
	}
	buf_puts(out, plan_review(p) ? plan_review(p) : "");
	buf_printf(out, "\n%s %" PRId64 " %" PRId64 " %" PRId64 " %" PRId64 "\n", p->currency, p->total, p->fee,
		   p->delay, p->execution);
	for (size_t i = 0; i < p->warnings_count; i++) {
		buf_printf(out, "%s=", p->warnings[i].code);
		said_write(&p->warnings[i].text, out);
		buf_putc(out, '\n');
	}
	for (size_t i = 0; i < p->needs_count; i++)
		buf_printf(out, "%d %d\n", (int)p->needs[i].kind, (int)p->needs[i].by);
}

void plan_terms(struct plan *p, const char *type, char ret[SHA256_HEX])
{
	struct buf out;

	buf_init(&out, 0);
	terms_write(p, type, &out);
	if (out.failed || p->failed)
		ret[0] = '\0'; /* equal to no terms that anybody can send */
	else
		sha256_hex(out.data, out.len, ret);
	buf_release(&out);
}
