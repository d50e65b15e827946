/*
 * core/customer/report.h - a customer reports a member to the company's administrators.
 *
 * The messages he points at are copied as they are then: what happens to the chat later
 * changes nothing of the report.
 */
#ifndef CORE_CUSTOMER_REPORT_H
#define CORE_CUSTOMER_REPORT_H

#include "core/customer/follow.h"

enum { REPORT_WORDS_MAX = 500, REPORT_MESSAGES_MAX = 20, REPORT_NOTE_MAX = 500 };

#define REPORTED_MESSAGE(F, SUB)                                                         \
	F(int, seq, ALWAYS, 1, INT64_MAX, "Its number in the chat")                      \
	F(time, time, ALWAYS, 0, INT64_MAX, "Unix milliseconds")                         \
	F(flag, by_customer, ALWAYS, 0, 1, "Who reports had sent it himself")            \
	F(octets, type, ALWAYS, 1, 32, "text, image, file …")                            \
	F(text, text, ALWAYS, 0, 4000, "A text, or a file's name")
SHAPE_STRUCT(reported_message, REPORTED_MESSAGE)

struct report {
	int64_t corp, report, created_ms, customer, member, chat, closed_ms;
	str reason, words, closed_by, note;
	str messages; /* JSON list of reported_message */
};

/* Corp, customer, member, chat, reason and words given; the messages by number.
 * ERR_INVALID_ARGUMENT for an unknown reason, ERR_NOT_FOUND for a number not there. */
enum err report_add(struct tx *tx, struct report *r, struct ints seqs);
enum err report_get(struct tx *tx, int64_t corp, int64_t report, struct report *out);
/* Newest first, below `before` (0: from the newest). */
enum err report_page(struct tx *tx, int64_t corp, bool open, int64_t before,
	int64_t limit, struct report **out, size_t *out_n);
/* Closes with a note, or opens again. */
enum err report_close(struct tx *tx, int64_t corp, int64_t report, bool closed, str note);
enum err report_open_count(struct tx *tx, int64_t corp, int64_t *out);

#endif
