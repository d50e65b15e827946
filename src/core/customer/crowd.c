#include "core/customer/crowd.h"

#include "base/fold.h"
#include "base/ids.h"
#include "core/customer/consumer.sql.h"
#include "core/customer/customer.sql.h"
#include "core/customer/follow.sql.h"
#include "core/customer/tag.sql.h"

static enum err follow_him(struct tx *tx, const struct crowd_customer *c,
	int64_t customer, size_t i)
{
	int64_t ms = c->created_ms + (int64_t)i;

	TRY(follow_insert(tx, c->corp, c->members[i], customer, ADD_WAY_QR, STR("bench"),
		0, STR(""), id_next(), ms));
	TRY(follow_set_words(tx, c->corp, c->members[i], customer,
		fold(tx->cx->scratch, c->name)));
	for (size_t t = 0; t < c->tags[i].n; t++)
		TRY(follow_tag_insert(tx, c->corp, c->members[i], customer,
			c->tags[i].v[t], ms));
	return OK;
}

enum err crowd_add(struct tx *tx, const struct crowd_customer *c)
{
	int64_t consumer = id_next(), customer = id_next();

	TRY(consumer_insert(tx, consumer, c->name, c->created_ms));
	TRY(customer_insert(tx, c->corp, customer, c->external_userid, consumer, c->name,
		STR(""), c->created_ms));
	for (size_t i = 0; i < c->n; i++)
		TRY(follow_him(tx, c, customer, i));
	return OK;
}
