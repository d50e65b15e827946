/*
 * core/customer/join.h - two accounts of one person become one.
 */
#ifndef CORE_CUSTOMER_JOIN_H
#define CORE_CUSTOMER_JOIN_H

#include "core/customer/consumer.h"

/* All that `from` has becomes `to`'s: chats and the customers behind them, and blocks of
 * both kinds, so that joining washes none off.  ERR_CANNOT_JOIN when both are customers of
 * one corp: those two are two to it.  Sessions and proofs are core/person's. */
enum err consumer_join(struct tx *tx, int64_t from, int64_t to);

#endif
