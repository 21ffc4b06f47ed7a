/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Text to document. A scanner of ours walks the whole text first by the grammar of RFC 8259,
 * because cJSON takes "01", bad UTF-8, control characters and a thousand levels; only what passes
 * reaches cJSON.
 */
#include <cjson/cJSON.h>
#include <errno.h>
#include <math.h>
#include <string.h>

#include "base/catalogue.h"
#include "base/json.h"
#include "base/text.h"

#define JSON_DEPTH_MAX 64
/* Beyond 2^53 a double, and so cJSON, changes the number. */
#define JSON_NUMBER_MAX 9007199254740991.0

struct scan {
	const char *start, *at, *end;
	int depth;
	const char *wrong; /* what was expected or refused, untranslated */
};

static int scan_value(struct scan *s);

static int scan_refuse(struct scan *s, const char *wrong)
{
	s->wrong = wrong;
	return -EINVAL;
}

static void scan_space(struct scan *s)
{
	while (s->at < s->end && strchr(" \t\n\r", *s->at) && *s->at)
		s->at++;
}

static bool scan_char(struct scan *s, char c)
{
	if (s->at == s->end || *s->at != c)
		return false;
	s->at++;
	return true;
}

/* Exactly four hex digits, or -1. */
static int scan_hex4(struct scan *s)
{
	int value = 0;

	if (s->end - s->at < 4)
		return -1;
	for (int i = 0; i < 4; i++) {
		static const char digits[] = "0123456789abcdefABCDEF";
		char c = s->at[i];
		const char *d = c ? strchr(digits, c) : NULL;

		if (!d)
			return -1;
		value = value * 16 + (int)(d - digits < 16 ? d - digits : d - digits - 6);
	}
	s->at += 4;
	return value;
}

/* Behind a backslash. */
static int scan_escape(struct scan *s)
{
	int unit;

	if (s->at < s->end && *s->at && strchr("\"\\/bfnrt", *s->at)) {
		s->at++;
		return 0;
	}
	if (!scan_char(s, 'u') || (unit = scan_hex4(s)) < 0)
		return scan_refuse(s, N_("an unknown escape"));
	if (unit == 0)
		return scan_refuse(s, N_("a zero character"));
	if (unit >= 0xdc00 && unit <= 0xdfff)
		return scan_refuse(s, N_("half a surrogate pair"));
	if (unit < 0xd800 || unit > 0xdbff)
		return 0;
	if (!scan_char(s, '\\') || !scan_char(s, 'u') || (unit = scan_hex4(s)) < 0xdc00 ||
	    unit > 0xdfff)
		return scan_refuse(s, N_("half a surrogate pair"));
	return 0;
}

static int scan_string(struct scan *s)
{
	int r;

	if (!scan_char(s, '"'))
		return scan_refuse(s, N_("a string was expected"));
	while (s->at < s->end && *s->at != '"') {
		if ((unsigned char)*s->at < 0x20)
			return scan_refuse(s, N_("a control character in a string"));
		if (*s->at++ == '\\') {
			r = scan_escape(s);
			if (r < 0)
				return r;
		}
	}
	return scan_char(s, '"') ? 0 : scan_refuse(s, N_("the text ends too early"));
}

static size_t scan_digits(struct scan *s)
{
	const char *first = s->at;

	while (s->at < s->end && *s->at >= '0' && *s->at <= '9')
		s->at++;
	return (size_t)(s->at - first);
}

static int scan_number(struct scan *s)
{
	scan_char(s, '-');
	if (!scan_char(s, '0') && scan_digits(s) == 0)
		return scan_refuse(s, N_("a value was expected"));
	if (scan_char(s, '.') && scan_digits(s) == 0)
		return scan_refuse(s, N_("a digit was expected"));
	if (scan_char(s, 'e') || scan_char(s, 'E')) {
		if (!scan_char(s, '+'))
			scan_char(s, '-');
		if (scan_digits(s) == 0)
			return scan_refuse(s, N_("a digit was expected"));
	}
	return 0;
}

static int scan_word(struct scan *s, const char *word)
{
	size_t n = strlen(word);

	if ((size_t)(s->end - s->at) < n || memcmp(s->at, word, n) != 0)
		return scan_refuse(s, N_("a value was expected"));
	s->at += n;
	return 0;
}

