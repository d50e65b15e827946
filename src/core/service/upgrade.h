/*
 * core/service/upgrade.h - to whom customers may be recommended: members who will serve
 * them for good, and customer groups (document 94674).
 */
#ifndef CORE_SERVICE_UPGRADE_H
#define CORE_SERVICE_UPGRADE_H

#include "core/service/session.h"

struct service_upgrade {
	struct ints members, departments;
	struct texts groups; /* chat_id */
};

enum err service_upgrade_get(struct tx *tx, int64_t corp, struct service_upgrade *out);
enum err service_upgrade_set(struct tx *tx, int64_t corp,
	const struct service_upgrade *u);
/* Shows the customer the member's card, or the group; 95021 when it is not among them. */
enum err service_upgrade_member(struct tx *tx, const struct service_account *a,
	struct visit *v, const struct member *m, str wording);
/* A servicer offers himself: nobody needs to have allowed it. */
enum err service_offer_self(struct tx *tx, const struct service_account *a,
	struct visit *v, int64_t member, str wording);
enum err service_upgrade_group(struct tx *tx, const struct service_account *a,
	struct visit *v, str chat_id, str wording);

#endif
