#include "core/service/private.h"

enum err bot_hear(struct tx *tx, const struct service_account *a, struct visit *v,
	struct service_session *s, const struct message *m, bool *out_human)
{
	(void)tx;
	(void)a;
	(void)v;
	(void)s;
	(void)m;
	*out_human = true;
	return OK;
}
