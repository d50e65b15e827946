#include "core/acquisition/news.h"

#include "base/shape.h"
#include "core/directory/directory.h"

#define ACQ_EVENT(F, SUB)                                                                \
	F(octets, ToUserName, ALWAYS, 0, 64, "corpid")                                   \
	F(octets, FromUserName, ALWAYS, 0, 64, "sys")                                    \
	F(int, CreateTime, ALWAYS, 0, INT64_MAX, "Unix seconds")                         \
	F(octets, MsgType, ALWAYS, 0, 32, "event")                                       \
	F(octets, Event, ALWAYS, 0, 64, "customer_acquisition")                          \
	F(octets, ChangeType, ALWAYS, 0, 64, "customer_start_chat …")                    \
	F(octets, UserID, SOMETIMES, 0, 64, "The member")                                \
	F(octets, ExternalUserID, SOMETIMES, 0, 64, "The customer")                      \
	F(octets, LinkId, SOMETIMES, 0, 64, "The link")                                  \
	F(octets, State, SOMETIMES, 0, 128, "The channel he came by")                    \
	F(octets, ChatKey, SOMETIMES, 0, 128, "For get_chat_info, 30 minutes")           \
	F(int, ExpireTime, SOMETIMES, 0, INT64_MAX, "When quota ends, Unix seconds")     \
	F(int, ExpireQuotaNum, SOMETIMES, 0, INT64_MAX, "How much of it")
SHAPE(acq_event, ACQ_EVENT)

enum err acq_tell(struct tx *tx, int64_t corp, const struct acq_link *link,
	const struct acq_news *news)
{
	struct acq_event e = {
		.FromUserName = STR("sys"),
		.CreateTime = tx->cx->now_ms / 1000,
		.MsgType = STR("event"),
		.Event = STR("customer_acquisition"),
		.ChangeType = str_of(news->change),
		.UserID = news->userid,
		.ExternalUserID = news->external_userid,
		.State = news->state,
		.ChatKey = news->chat_key,
		.ExpireTime = news->expire_time,
		.ExpireQuotaNum = news->expire_quota,
	};
	struct callback c = { .corp = corp,
		.name = e.Event,
		.change = e.ChangeType,
		.app = link ? link->app : 0 };
	struct corp whose;

	TRY(corp_get(tx, corp, &whose));
	e.ToUserName = whose.corpid;
	if (link)
		e.LinkId = acq_link_id(tx->cx->mem, link->link);
	c.fields = shape_text(tx->cx->mem, acq_event_shape(), &e);
	return c.app ? callback_put(tx, &c)
		     : callback_put_all(tx, &c, SCOPE_customer_read, 0);
}
