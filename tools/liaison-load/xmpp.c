/*
 * tools/liaison-load/xmpp.c - XMPP (RFC 6120, 6121) with accounts made in band.
 *
 * A client makes its account (XEP-0077; that it is there already is fine), signs
 * in by SASL PLAIN, binds and says presence, then sends chat messages to its
 * partner.  XMPP has no acknowledgement of storing: a message counts as accepted
 * when it reaches the partner with the archive's <stanza-id> (XEP-0313), which the
 * server puts in when it has stored it.
 */
#include "load.h"

enum { STREAM, REGISTER, AUTH, STREAM_2, BIND, SESSION, OPEN };

#define DOMAIN "localhost"

static void open_stream(struct peer *p)
{
	put_text(p,
		"<?xml version='1.0'?><stream:stream to='" DOMAIN
		"' xmlns='jabber:client' "
		"xmlns:stream='http://etherx.jabber.org/streams' version='1.0'>");
}

static void sign_up(struct peer *p)
{
	put_text(p,
		"<iq type='set' id='r'><query xmlns='jabber:iq:register'>"
		"<username>c%u</username><password>pw</password></query></iq>",
		p->index);
}

static void sign_in(struct peer *p)
{
	static const char digits[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	char plain[32] = "", text[64];
	size_t n, at = 0;

	snprintf(plain + 1, sizeof(plain) - 1, "c%u", p->index);
	n = 1 + strlen(plain + 1) + 1;
	memcpy(plain + n, "pw", 2);
	n += 2;
	for (size_t i = 0; i < n; i += 3) {
		size_t have = n - i < 3 ? n - i : 3;
		uint32_t v = (uint32_t)(uint8_t)plain[i] << 16 |
			(have > 1 ? (uint32_t)(uint8_t)plain[i + 1] << 8 : 0) |
			(have > 2 ? (uint8_t)plain[i + 2] : 0);

		for (size_t k = 0; k < 4; k++)
			text[at++] = k <= have ? digits[v >> (18 - 6 * k) & 63] : '=';
	}
	put_text(p,
		"<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>%.*s</auth>",
		(int)at, text);
}

static void next_step(struct peer *p)
{
	switch (p->step++) {
	case STREAM:
		sign_up(p);
		break;
	case REGISTER:
		sign_in(p);
		break;
	case AUTH:
		open_stream(p);
		break;
	case STREAM_2:
		put_text(p,
			"<iq type='set' id='b'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'>"
			"<resource>l</resource></bind></iq>");
		break;
	case BIND:
		put_text(p, "<presence/>");
		break;
	case SESSION:
		on_ready(p);
		break;
	}
}

static bool starts(const char *at, size_t n, const char *with)
{
	return n >= strlen(with) && !memcmp(at, with, strlen(with));
}

static void hear(struct peer *p, const char *at, size_t n)
{
	if (starts(at, n, "<message")) {
		const char *body = memmem(at, n, "<body>", 6);

		if (!body)
			return;
		if (!memmem(at, n, "<stanza-id", 10))
			fatal("client %u: a message that was not archived", p->index);
		on_accepted(&load.peers[p->index ^ 1]);
		on_delivered(p, body + 6);
	} else if (starts(at, n, "<failure") || starts(at, n, "<stream:error")) {
		fatal("client %u: %.*s", p->index, (int)n, at);
	} else if (p->step < OPEN) {
		next_step(p);
	}
}

/* The end of the stanza that begins here: all of ours are closed by name. */
static size_t take(struct peer *p, const char *at, size_t n)
{
	char end[48];
	size_t name = 1;
	const char *found, *gt = memchr(at, '>', n);

	if (!gt)
		return 0;
	if (*at != '<' || at[1] == '?')
		return *at == '<' ? (size_t)(gt - at) + 1 : 1;
	if (starts(at, n, "<stream:stream "))
		return (size_t)(gt - at) + 1; /* its features follow */
	if (gt[-1] == '/') {
		hear(p, at, (size_t)(gt - at) + 1);
		return (size_t)(gt - at) + 1;
	}
	while (name < n && at[name] != ' ' && at[name] != '>')
		name++;
	snprintf(end, sizeof(end), "</%.*s>", (int)name - 1, at + 1);
	found = memmem(at, n, end, strlen(end));
	if (!found)
		return 0;
	hear(p, at, (size_t)(found - at) + strlen(end));
	return (size_t)(found - at) + strlen(end);
}

static void put_message(struct peer *p, const char *text, size_t n)
{
	put_text(p,
		"<message type='chat' id='%" PRIx64 "' to='c%u@" DOMAIN
		"/l'><body>%.*s</body></message>",
		p->sent, p->index ^ 1, (int)n, text);
}

const struct protocol xmpp_protocol = { "xmpp", open_stream, take, put_message };
