/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Starting bankd, and enrolling with it. */
#include <fcntl.h>
#include <ftw.h>
#include <openssl/pem.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/server/wire.h"

#define ARGUMENTS_MAX 16

static void program_path(char *path, size_t size)
{
	const char *builddir = getenv("builddir");

	snprintf(path, size, "%s/bankd", builddir ? builddir : ".");
}

bool bankd_new(struct bankd *b)
{
	*b = (struct bankd){ .dir = "/tmp/bankterm-server.XXXXXX" };
	return mkdtemp(b->dir) != NULL;
}

/* The child's standard output as a stream. */
static pid_t spawn(const char *const *arguments, FILE **ret_output)
{
	char path[4096];
	int ends[2];
	pid_t pid;

	program_path(path, sizeof(path));
	if (pipe2(ends, O_CLOEXEC) < 0)
		return -1;
	pid = fork();
	if (pid == 0) {
		dup2(ends[1], STDOUT_FILENO);
		execv(path, (char *const *)arguments);
		_exit(127);
	}
	close(ends[1]);
	*ret_output = fdopen(ends[0], "r");
	return pid;
}

static bool ca_load(struct bankd *b)
{
	char path[128];
	FILE *file;

	snprintf(path, sizeof(path), "%s/tls/ca.pem", b->dir);
	file = fopen(path, "r");
	if (!file)
		return false;
	X509_free(b->ca);
	b->ca = PEM_read_X509(file, NULL, NULL, NULL);
	fclose(file);
	return b->ca != NULL;
}

bool bankd_start(struct bankd *b, const char *const *more)
{
	const char *arguments[ARGUMENTS_MAX] = { "bankd", "--data", b->dir, "--listen", "127.0.0.1:0" };
	char line[128] = "";
	FILE *output;
	int n = 5;

	while (more && *more && n < ARGUMENTS_MAX - 1)
		arguments[n++] = *more++;
	b->pid = spawn(arguments, &output);
	if (b->pid < 0)
		return false;
	if (!fgets(line, sizeof(line), output))
		line[0] = '\0';
	fclose(output);
	line[strcspn(line, "\n")] = '\0';
	if (strncmp(line, "ready ", 6))
		return false;
	snprintf(b->address, sizeof(b->address), "%.60s", line + 6);
	b->port = (int)strtol(strrchr(b->address, ':') + 1, NULL, 10);
	return ca_load(b);
}

int bankd_end(struct bankd *b, int signal)
{
	int status = -1;

	if (b->pid > 0) {
		kill(b->pid, signal);
		waitpid(b->pid, &status, 0);
	}
	b->pid = 0;
	return status;
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)st;
	(void)type;
	(void)ftw;
	return remove(path);
}

void bankd_release(struct bankd *b)
{
	bankd_end(b, SIGKILL);
	X509_free(b->ca);
	nftw(b->dir, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

int bankd_run(const struct bankd *b, const char *option, const char *value, char *out, size_t size)
{
	const char *arguments[] = { "bankd", "--data", b->dir, option, value, NULL };
	FILE *output;
	pid_t pid = spawn(arguments, &output);
	int status = -1;
	size_t n;

	if (pid < 0)
		return -1;
	n = fread(out, 1, size - 1, output);
	out[n] = '\0';
	fclose(output);
	waitpid(pid, &status, 0);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static bool code_take(struct bankd *b, const char *ticket)
{
	const char *at = strstr(ticket, "code = ");

	if (!at)
		return false;
	snprintf(b->code, sizeof(b->code), "%.*s", (int)strcspn(at + 7, "\n"), at + 7);
	return true;
}

bool bankd_ticket(struct bankd *b, const char *label)
{
	char ticket[8192];

	return bankd_run(b, "--new-ticket", label, ticket, sizeof(ticket)) == 0 && code_take(b, ticket);
}

bool bankd_demo_ticket(struct bankd *b)
{
	char path[128], ticket[8192];
	FILE *file;
	size_t n;

	snprintf(path, sizeof(path), "%s/demo.ticket", b->dir);
	file = fopen(path, "r");
	if (!file)
		return false;
	n = fread(ticket, 1, sizeof(ticket) - 1, file);
	ticket[n] = '\0';
	fclose(file);
	return code_take(b, ticket);
}

/* Line ends as JSON writes them. */
static void json_escape(const char *text, char *out, size_t size)
{
	size_t n = 0;

	for (; *text && n < size - 3; text++) {
		if (*text == '\n') {
			out[n++] = '\\';
			out[n++] = 'n';
		} else {
			out[n++] = *text;
		}
	}
	out[n] = '\0';
}

static X509 *certificate_read(const char *pem)
{
	BIO *bio = BIO_new_mem_buf(pem, -1);
	X509 *certificate = PEM_read_bio_X509(bio, NULL, NULL, NULL);

	BIO_free(bio);
	return certificate;
}

int enrol(const struct bankd *b, struct device *ret, struct answer *answer)
{
	char *pem, escaped[4096], body[8192];

	if (!ret->key)
		ret->key = key_new("EC", "P-256");
	pem = request_pem(ret->key, NULL);
	json_escape(pem, escaped, sizeof(escaped));
	free(pem);
	snprintf(body, sizeof(body), "{\"code\":\"%s\",\"certificateRequest\":\"%s\"}", b->code, escaped);
	if (ask(b, NULL, "POST", "/v1/enrolments", "", body, answer) == 201) {
		X509_free(ret->certificate);
		ret->certificate = certificate_read(answer_text(answer, "certificate"));
	}
	return answer->status;
}

int login(const struct bankd *b, const struct device *who, const char *number, const char *password,
	  char ret_head[128], struct answer *answer)
{
	char body[512];

	snprintf(body, sizeof(body), "{\"customerNumber\":\"%s\",\"password\":\"%s\"}", number, password);
	if (ask(b, who, "POST", "/v1/sessions", "", body, answer) == 201)
		snprintf(ret_head, 128, "Authorization: Bearer %.64s\r\n", answer_text(answer, "token"));
	return answer->status;
}
