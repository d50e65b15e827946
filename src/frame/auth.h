/*
 * frame/auth.h - who calls; private to frame/.
 */
#ifndef FRAME_AUTH_H
#define FRAME_AUTH_H

#include "frame/gate.h"

/* The app of access_token: ERR_NO_TOKEN, ERR_BAD_TOKEN, ERR_EXPIRED_TOKEN. */
enum err auth_token(struct req *rq, struct tx *tx);
/* The person of the session: ERR_SIGNED_OUT, ERR_BAD_ORIGIN, ERR_DISABLED. */
enum err auth_session(struct req *rq, struct tx *tx);

#endif
