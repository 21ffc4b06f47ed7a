/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Dates as a person types them. */
#include <errno.h>
#include <string.h>
#include <strings.h>

#include "base/date.h"
#include "base/macros.h"
#include "base/text.h"

#define TYPED_MAX 32

static const struct {
	const char *word;
	int days; /* from today */
} words[] = {
	{ "today", 0 }, { "今天", 0 },	   { "yesterday", -1 },
	{ "昨天", -1 }, { "tomorrow", 1 }, { "明天", 1 },
};

/* What stands between the numbers; the last of a date may follow the day. */
static const struct {
	const char *separator;
	char plain;
} separators[] = {
	{ "-", '-' },  { "/", '-' },  { ".", '-' },  { "－", '-' },
	{ "／", '-' }, { "年", '-' }, { "月", '-' }, { "日", '\0' },
};

/* Rewrite as ASCII digits and '-'; -EINVAL for anything else. */
static int normalise(const char *text, char out[TYPED_MAX])
{
	size_t n = 0, i;
	uint32_t cp;

	while (*text) {
		size_t length = text_decode(text, strnlen(text, 4), &cp);

		if (n == TYPED_MAX - 1)
			return -EINVAL;
		if (cp >= 0xff10 && cp <= 0xff19)
			cp -= 0xff10 - '0';
		if (cp >= '0' && cp <= '9') {
			out[n++] = (char)cp;
		} else {
			for (i = 0; i < COUNT(separators); i++)
				if (!strncmp(text, separators[i].separator,
					     strlen(separators[i].separator)))
					break;
			if (i == COUNT(separators) || (!separators[i].plain && text[length]))
				return -EINVAL;
			if (separators[i].plain)
				out[n++] = separators[i].plain;
		}
		text += length;
	}
	out[n] = '\0';
	return 0;
}

/* Up to three numbers of 1-4 digits with '-' between; how many, or -EINVAL. */
static int take_numbers(const char *s, int numbers[3])
{
	int count = 0;

	for (;;) {
		size_t n = strspn(s, "0123456789");

		if (n < 1 || n > 4 || count == 3)
			return -EINVAL;
		numbers[count] = 0;
		for (size_t i = 0; i < n; i++)
			numbers[count] = numbers[count] * 10 + (s[i] - '0');
		count++;
		s += n;
		if (!*s)
			return count;
		if (*s++ != '-')
			return -EINVAL;
	}
}

static int parse_plain(const char *s, date_days today, date_days *ret)
{
	int numbers[3], year, month, day, count;

	if (strlen(s) == 8 && strspn(s, "0123456789") == 8) {
		char with_dashes[] = { s[0], s[1], s[2], s[3], '-', s[4],
				       s[5], '-',  s[6], s[7], '\0' };

		return date_parse(with_dashes, ret);
	}
	count = take_numbers(s, numbers);
	if (count == 3 && s[4] == '-') /* the year whole: "26" might be a day */
		return date_from_ymd(numbers[0], numbers[1], numbers[2], ret);
	if (count != 2)
		return -EINVAL;
	date_to_ymd(today, &year, &month, &day);
	return date_from_ymd(year, numbers[0], numbers[1], ret);
}

int date_parse_typed(const char *text, date_days today, date_days *ret)
{
	char trimmed[TYPED_MAX * 4], plain[TYPED_MAX];
	size_t n;

	text += strspn(text, " \t");
	n = strlen(text);
	while (n > 0 && strchr(" \t", text[n - 1]))
		n--;
	if (n >= sizeof(trimmed))
		return -EINVAL;
	memcpy(trimmed, text, n);
	trimmed[n] = '\0';
	for (size_t i = 0; i < COUNT(words); i++) {
		if (!strcasecmp(trimmed, words[i].word)) {
			*ret = today + words[i].days;
			return 0;
		}
	}
	return normalise(trimmed, plain) < 0 ? -EINVAL : parse_plain(plain, today, ret);
}
