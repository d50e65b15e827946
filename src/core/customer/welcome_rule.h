/*
 * core/customer/welcome_rule.h - what a new customer is told first, by rule.
 *
 * A rule is for members, departments (and what is below them) or everybody, on some days
 * at some time, and has a text with names filled in (core/message/fill.h) and attachments.
 * Of those that fit the most specific wins:
 *
 *	the member's own, if the corp allows it
 *	one that names the member
 *	one of his departments, the deepest first
 *	one for everybody
 *	the corp's plain text (corp.welcome)
 *
 * and among equals one bound to days or hours before one that always holds, then the newest.
 * An app that sends welcomes comes before all rules (core/customer/welcome.h).
 */
#ifndef CORE_CUSTOMER_WELCOME_RULE_H
#define CORE_CUSTOMER_WELCOME_RULE_H

#include "core/customer/customer.h"

enum { WELCOME_RULES_MAX = 1000, WELCOME_RANGE_MAX = 1000, WELCOME_TEXT_MAX = 4000 };
enum { WELCOME_EVERY_DAY = 127, DAY_MIN = 24 * 60 };

struct welcome_rule {
	int64_t corp, rule, owner, changed_ms;
	str name, text, attachments; /* as core/message/attachment.h keeps them */
	int64_t days, from_min, until_min;
	bool enabled;
	struct ints members, departments;
};

/* The administrators' rules, newest first, with whom they are for. */
enum err welcome_rules(struct tx *tx, int64_t corp, struct welcome_rule **out,
	size_t *out_n);
/* ERR_NOT_FOUND. */
enum err welcome_rule_get(struct tx *tx, int64_t corp, int64_t rule,
	struct welcome_rule *out);
/* A member's own; *out_found false without one. */
enum err welcome_rule_own(struct tx *tx, int64_t corp, int64_t member,
	struct welcome_rule *out, bool *out_found);
/* Adds it when its number is 0, else changes it. */
enum err welcome_rule_put(struct tx *tx, struct welcome_rule *r);
enum err welcome_rule_drop(struct tx *tx, int64_t corp, int64_t rule);

/* The one that holds for a new customer of the member now; *out_found false: none does. */
enum err welcome_rule_for(struct tx *tx, int64_t corp, int64_t member,
	struct welcome_rule *out, bool *out_found);

#endif
