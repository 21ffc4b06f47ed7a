/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the outbox is kept in memory and on disk; inside src/client. */
#ifndef CLIENT_OUTBOX_STATE_H
#define CLIENT_OUTBOX_STATE_H

#include <sodium.h>

#include "client/call.h"
#include "client/outbox.h"

#define OUTBOX_KEY_HEX	32
#define OUTBOX_BODY_MAX 65536

/*
 * What is on disk for one order: DIR/outbox/<key>, written whole before the first byte is sent.
 *
 *	8 bytes  "BTOBOX1\n"
 *	24       nonce
 *	rest     secretbox (XSalsa20-Poly1305) of the JSON of this struct, with a subkey of
 *DIR/outbox.key
 *
 * The key inside must equal the file's name, so that no file passes for another.
 */
struct outbox_record {
	char *key;
	char *bank;	/* pins of the bank it is for: another bank never gets it */
	char *customer; /* number */
	char *type;
	char *summary;
	char *body; /* JSON as sent, byte for byte: the bank compares its hash */
	int64_t created;
	bool is_voiding;
};
extern const struct json_table outbox_record_json;

/* outbox_file.c. path functions: dir is DIR. */
struct outbox_files {
	char *dir;     /* DIR/outbox */
	char *damaged; /* DIR/outbox/damaged */
	unsigned char secret[crypto_secretbox_KEYBYTES];
};
/* Makes the directories and, when there is none and no file needs it, the key. */
int outbox_files_open(struct outbox_files *f, const char *dir, const struct rng *rng,
		      struct err *err);
void outbox_files_release(struct outbox_files *f);
/* Durable when it returns 0. After an error nothing with this key may be sent; see outbox_give().
 */
int outbox_file_write(const struct outbox_files *f, const struct outbox_record *record,
		      const struct rng *rng, struct err *err);
/* Gone for good when it returns 0; one that was not there is gone. */
int outbox_file_remove(const struct outbox_files *f, const char *key);
bool outbox_file_exists(const struct outbox_files *f, const char *key);
/* record is initialised with json_init. -EBADMSG torn or tampered, -ENOMEM, -errno of reading. */
int outbox_file_read(const struct outbox_files *f, const char *key, struct outbox_record *ret);
/* From bytes; the parser that fuzzing meets. Same errors. */
int outbox_file_parse(const struct outbox_files *f, const char *key, const void *bytes, size_t n,
		      struct outbox_record *ret);
/* Keep the evidence, out of the way. */
int outbox_file_set_aside(const struct outbox_files *f, const char *name);
size_t outbox_file_count_damaged(const struct outbox_files *f);

enum outbox_step {
	OUTBOX_STEP_GIVE, /* POST */
	OUTBOX_STEP_ASK,  /* GET */
	OUTBOX_STEP_VOID, /* DELETE */
	OUTBOX_STEP_NONE, /* final */
};

struct outbox_item {
	struct outbox_entry entry; /* first: entries are handed out */
	struct outbox_record record;
	struct client *client;
	enum outbox_step step;
	bool is_maybe_sent; /* the bank may have it, or get it yet */
	bool is_changed;    /* watchers are to be told */
	bool is_dropped;    /* final, and of someone who left */
	int64_t due_ms;	    /* monotonic; 0 at once */
	struct call *call;  /* on its way */
	char *refusal;	    /* why it is being voided, when the bank refused it */
};

struct outbox_watch {
	char key[OUTBOX_KEY_HEX + 1]; /* "" all */
	outbox_changed *fn;	      /* NULL: dropped while watchers were being told */
	void *data;
};

struct outbox {
	struct outbox_files files;
	struct outbox_item **items; /* oldest first */
	size_t count;
	const struct outbox_entry **listed; /* outbox_list()'s answer */
	struct outbox_watch *watches;
	size_t watch_count;
	size_t damaged;
};

/* outbox.c */
void outbox_item_free(struct outbox_item *item); /* NULL allowed */
void outbox_item_freep(struct outbox_item **item);
/* Let watchers and lists see the record; they borrow from it. */
void outbox_item_show(struct outbox_item *item);
int outbox_append(struct outbox *o, struct outbox_item *item); /* takes it; not on -ENOMEM */
struct outbox_item *outbox_item_find(const struct client *c, const char *key);
/* Whether the one who is logged in gave it, to this bank. */
bool outbox_is_mine(const struct client *c, const struct outbox_item *item);
/* Whether nothing stands against sending its next step when it is due. */
bool outbox_can_run(const struct outbox_item *item);
int outbox_open(struct client *c, const char *dir, struct err *err);
void outbox_close(struct client *c);
void outbox_login(struct client *c);	       /* the customer's entries go on */
void outbox_logout(struct client *c);	       /* all entries park */
int64_t outbox_due_ms(const struct client *c); /* monotonic; INT64_MAX when nothing is */
void outbox_run(struct client *c);
/* Set an entry's state and text, and note that watchers are to be told. */
void outbox_set(struct outbox_item *item, enum outbox_state state, const char *text);

/* outbox_send.c */
void outbox_step(struct client *c, struct outbox_item *item); /* send what is due */
void outbox_stop(struct outbox_item *item); /* cancel the call, remember whether it was sent */
void outbox_park(struct outbox_item *item,
		 const char *text); /* cancels its call; text as for outbox_set() */
/* The end: takes the file from the disk. A file that stays is asked for again after a restart, and
 * ends again. */
void outbox_finish(struct client *c, struct outbox_item *item, enum outbox_state state,
		   const char *text);
bool outbox_is_final(const struct outbox_item *item);

#endif
