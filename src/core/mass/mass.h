/*
 * core/mass - one message to many customers (documents 92135, 93338, 97610, 97611).
 *
 * mass      what is said, and to whom it was meant
 * task      a member's part of it: he confirms it (and may leave customers out), or
 *           ignores it; sent at once by the corp's rule, or when it is his own
 * target    a customer of a task: unsent, sent, or why not
 *
 *	mass_begin -> mass_prepare in slices (targets are rows) -> open
 *	-> tasks confirmed -> mass_run in slices: one target, one message -> done
 *
 * Every slice is a transaction of its own, small, so that chat runs beside it.  A
 * target's status changes in the transaction that adds its message, and an index allows
 * one sent target a customer and mass: exactly once, whenever the server dies.
 *
 * In the text {customer_name} and {member_name} are filled in when it is sent.
 */
#ifndef CORE_MASS_MASS_H
#define CORE_MASS_MASS_H

#include "core/customer/filter.h"
#include "core/message/attachment.h"

enum {
	MASS_TEXT_BYTES = 4000,
	MASS_LIST_MAX = 10000,
	MASS_GROUPS_MAX = 2000,
	MASS_TAG_GROUPS_MAX = 100,
	MASS_MEMBERS_MAX = 20000
};
enum mass_kind { MASS_SINGLE = 1, MASS_GROUP = 2 };
enum mass_state {
	MASS_PREPARING = 1,
	MASS_OPEN = 2,
	MASS_PAUSED = 3,
	MASS_CANCELLED = 4,
	MASS_DONE = 5
};
enum mass_task_state {
	TASK_ASKED = 0,
	TASK_SENDING = 1,
	TASK_SENT = 2,
	TASK_IGNORED = 3
};
enum mass_status {
	TARGET_UNSENT = 0,
	TARGET_SENT = 1,
	TARGET_NO_FRIEND = 2,
	TARGET_HAS_OTHERS = 3, /* from this mass by a colleague, or as many as allowed */
	TARGET_LEFT_OUT = 4
};

/* Whom it is for.  Customers when named, else those the rest describes; zeroed: all. */
struct mass_wanted {
	int64_t app;  /* only members whom this app sees; 0: all */
	bool groups;  /* customer groups of the one member, by number in customers */
	bool by_list; /* customers is meant, even when empty */
	struct ints customers;
	struct ints members; /* by these only; none: by anybody who serves */
	struct ints *tags;   /* of each of these lists he has one label */
	size_t n_tags;
	struct ints no_tags;
	int64_t from_ms, until_ms; /* added at from or later, before until; 0 */
};

struct mass {
	int64_t corp, mass, app, creator, targets, sent, failed, created_ms;
	enum mass_kind kind;
	enum mass_state state;
	bool personal, allow_select, direct;
	bool anyway; /* not stored: a sensitive word warned */
	str text, attachments;
};

str mass_id_text(struct arena *mem, int64_t mass);
/* ERR_NO_MASS_ID (41046) when empty, ERR_BAD_MASS_ID (41047). */
enum err mass_by_id(struct tx *tx, int64_t corp, str msgid, struct mass *out);
enum err mass_get(struct tx *tx, int64_t corp, int64_t mass, struct mass *out);

/* Checks the text and keeps what is wanted; attachments are packed already.  The corp's
 * rule says whether members confirm.  A member's own must pass the sensitive words. */
enum err mass_begin(struct tx *tx, struct mass *m, const struct mass_wanted *w);
/* Makes the next rows of a mass; *out_done when it is open.  After the last slice it is
 * gone when nobody is to get it: ERR_NO_RECIPIENTS (41048) from mass_get_prepared.
 * mass_prepare_all makes all of them, outside of transactions; should it fail, the clock
 * makes the rest. */
enum err mass_prepare(struct tx *tx, int64_t corp, int64_t mass, bool *out_done);
enum err mass_prepare_all(struct store *store, const struct actor *actor, int64_t corp,
	int64_t mass);
enum err mass_get_prepared(struct tx *tx, int64_t corp, int64_t mass, struct mass *out);
/* How many would get it, from how many members; counts up to MASS_COUNT_MAX rows. */
enum { MASS_COUNT_MAX = 300000 };
struct mass_counted {
	int64_t customers, members;
	bool more;
};
enum err mass_count(struct tx *tx, int64_t corp, const struct mass_wanted *w,
	struct mass_counted *out);
/* The text as this target would read it from this member; a group by its name. */
enum err mass_fill(struct tx *tx, const struct mass *m, int64_t member, int64_t target,
	str *out);

/* A slice of what is due, for jobs/timed.c. */
enum err mass_run(struct tx *tx, int64_t corp, int64_t *out_next_ms);

/* Newest first, made between the times; personal and creator -1: of all. */
struct mass_place {
	int64_t ms, mass;
};
enum err mass_page(struct tx *tx, int64_t corp, enum mass_kind kind, int64_t from_ms,
	int64_t to_ms, int64_t personal, int64_t creator, struct mass_place before,
	int64_t limit, struct mass **out, size_t *out_n);

/* ERR_MASS_CANCELLED (41093) once it is; pausing what is done is refused (ERR_CONFLICT). */
enum err mass_pause(struct tx *tx, struct mass *m, bool pause);
enum err mass_cancel(struct tx *tx, struct mass *m);
/* Nudges who has not decided; ERR_MASS_REMINDED (41094) more than 3 times in a day. */
enum err mass_remind(struct tx *tx, struct mass *m);

/* ---- tasks ---- */

struct mass_task {
	int64_t mass, member, targets, sent, failed, reminded_ms, decided_ms, done_ms;
	enum mass_task_state state;
};
enum err mass_task_get(struct tx *tx, int64_t corp, int64_t mass, int64_t member,
	struct mass_task *out);
/* Of a mass by member, after `after`; and of a member, newest first, before `before`. */
enum err mass_tasks(struct tx *tx, int64_t corp, int64_t mass, int64_t after,
	int64_t limit, struct mass_task **out, size_t *out_n);
enum err mass_tasks_of(struct tx *tx, int64_t corp, int64_t member, int64_t before,
	int64_t limit, struct mass_task **out, size_t *out_n);
/* The member's word: send it, but not to these customers; or not at all. */
enum err mass_confirm(struct tx *tx, int64_t corp, int64_t mass, int64_t member,
	const struct ints *leave_out);
enum err mass_ignore(struct tx *tx, int64_t corp, int64_t mass, int64_t member);

struct mass_target {
	int64_t member, target, sent_ms, chat, seq;
	enum mass_status status;
};
/* Of one task by target, or of a whole mass (member 0) by member and target. */
enum err mass_targets(struct tx *tx, int64_t corp, int64_t mass, int64_t member,
	struct mass_target after, int64_t limit, struct mass_target **out, size_t *out_n);

/* Counts are right, and each sent target's message is there. */
enum err mass_doctor(struct tx *tx, int64_t corp, doctor_fn *report, void *arg);

#endif
