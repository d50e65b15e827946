/*
 * core/service/servicer.h - who serves at an account, and whether he does just now.
 *
 * Servicers are members and departments (with all below).  What a member says of himself
 * is per account: he receives, has stopped, or has stopped for a while (suspended).
 */
#ifndef CORE_SERVICE_SERVICER_H
#define CORE_SERVICE_SERVICER_H

#include "core/service/account.h"

enum { SERVICER_MEMBER = 1, SERVICER_DEPARTMENT = 2 }; /* stored */
enum { SERVICER_MEMBERS_MAX = 2000, SERVICER_DEPARTMENTS_MAX = 20 };

struct servicer {
	int64_t kind, target;
	bool stopped; /* of members */
	int64_t stop_type;
};

/* *out_new false: he was one already (or was none). */
enum err servicer_add(struct tx *tx, const struct service_account *a, int64_t kind,
	int64_t target, bool *out_new);
enum err servicer_drop(struct tx *tx, const struct service_account *a, int64_t kind,
	int64_t target, bool *out_there);
enum err servicer_drop_all(struct tx *tx, const struct service_account *a);
/* As they were added: members, then departments. */
enum err servicer_all(struct tx *tx, const struct service_account *a,
	struct servicer **out, size_t *out_n);

/* Members who serve, departments opened, with what they say of themselves. */
struct servicing {
	int64_t member, stop_type, given; /* given: when he last got a session */
	bool stopped;
};
enum err servicer_members(struct tx *tx, const struct service_account *a,
	struct servicing **out, size_t *out_n);
/* Does he serve there? */
enum err servicer_find(struct tx *tx, const struct service_account *a, int64_t member,
	struct servicing *out, bool *out_is);
/* Accounts at which a member serves. */
enum err servicer_accounts(struct tx *tx, int64_t corp, int64_t member,
	struct service_account **out, size_t *out_n);
/* Notes that he got a session. */
enum err servicer_given(struct tx *tx, const struct service_account *a, int64_t member);
/* He says whether he receives; *out_changed false: he said so before. */
enum err servicer_say(struct tx *tx, const struct service_account *a, int64_t member,
	bool stopped, int64_t stop_type, bool *out_changed);

#endif
