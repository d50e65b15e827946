/*
 * api/kf/kf.h - what the rows of customer service share: which account and which
 * customer a request means, and whether the app may.
 */
#ifndef API_KF_KF_H
#define API_KF_KF_H

#include "core/service/account.h"
#include "frame/route.h"

/* 60251, 95000, 95004; 48007 unless the account is granted to the app.  The customer
 * contact secret, which is the corp's own, may manage all. */
enum err kf_account(struct req *rq, str open_kfid, struct service_account *out);
enum err kf_may(struct req *rq, const struct service_account *a, bool *out);
/* 40096. */
enum err kf_customer(struct req *rq, str external_userid, struct customer *out);

#endif
