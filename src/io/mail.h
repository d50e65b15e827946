/*
 * io/mail.h - a mail to one person, by SMTP.
 *
 * libcurl speaks to the operator's own mail server: TLS by smtps://, or STARTTLS where
 * the server offers it, verified.  The call waits for the server, at most ten seconds,
 * and only a few may wait at once: for workers, never on a loop.
 */
#ifndef IO_MAIL_H
#define IO_MAIL_H

#include "base/ctx.h"

struct mail_server {
	const char *url, *user, *password, *from;
};

struct mail {
	str to, subject, text; /* UTF-8 */
};

/* One address, nothing that could smuggle a line or a second one. */
bool mail_is_address(str s);
/* ERR_UNREACHABLE with words for the log when the server takes it not; ERR_BUSY when too
 * many wait. */
enum err mail_send(struct ctx *cx, const struct mail_server *server,
	const struct mail *mail);

#endif
