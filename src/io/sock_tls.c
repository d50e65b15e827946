/*
 * io/sock_tls.c - sockets over OpenSSL, the server's side.
 *
 * The handshake happens within the first reads.  Records are filled from the queue
 * through a small buffer, so many small pieces do not become many records.
 */
#include <openssl/err.h>
#include <openssl/ssl.h>

#include "base/err.h"
#include "io/sock.h"

enum { RECORD_BYTES = 16384 };

struct ssl_ctx_st *tls_server_new(const char *cert, const char *key,
	const char **out_words)
{
	SSL_CTX *ctx = SSL_CTX_new(TLS_server_method());

	BUG_IF(!ctx, "out of memory");
	SSL_CTX_set_min_proto_version(ctx, TLS1_2_VERSION);
	SSL_CTX_set_options(ctx,
		SSL_OP_NO_RENEGOTIATION | SSL_OP_IGNORE_UNEXPECTED_EOF |
			SSL_OP_CIPHER_SERVER_PREFERENCE);
	SSL_CTX_set_mode(ctx,
		SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER |
			SSL_MODE_RELEASE_BUFFERS);
	if (SSL_CTX_use_certificate_chain_file(ctx, cert) != 1)
		*out_words = "tls_cert: not a readable PEM certificate";
	else if (SSL_CTX_use_PrivateKey_file(ctx, key, SSL_FILETYPE_PEM) != 1)
		*out_words = "tls_key: not a readable PEM key of that certificate";
	else
		return ctx;
	SSL_CTX_free(ctx);
	ERR_clear_error();
	return NULL;
}

void tls_server_free(struct ssl_ctx_st *tls)
{
	SSL_CTX_free(tls);
}

void tls_open(struct sock *s, struct ssl_ctx_st *tls)
{
	s->ssl = SSL_new(tls);
	BUG_IF(!s->ssl || SSL_set_fd(s->ssl, s->fd) != 1, "out of memory");
	SSL_set_accept_state(s->ssl);
}

void tls_close(struct sock *s)
{
	SSL_free(s->ssl);
	s->ssl = NULL;
}

/* OpenSSL's answer as one of ours; its error queue is left empty. */
static ssize_t told(struct sock *s, int result)
{
	int error = SSL_get_error(s->ssl, result);

	ERR_clear_error();
	switch (error) {
	case SSL_ERROR_WANT_READ:
		return SOCK_AGAIN;
	case SSL_ERROR_WANT_WRITE:
		sock_wait_writable(s);
		return SOCK_AGAIN;
	case SSL_ERROR_ZERO_RETURN:
		return SOCK_END;
	default:
		return SOCK_FAILED;
	}
}

ssize_t tls_read(struct sock *s, char *p, size_t n)
{
	size_t got = 0;

	ERR_clear_error();
	while (got < n) {
		int room = (int)(n - got);
		int result = SSL_read(s->ssl, p + got, room);

		if (result > 0) {
			got += (size_t)result;
			continue;
		}
		if (got)
			break; /* the next read says what it was */
		return told(s, result);
	}
	/* What OpenSSL holds back would not wake us. */
	if (SSL_has_pending(s->ssl) || got == n || SSL_get_shutdown(s->ssl))
		event_active(&s->ev, EV_READ, 0);
	return (ssize_t)got;
}

static size_t collect(char *record, const struct iovec *v, int n)
{
	size_t used = 0;

	for (int i = 0; i < n && used < RECORD_BYTES; i++) {
		size_t room = RECORD_BYTES - used;
		size_t take = v[i].iov_len < room ? v[i].iov_len : room;

		memcpy(record + used, v[i].iov_base, take);
		used += take;
	}
	return used;
}

ssize_t tls_send(struct sock *s, const struct iovec *v, int n)
{
	char record[RECORD_BYTES];
	size_t used = collect(record, v, n);
	int result;

	ERR_clear_error();
	result = SSL_write(s->ssl, record, (int)used);
	return result > 0 ? result : told(s, result);
}

void tls_shut(struct sock *s)
{
	ERR_clear_error();
	SSL_shutdown(s->ssl);
	ERR_clear_error();
}