static int scan_member(struct scan *s, bool is_object)
{
	int r;

	if (is_object) {
		scan_space(s);
		r = scan_string(s);
		if (r < 0)
			return r;
		scan_space(s);
		if (!scan_char(s, ':'))
			return scan_refuse(s, N_("a colon was expected"));
	}
	return scan_value(s);
}

static int scan_container(struct scan *s, bool is_object)
{
	char close = is_object ? '}' : ']';
	int r;

	if (++s->depth > JSON_DEPTH_MAX)
		return scan_refuse(s, N_("more than 64 levels"));
	scan_space(s);
	if (!scan_char(s, close)) {
		do {
			r = scan_member(s, is_object);
			if (r < 0)
				return r;
			scan_space(s);
		} while (scan_char(s, ','));
		if (!scan_char(s, close))
			return scan_refuse(s, N_("a comma or a closing bracket was expected"));
	}
	s->depth--;
	return 0;
}

static int scan_value(struct scan *s)
{
	scan_space(s);
	if (s->at == s->end)
		return scan_refuse(s, N_("the text ends too early"));
	switch (*s->at) {
	case '{':
	case '[':
		return scan_container(s, *s->at++ == '{');
	case '"':
		return scan_string(s);
	case 't':
		return scan_word(s, "true");
	case 'f':
		return scan_word(s, "false");
	case 'n':
		return scan_word(s, "null");
	default:
		return scan_number(s);
	}
}

static int scan_document(struct scan *s)
{
	int r;

	if (!text_is_utf8(s->at, (size_t)(s->end - s->at)))
		return scan_refuse(s, N_("the text is not UTF-8"));
	r = scan_value(s);
	if (r < 0)
		return r;
	scan_space(s);
	return s->at == s->end ? 0 : scan_refuse(s, N_("something follows the document"));
}

static int compare_names(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Sorted, because a hostile object may have a million names. */
static int check_names(const struct cJSON *object)
{
	_cleanup_(free_ptr) const char **names = NULL;
	const struct cJSON *item;
	size_t n = 0, i = 0;

	for (item = object->child; item; item = item->next)
		n++;
	if (n < 2)
		return 0;
	names = calloc(n, sizeof(*names));
	if (!names)
		return -ENOMEM;
	for (item = object->child; item; item = item->next)
		names[i++] = item->string;
	qsort(names, n, sizeof(*names), compare_names);
	for (i = 1; i < n; i++)
		if (!strcmp(names[i - 1], names[i]))
			return -EINVAL;
	return 0;
}

static int check_tree(const struct cJSON *value, const char **ret_wrong)
{
	int r;

	if (cJSON_IsNumber(value) && !(fabs(value->valuedouble) <= JSON_NUMBER_MAX)) {
		*ret_wrong = N_("a number is too large");
		return -EINVAL;
	}
	if (cJSON_IsObject(value)) {
		r = check_names(value);
		if (r == -EINVAL)
			*ret_wrong = N_("a name appears twice in one object");
		if (r < 0)
			return r;
	}
	for (const struct cJSON *item = value->child; item; item = item->next) {
		r = check_tree(item, ret_wrong);
		if (r < 0)
			return r;
	}
	return 0;
}

int json_parse(const char *text, size_t n, struct cJSON **ret, struct err *err)
{
	struct scan s = { .start = text, .at = text, .end = text + n };
	_cleanup_(json_freep) struct cJSON *document = NULL;
	int r;

	if (scan_document(&s) < 0)
		return err_set(err, -EINVAL, _("Not valid JSON at byte %zu: %s"),
			       (size_t)(s.at - s.start), _(s.wrong));
	document = cJSON_ParseWithLength(text, n);
	if (!document)
		return err_set(err, -ENOMEM, _("Out of memory"));
	r = check_tree(document, &s.wrong);
	if (r == -EINVAL)
		return err_set(err, r, _("Not valid JSON: %s"), _(s.wrong));
	if (r < 0)
		return err_set(err, r, _("Out of memory"));
	*ret = TAKE_PTR(document);
	return 0;
}

static void wipe_strings(struct cJSON *value)
{
	if (value->valuestring)
		secret_wipe(value->valuestring, strlen(value->valuestring));
	for (struct cJSON *item = value->child; item; item = item->next)
		wipe_strings(item);
}

void json_free(struct cJSON *document)
{
	if (document)
		wipe_strings(document);
	cJSON_Delete(document);
}

void json_freep(struct cJSON **document)
{
	json_free(*document);
}
