/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <dirent.h>
#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/catalogue.h"
#include "base/file.h"
#include "base/hex.h"
#include "client/outbox_state.h"

#define MAGIC	    "BTOBOX1\n"
#define MAGIC_BYTES 8
#define HEAD_BYTES  (MAGIC_BYTES + crypto_secretbox_NONCEBYTES)
#define FILE_MOST   (4 * OUTBOX_BODY_MAX)
#define KDF_CONTEXT "outbox01"
#define KEY_FILE    "outbox.key"

#define FIELD(member, wire, kind, ...)                                                        \
	{                                                                                     \
		.name = wire, .type = kind, .offset = offsetof(struct outbox_record, member), \
		##__VA_ARGS__                                                                 \
	}

static const struct json_field outbox_record_fields[] = {
	FIELD(key, "key", JSON_TEXT),
	FIELD(bank, "bank", JSON_TEXT, .max = 1024),
	FIELD(customer, "customerNumber", JSON_TEXT),
	FIELD(type, "type", JSON_TEXT),
	FIELD(summary, "summary", JSON_TEXT, .max = 1024),
	FIELD(body, "body", JSON_TEXT, .max = OUTBOX_BODY_MAX),
	FIELD(created, "created", JSON_INSTANT),
	FIELD(is_voiding, "voiding", JSON_BOOL, .flags = JSON_OPTIONAL),
};
const struct json_table outbox_record_json = { .name = "OutboxRecord",
					       .size = sizeof(struct outbox_record),
					       .fields = outbox_record_fields,
					       .count = COUNT(outbox_record_fields) };

static bool is_hex(const char *s, size_t n)
{
	return strlen(s) == n && strspn(s, "0123456789abcdef") == n;
}

/* Whether any order lies in the directory: then its key must not be made anew. */
static bool has_orders(const char *dir)
{
	DIR *d = opendir(dir);
	const struct dirent *entry;
	bool found = false;

	while (d && !found && (entry = readdir(d)))
		found = is_hex(entry->d_name, OUTBOX_KEY_HEX);
	if (d)
		closedir(d);
	return found;
}

static int read_master(const char *path, unsigned char out[crypto_kdf_KEYBYTES], struct err *err)
{
	struct buf text;
	int r;

	buf_init(&text, 256);
	r = file_read(path, &text, err);
	if (r == 0) {
		while (text.len > 0 && text.data[text.len - 1] == '\n')
			text.data[--text.len] = '\0';
		r = hex_decode(text.data, out, crypto_kdf_KEYBYTES);
		if (r < 0)
			err_set(err, r,
				_("%s is damaged: the orders kept on this terminal cannot be read. "
				  "Call the bank before you go on."),
				path);
	}
	buf_wipe(&text);
	return r;
}

static int make_master(const char *path, const struct rng *rng,
		       unsigned char out[crypto_kdf_KEYBYTES], struct err *err)
{
	char hex[2 * crypto_kdf_KEYBYTES + 2];
	int r;

	rng->fill(rng->data, out, crypto_kdf_KEYBYTES);
	hex_encode(out, crypto_kdf_KEYBYTES, hex);
	hex[sizeof(hex) - 2] = '\n';
	r = file_replace(path, hex, sizeof(hex) - 1, 0600, err);
	sodium_memzero(hex, sizeof(hex));
	return r;
}

static int open_secret(struct outbox_files *f, const char *dir, const struct rng *rng,
		       struct err *err)
{
	_cleanup_(free_ptr) char *path = file_join(dir, KEY_FILE);
	unsigned char master[crypto_kdf_KEYBYTES];
	int r;

	if (!path)
		return err_set(err, -ENOMEM, _("Out of memory"));
	if (access(path, F_OK) == 0)
		r = read_master(path, master, err);
	else if (errno != ENOENT)
		r = err_set(err, -errno, _("Cannot read %s: %s"), path, strerror(errno));
	else if (has_orders(f->dir))
		r = err_set(err, -ENOKEY,
			    _("%s is missing: the orders kept on this terminal cannot be read. "
			      "Call the bank before you go on."),
			    path);
	else
		r = make_master(path, rng, master, err);
	if (r == 0)
		crypto_kdf_derive_from_key(f->secret, sizeof(f->secret), 1, KDF_CONTEXT, master);
	sodium_memzero(master, sizeof(master));
	return r;
}

int outbox_files_open(struct outbox_files *f, const char *dir, const struct rng *rng,
		      struct err *err)
{
	int r;

	if (sodium_init() < 0)
		return err_set(err, -EIO, _("No source of random numbers"));
	f->dir = file_join(dir, "outbox");
	f->damaged = f->dir ? file_join(f->dir, "damaged") : NULL;
	if (!f->damaged)
		return err_set(err, -ENOMEM, _("Out of memory"));
	r = file_make_private_dir(f->damaged, err);
	if (r == 0)
		r = file_make_private_dir(f->dir, err);
	if (r == 0 && (file_sync_dir(f->damaged) < 0 || file_sync_dir(f->dir) < 0))
		r = err_set(err, -EIO, _("Cannot write %s: %s"), f->dir, strerror(EIO));
	return r < 0 ? r : open_secret(f, dir, rng, err);
}

