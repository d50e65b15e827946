#include "api/kf/kf.h"

enum err kf_may(struct req *rq, const struct service_account *a, bool *out)
{
	*out = rq->cx->actor.id == AGENT_CUSTOMER_CONTACT;
	return *out ? OK : service_is_granted(rq->tx, a, rq->cx->actor.id, out);
}

enum err kf_account(struct req *rq, str open_kfid, struct service_account *out)
{
	bool may;

	TRY(service_account_by_open(rq->tx, rq->cx->actor.corp, open_kfid, out));
	TRY(kf_may(rq, out, &may));
	if (!may)
		return why(rq->cx, ERR_KF_NOT_GRANTED,
			"open_kfid: an administrator grants it in the console");
	return OK;
}

enum err kf_customer(struct req *rq, str external_userid, struct customer *out)
{
	return customer_by_external(rq->tx, rq->cx->actor.corp, external_userid, out);
}
