/*
 * core/message/fill.h - names filled into a text that is written for many.
 *
 *	{customer} {客户}   what the customer calls himself
 *	{member} {员工}     who writes
 *	{company} {企业}    the corp
 *
 * Anything else in braces stays as it is.  A name is not looked at again, so a customer who
 * calls himself {member} is called so.
 */
#ifndef CORE_MESSAGE_FILL_H
#define CORE_MESSAGE_FILL_H

#include "base/arena.h"

struct fill_names {
	str customer, member, company;
};

str message_fill(struct arena *mem, str text, const struct fill_names *names);

#endif