void outbox_files_release(struct outbox_files *f)
{
	free(f->dir);
	free(f->damaged);
	sodium_memzero(f, sizeof(*f));
}

/* Sealed bytes into out. */
static int seal(const struct outbox_files *f, const struct buf *plain, const struct rng *rng,
		struct buf *out)
{
	unsigned char nonce[crypto_secretbox_NONCEBYTES];
	int r;

	rng->fill(rng->data, nonce, sizeof(nonce));
	buf_puts(out, MAGIC);
	buf_add(out, nonce, sizeof(nonce));
	r = buf_pad(out, 0, plain->len + crypto_secretbox_MACBYTES);
	if (r < 0)
		return r;
	crypto_secretbox_easy((unsigned char *)out->data + HEAD_BYTES,
			      (const unsigned char *)plain->data, plain->len, nonce, f->secret);
	return 0;
}

int outbox_file_write(const struct outbox_files *f, const struct outbox_record *record,
		      const struct rng *rng, struct err *err)
{
	_cleanup_(free_ptr) char *path = file_join(f->dir, record->key);
	_cleanup_(buf_release) struct buf sealed;
	struct buf plain;
	int r;

	buf_init(&plain, FILE_MOST);
	buf_init(&sealed, FILE_MOST + HEAD_BYTES + crypto_secretbox_MACBYTES);
	r = json_write(record, &outbox_record_json, &plain);
	if (r == 0)
		r = seal(f, &plain, rng, &sealed);
	buf_wipe(&plain);
	if (r < 0 || !path)
		return err_set(err, r < 0 ? r : -ENOMEM, _("Out of memory"));
	return file_replace(path, sealed.data, sealed.len, 0600, err);
}

int outbox_file_remove(const struct outbox_files *f, const char *key)
{
	_cleanup_(free_ptr) char *path = file_join(f->dir, key);

	if (!path)
		return -ENOMEM;
	if (unlink(path) < 0 && errno != ENOENT)
		return -errno;
	return file_sync_dir(path);
}

bool outbox_file_exists(const struct outbox_files *f, const char *key)
{
	_cleanup_(free_ptr) char *path = file_join(f->dir, key);

	return path && access(path, F_OK) == 0;
}

int outbox_file_parse(const struct outbox_files *f, const char *key, const void *bytes, size_t n,
		      struct outbox_record *ret)
{
	const unsigned char *at = bytes;
	struct buf plain;
	int r;

	if (n < HEAD_BYTES + crypto_secretbox_MACBYTES || n > FILE_MOST ||
	    memcmp(at, MAGIC, MAGIC_BYTES))
		return -EBADMSG;
	buf_init(&plain, FILE_MOST);
	r = buf_pad(&plain, 0, n - HEAD_BYTES - crypto_secretbox_MACBYTES);
	if (r == 0 && crypto_secretbox_open_easy((unsigned char *)plain.data, at + HEAD_BYTES,
						 n - HEAD_BYTES, at + MAGIC_BYTES, f->secret))
		r = -EBADMSG;
	if (r == 0)
		r = json_read_text(plain.data, plain.len, &outbox_record_json, JSON_STRICT, ret,
				   NULL);
	buf_wipe(&plain);
	if (r == 0 && strcmp(ret->key, key)) {
		json_release(ret, &outbox_record_json);
		r = -EBADMSG;
	}
	return r == 0 || r == -ENOMEM ? r : -EBADMSG;
}

int outbox_file_read(const struct outbox_files *f, const char *key, struct outbox_record *ret)
{
	_cleanup_(free_ptr) char *path = file_join(f->dir, key);
	_cleanup_(buf_release) struct buf bytes;
	int r;

	buf_init(&bytes, FILE_MOST);
	if (!path)
		return -ENOMEM;
	r = is_hex(key, OUTBOX_KEY_HEX) ? file_read(path, &bytes, NULL) : -EBADMSG;
	if (r == 0)
		r = outbox_file_parse(f, key, bytes.data, bytes.len, ret);
	return r == -EFBIG ? -EBADMSG : r;
}

int outbox_file_set_aside(const struct outbox_files *f, const char *name)
{
	_cleanup_(free_ptr) char *from = file_join(f->dir, name), *to = file_join(f->damaged, name);

	if (!from || !to)
		return -ENOMEM;
	if (rename(from, to) < 0)
		return -errno;
	return file_sync_dir(to) < 0 || file_sync_dir(from) < 0 ? -EIO : 0;
}

size_t outbox_file_count_damaged(const struct outbox_files *f)
{
	DIR *d = opendir(f->damaged);
	const struct dirent *entry;
	size_t count = 0;

	while (d && (entry = readdir(d)))
		count += entry->d_name[0] != '.';
	if (d)
		closedir(d);
	return count;
}
