/*
 * core/customer/filter.h - customers by what is known of them: who serves them, labels,
 * time of adding, source, words.
 *
 * What is found are follows, newest first by time of adding.  The filter walks the index
 * that says most and looks at each row it meets (doc/design/search.md): streams by member
 * when members are named; else by the rarest of the labels; else the whole corp by time.
 * Words are looked for in the follow's folded name, remark, company, description and
 * numbers, anywhere in them, so parts of Chinese words and of numbers are found.
 */
#ifndef CORE_CUSTOMER_FILTER_H
#define CORE_CUSTOMER_FILTER_H

#include "core/customer/follow.h"

enum { FILTER_TAGS_MAX = 100, FILTER_MEMBERS_MAX = 1000, FILTER_TERMS = 3 };

enum filter_source { FILTER_ANY_SOURCE = -1 };

/* Zeroed: all active follows of the corp, but add_way is FILTER_ANY_SOURCE then. */
struct follow_filter {
	struct ints members;                     /* whose; none: anybody's */
	struct ints tags_all, tags_any, no_tags; /* labels of the corp */
	str personal_tag;                        /* the member's own label, empty: any */
	int64_t from_ms, until_ms; /* added at from or later, before until; 0 */
	int64_t add_way;           /* FILTER_ANY_SOURCE, or how he came */
	int64_t way;               /* by this contact way; 0 any */
	str state;                 /* with this state; empty any */
	enum follow_status status; /* 0: active */
	bool has_unread;           /* the member has not read all */
	str q;                     /* at most FILTER_TERMS words count */
};

/* Where the page before ended; zeroed for the first. */
struct follow_place {
	int64_t ms, customer, member;
};

/* At most `limit` follows after *place, which moves along; *out_more false at the end.  A
 * page may be short, even empty, and there may be more: so many rows are looked at at once. */
enum err follow_filter(struct tx *tx, int64_t corp, const struct follow_filter *f,
	struct follow_place *place, size_t limit, struct follow **out, size_t *out_n,
	bool *out_more);

#endif
