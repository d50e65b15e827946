/*
 * core/group/welcome.h - the first words to who comes into a group (document 92366).
 *
 * A template is a text, in which %NICKNAME% stands for those who came, and at most one
 * attachment.  An app or an owner makes it; an owner attaches it to a group, and from
 * then on the owner says it to customers who come, once for all who come together.
 */
#ifndef CORE_GROUP_WELCOME_H
#define CORE_GROUP_WELCOME_H

#include "core/group/group.h"
#include "core/message/attachment.h"

enum { GROUP_WELCOME_TEXT_BYTES = 3000 };

struct group_welcome {
	int64_t corp, welcome, app, agentid, created_ms;
	str template_id, text, attachment; /* attachment: a JSON list of one, or empty */
};

/* text and attachment given; `attached` NULL for none.  44004 neither of them, 45002 too long,
 * 41055 too many. */
enum err group_welcome_add(struct tx *tx, struct group_welcome *w,
	const struct attachment *attached);
enum err group_welcome_set(struct tx *tx, struct group_welcome *w,
	const struct attachment *attached);
enum err group_welcome_drop(struct tx *tx, const struct group_welcome *w);
/* ERR_TEMPLATE_ID_SIZE (40036), ERR_BAD_TEMPLATE_ID (40037). */
enum err group_welcome_get(struct tx *tx, int64_t corp, str template_id,
	struct group_welcome *out);
/* By number: 0 and who was deleted give *out_found false. */
enum err group_welcome_find(struct tx *tx, int64_t corp, int64_t welcome,
	struct group_welcome *out, bool *out_found);
/* Newest first. */
enum err group_welcome_all(struct tx *tx, int64_t corp, struct group_welcome **out,
	size_t *out_n);
/* Its app tells the owners of groups, as far as it sees them, that there is a new one. */
enum err group_welcome_offer(struct tx *tx, const struct group_welcome *w);
/* What customers who come into the group are sent; 0 nothing. */
enum err group_set_welcome(struct tx *tx, struct customer_group *g, int64_t welcome);
/* Says it to those of them who are customers. */
enum err group_welcome_say(struct tx *tx, const struct customer_group *g,
	const struct person *persons, size_t n);

#endif
