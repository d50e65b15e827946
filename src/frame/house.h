/*
 * frame/house.h - what the running program is made of, for those who handle
 * requests and jobs.  Filled by main at boot, constant afterwards.
 */
#ifndef FRAME_HOUSE_H
#define FRAME_HOUSE_H

#include "io/http_client.h"
#include "io/loop.h"
#include "store/store.h"

struct workers;
struct mail_server;

struct house {
	struct store *store;
	struct loop **loops;
	size_t n_loops;
	struct workers *workers;
	const char *data_dir;
	const char *web_dir;         /* the built clients */
	str public_url;              /* "https://im.example.com", no slash at the end */
	bool cookies_secure;         /* public_url is https */
	int64_t rate_api_per_minute; /* calls of one app to one API; 0: no limit */
	int64_t rate_address_per_minute; /* sign-ins and new customers of one address; 0: no limit */
	int64_t rate_consumer_per_minute; /* what one consumer sends and changes; 0: no limit */
	const struct mail_server *mail; /* NULL: no mail is sent */
	str push_key;                   /* public, base64url: set by push_init */
	str push_subject; /* whom push services may ask: a mailto: or https: address */
	bool push_allow_private; /* for tests and closed networks */
	/* Is he connected?  The sockets' answer, set by main. */
	bool (*consumer_online)(int64_t consumer);
	int64_t started_ms;
	const char *version;
	/* Test hook of the plays: shortens waits (welcome 20 s, retries); 1 = real time. */
	int64_t hurry;
	/* Emits an event that no transaction made (typing): the bus's publish, set by main. */
	void (*publish)(struct store_event *chain);
};

/* A fetch from a worker or the clock: waits for its end.  The body lives in mem. */
struct fetched house_fetch(struct house *h, struct arena *mem, const struct fetch *f);

#endif
