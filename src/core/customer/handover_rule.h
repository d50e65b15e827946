/*
 * core/customer/handover_rule.h - who gets the customers of somebody who leaves.
 *
 * A corp has a list of rules.  For each customer the first rule that fits decides:
 *
 *	when	always, the customer has a tag, or the leaver stood in a department
 *		or below it
 *	to	his manager (direct leader, else the leader of his main department,
 *		else of those above), a named colleague, the members of a
 *		department by turns, or nobody: an administrator will assign
 *
 * A rule whose successor cannot take customers (has left, may not serve) does not fit.
 * By turns means by the customer's number, so that a preview is what will happen.
 *
 * handover_leave applies them in the transaction in which the member leaves, to at most
 * HANDOVER_LEAVE_MAX customers; the clock does the rest in steps.  Whether a handover is
 * at once or waits for a day is the corp's rule; the customer may refuse either way.
 */
#ifndef CORE_CUSTOMER_HANDOVER_RULE_H
#define CORE_CUSTOMER_HANDOVER_RULE_H

#include "core/customer/handover.h"

enum { HANDOVER_RULES_MAX = 100, HANDOVER_LEAVE_MAX = 10000, HANDOVER_LEAVE_STEP = 200 };

enum handover_when { WHEN_ALWAYS = 1, WHEN_TAG = 2, WHEN_DEPARTMENT = 3 };
enum handover_to { TO_MANAGER = 1, TO_MEMBER = 2, TO_DEPARTMENT = 3, TO_NOBODY = 4 };

struct handover_rule {
	enum handover_when when;
	int64_t when_target; /* tag, department */
	enum handover_to to;
	int64_t to_target; /* member, department */
};

/* In order. */
enum err handover_rules(struct tx *tx, int64_t corp, struct handover_rule **out,
	size_t *out_n);
/* Replaces them all; each target must be there. */
enum err handover_rules_set(struct tx *tx, int64_t corp, const struct handover_rule *v,
	size_t n);

/* Who would get how many, by successor; member 0: wait for an administrator. */
struct handover_share {
	struct member to; /* zeros for nobody */
	int64_t position; /* of the rule, 0 none */
	int64_t customers;
	struct ints some; /* a few of them */
};
/* `rules` NULL: the corp's.  Looks at no more than HANDOVER_LEAVE_MAX customers. */
enum err handover_preview(struct tx *tx, int64_t corp, int64_t member,
	const struct handover_rule *rules, size_t n, struct handover_share **out,
	size_t *out_n);

/* The member leaves: his customers go where the rules say.  Call it while he stands in
 * his departments, after his status says that he is gone. */
enum err handover_leave(struct tx *tx, int64_t corp, int64_t member, int64_t *out_n);
/* Who gets what has no tags, such as his groups: by the first rule that asks for none. */
enum err handover_successor(struct tx *tx, int64_t corp, int64_t member,
	struct member *out, bool *out_found);
/* Goes on with those who have more; gives when to come again (0: nobody has). */
enum err handover_leave_expire(struct tx *tx, int64_t corp, int64_t *out_next_ms);

#endif
