#include "core/directory/directory.h"

enum err actor_text(struct tx *tx, str *out)
{
	const struct actor *a = &tx->cx->actor;
	struct arena *mem = tx->cx->mem;
	struct member m;

	switch ((enum actor_kind)a->kind) {
	case ACTOR_MEMBER:
		TRY(member_get(tx, a->corp, a->id, &m));
		*out = arena_printf(mem, "member:%.*s", STR_FMT(m.userid));
		return OK;
	case ACTOR_APP:
		*out = arena_printf(mem, "app:%" PRId64, a->id);
		return OK;
	case ACTOR_CONSUMER:
		*out = STR("consumer");
		return OK;
	case ACTOR_OPERATOR:
		*out = STR("operator");
		return OK;
	case ACTOR_NOBODY:
		break;
	}
	*out = STR("system");
	return OK;
}
