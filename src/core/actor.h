/*
 * core/actor.h - who acts and who is meant.
 */
#ifndef CORE_ACTOR_H
#define CORE_ACTOR_H

#include "base/ctx.h"

/* cx->actor.kind */
enum actor_kind {
	ACTOR_NOBODY,
	ACTOR_MEMBER,   /* id: member;   a session of desk or console */
	ACTOR_CONSUMER, /* id: consumer; corp 0 */
	ACTOR_APP,      /* id: agentid;  a token */
	ACTOR_OPERATOR, /* the command line */
};

/* Somebody in a chat, as tables keep it.  Numbers are stored: never renumber. */
enum person_kind {
	PERSON_SYSTEM = 0,
	PERSON_MEMBER = 1,   /* id: member */
	PERSON_CUSTOMER = 2, /* id: customer; account: the consumer */
	PERSON_APP = 3,      /* id: agentid */
	PERSON_SERVICE = 4,  /* id: service account */
};

struct person {
	enum person_kind kind;
	int64_t id;
	int64_t account; /* the consumer behind a customer, else 0 */
};

/* What a caller may do, one bit each: scopes.def. */
enum scope {
#define S(id, bit, name, doc) SCOPE_##id = bit,
#include "core/scopes.def"
#undef S
};
#define SCOPE_BIT(scope) (UINT64_C(1) << (scope))
/* -1 when there is no scope of that name. */
int scope_of(const char *name);
const char *scope_doc(int scope);

#endif
