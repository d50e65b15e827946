/*
 * core/acquisition/arrival.h - who looked at a link, came by it, and wrote
 * (documents 97298, 97375, 100130).
 *
 * core/customer calls it when somebody is added or goes, core/message when something is
 * said in a customer's chat.  Days are the server's.
 */
#ifndef CORE_ACQUISITION_ARRIVAL_H
#define CORE_ACQUISITION_ARRIVAL_H

#include "core/acquisition/link.h"

enum {
	ACQ_STAT_DAYS = 180,   /* so far back */
	ACQ_STAT_SPAN = 30,    /* and so many at once */
	ACQ_MANY_MESSAGES = 3, /* message_from_customer */
	ACQ_WATCHED_SEQ = 200, /* later messages of a chat are not looked at */
	ACQ_KEY_LIFE_MS = 30 * 60 * 1000,
};

/* The page of a link was opened; the same visitor counts once a day. */
enum err acq_looked(struct tx *tx, int64_t corp, int64_t link, str visitor, str channel);
/* Somebody asks to be added and waits. */
enum err acq_asked(struct tx *tx, int64_t corp, int64_t link, str channel);
struct acq_arrival {
	int64_t corp, link, member, chat;
	str external_userid, channel;
};
/* Somebody came: takes one of the quota. */
enum err acq_added(struct tx *tx, const struct acq_arrival *a);
/* A message was added to a customer's chat, as number seq. */
enum err acq_said(struct tx *tx, int64_t corp, int64_t chat, int64_t seq,
	bool by_customer);
/* A customer removed the member. */
enum err acq_left(struct tx *tx, int64_t corp, int64_t chat);

struct acq_person {
	int64_t entry, member, said;
	bool started;
	str external_userid, channel;
};
enum err acq_customers(struct tx *tx, int64_t corp, int64_t link, int64_t after,
	int64_t limit, struct acq_person **out, size_t *out_n);
/* What a ChatKey of message_from_customer stands for; 40058 unknown or over. */
struct acq_chat_info {
	int64_t link, member, said;
	str external_userid, channel;
};
enum err acq_chat_info(struct tx *tx, int64_t corp, str key, struct acq_chat_info *out);

struct acq_day {
	int64_t day, clicks, adds;
};
int64_t acq_day_of(int64_t ms);
enum err acq_days(struct tx *tx, int64_t corp, int64_t link, int64_t from_day,
	int64_t to_day, struct acq_day **out, size_t *out_n);
/* What belongs to a link that is deleted. */
enum err acq_arrivals_drop(struct tx *tx, int64_t corp, int64_t link);

#endif
