/*
 * api/externalcontact/tag.c - the corp's labels for customers, over HTTP
 * (documents 92117 and 92118), and a strategy's (94882).
 */
#include "api/api.h"
#include "api/externalcontact/follower.h"
#include "core/customer/tag.h"

enum { ORDER_MAX = UINT32_MAX >> 1 };

#define LIST_IN(F, SUB)                                                                  \
	F(texts, tag_id, OPTIONAL, 0, TAGS_MAX, "Only these tags")                       \
	F(texts, group_id, OPTIONAL, 0, TAGS_MAX,                                        \
		"Only these groups; counts before tag_id")
SHAPE(get_corp_tag_list_in, LIST_IN)

#define TAG(F, SUB)                                                                      \
	F(octets, id, ALWAYS, 1, 64, "The tag")                                          \
	F(text, name, ALWAYS, 1, TAG_NAME_MAX, "Its name")                               \
	F(time, create_time, ALWAYS, 0, INT64_MAX, "Unix seconds")                       \
	F(int, order, ALWAYS, 0, INT64_MAX, "Larger stands first")                       \
	F(flag, deleted, SOMETIMES, 0, 1, "Only when asked for by id")
SHAPE(corp_tag, TAG)
#define GROUP(F, SUB)                                                                    \
	F(octets, group_id, ALWAYS, 1, 64, "The group")                                  \
	F(text, group_name, ALWAYS, 1, TAG_NAME_MAX, "Its name")                         \
	F(time, create_time, ALWAYS, 0, INT64_MAX, "Unix seconds")                       \
	F(int, order, ALWAYS, 0, INT64_MAX, "Larger stands first")                       \
	F(flag, deleted, SOMETIMES, 0, 1, "Only when asked for by id")                   \
	F(int, strategy_id, SOMETIMES, 0, INT64_MAX, "Whose it is, of a strategy's")     \
	SUB(list, tag, corp_tag, ALWAYS, 0, TAGS_MAX, "Its tags")
SHAPE(corp_tag_group, GROUP)
#define LIST_OUT(F, SUB)                                                                 \
	SUB(list, tag_group, corp_tag_group, ALWAYS, 0, TAGS_MAX, "The library, in order")
SHAPE(get_corp_tag_list_out, LIST_OUT)

/* Names are bounded here so that core can say 40072 of the too long ones. */
#define NEW_TAG(F, SUB)                                                                  \
	F(text, name, REQUIRED, 0, 1024, "At most 30 characters")                        \
	F(int, order, OPTIONAL, 0, ORDER_MAX, "Larger stands first")
SHAPE(new_tag, NEW_TAG)
#define ADD_IN(F, SUB)                                                                   \
	F(octets, group_id, OPTIONAL, 0, 64,                                             \
		"The group; then its name and order do not count")                       \
	F(text, group_name, OPTIONAL, 0, 1024, "Or its name; made when there is none")   \
	F(int, order, OPTIONAL, 0, ORDER_MAX, "Of a new group")                          \
	SUB(list, tag, new_tag, REQUIRED, 1, TAGS_MAX, "What to add")                    \
	F(int, agentid, OPTIONAL, 0, INT64_MAX, "Old suites send it; does not count")
SHAPE(add_corp_tag_in, ADD_IN)
#define ADD_OUT(F, SUB)                                                                  \
	SUB(object, tag_group, corp_tag_group, ALWAYS, 0, 0,                             \
		"The group, with just these tags")
SHAPE(add_corp_tag_out, ADD_OUT)

#define EDIT_IN(F, SUB)                                                                  \
	F(octets, id, REQUIRED, 0, 64, "A tag or a group")                               \
	F(text, name, OPTIONAL, 0, 1024, "Its new name, at most 30 characters")          \
	F(int, order, OPTIONAL, 0, ORDER_MAX, "Larger stands first")                     \
	F(int, agentid, OPTIONAL, 0, INT64_MAX, "Old suites send it; does not count")
SHAPE(edit_corp_tag_in, EDIT_IN)
NO_OUT(edit_corp_tag)

#define DEL_IN(F, SUB)                                                                   \
	F(texts, tag_id, OPTIONAL, 0, TAGS_MAX, "Tags")                                  \
	F(texts, group_id, OPTIONAL, 0, TAGS_MAX, "Groups, with all their tags")         \
	F(int, agentid, OPTIONAL, 0, INT64_MAX, "Old suites send it; does not count")
SHAPE(del_corp_tag_in, DEL_IN)
NO_OUT(del_corp_tag)

#define STRATEGY_LIST_IN(F, SUB)                                                         \
	F(int, strategy_id, OPTIONAL, 0, INT64_MAX, "Of this strategy; absent: of all")  \
	LIST_IN(F, SUB)
SHAPE(get_strategy_tag_list_in, STRATEGY_LIST_IN)
#define get_strategy_tag_list_out_shape get_corp_tag_list_out_shape
#define STRATEGY_ADD_IN(F, SUB)                                                          \
	F(int, strategy_id, REQUIRED, 1, INT64_MAX, "The strategy, of the first level")  \
	F(octets, group_id, OPTIONAL, 0, 64,                                             \
		"The group; then its name and order do not count")                       \
	F(text, group_name, OPTIONAL, 0, 1024, "Or its name; made when there is none")   \
	F(int, order, OPTIONAL, 0, ORDER_MAX, "Of a new group")                          \
	SUB(list, tag, new_tag, REQUIRED, 1, TAGS_MAX, "What to add")
SHAPE(add_strategy_tag_in, STRATEGY_ADD_IN)
#define add_strategy_tag_out_shape add_corp_tag_out_shape
#define edit_strategy_tag_in_shape edit_corp_tag_in_shape
NO_OUT(edit_strategy_tag)
#define del_strategy_tag_in_shape del_corp_tag_in_shape
NO_OUT(del_strategy_tag)

#define MARK_IN(F, SUB)                                                                  \
	F(octets, userid, OPTIONAL, 0, 64, "Whose customer; required")                   \
	F(octets, external_userid, OPTIONAL, 0, 64, "The customer; required")            \
	F(texts, add_tag, OPTIONAL, 0, TAGS_OF_FOLLOW_MAX, "Tags to put on")             \
	F(texts, remove_tag, OPTIONAL, 0, TAGS_OF_FOLLOW_MAX, "Tags to take off")
SHAPE(mark_tag_in, MARK_IN)
NO_OUT(mark_tag)

/* ---- reading ---- */

static void fill_tag(struct req *rq, const struct tag *t, bool say_deleted,
	struct corp_tag *out)
{
	out->id = tag_id_text(rq->cx->mem, t->tag);
	out->name = t->name;
	out->create_time = t->created_ms / 1000;
	out->order = t->sort_order;
	out->deleted = t->deleted;
	if (say_deleted)
		GIVE(out, deleted);
}

static void fill_group(struct req *rq, const struct tag_group *g, bool say_deleted,
	struct corp_tag_group *out)
{
	out->group_id = tag_id_text(rq->cx->mem, g->tag_group);
	out->group_name = g->name;
	out->create_time = g->created_ms / 1000;
	out->order = g->sort_order;
	out->deleted = g->deleted;
	out->strategy_id = g->strategy;
	if (say_deleted)
		GIVE(out, deleted);
	out->tag.v = ARENA_ARRAY(rq->cx->mem, struct corp_tag, g->n_tags);
}

/* What the request asks for of one group. */
struct filter {
	struct ints tags, groups;
};

static bool wants_tag(const struct filter *f, const struct tag_group *g,
	const struct tag *t)
{
	if (f->groups.n)
		return !t->deleted || g->deleted;
	return f->tags.n ? ints_has(&f->tags, t->tag) : !t->deleted;
}

static bool fill_filtered(struct req *rq, const struct filter *f,
	const struct tag_group *g, struct corp_tag_group *out)
{
	bool by_id = f->groups.n || f->tags.n;

	if (f->groups.n ? !ints_has(&f->groups, g->tag_group) : !by_id && g->deleted)
		return false;
	fill_group(rq, g, by_id, out);
	for (size_t i = 0; i < g->n_tags; i++)
		if (wants_tag(f, g, &g->tags[i]))
			fill_tag(rq, &g->tags[i], by_id, &out->tag.v[out->tag.n++]);
	return f->groups.n || !f->tags.n || out->tag.n;
}

static struct tag_library library(struct req *rq, int64_t strategy)
{
	return (struct tag_library){ rq->cx->actor.corp, strategy, rq->cx->actor.id };
}

static enum err list_tags(struct req *rq, const struct tag_library *lib,
	struct texts tag_id, struct texts group_id)
{
	struct get_corp_tag_list_out *out = rq->out;
	struct filter f = { 0 };
	struct tag_group *groups;
	size_t n, found = 0;

	TRY(ec_tag_ids(rq, "group_id", group_id, &f.groups));
	if (!f.groups.n)
		TRY(ec_tag_ids(rq, "tag_id", tag_id, &f.tags));
	TRY(tag_groups(rq->tx, lib, f.groups.n || f.tags.n, &groups, &n));
	out->tag_group.v = ARENA_ARRAY(rq->cx->mem, struct corp_tag_group, n);
	for (size_t i = 0; i < n; i++)
		if (fill_filtered(rq, &f, &groups[i], &out->tag_group.v[found]))
			found++;
		else
			out->tag_group.v[found] = (struct corp_tag_group){ 0 };
	out->tag_group.n = found;
	return OK;
}

static enum err get_corp_tag_list(struct req *rq)
{
	const struct get_corp_tag_list_in *in = rq->in;
	struct tag_library lib = library(rq, TAGS_OF_CORP);

	return list_tags(rq, &lib, in->tag_id, in->group_id);
}

static enum err get_strategy_tag_list(struct req *rq)
{
	const struct get_strategy_tag_list_in *in = rq->in;
	struct tag_library lib = library(rq, TAGS_OF_STRATEGIES);
	struct strategy s;

	if (in->strategy_id) {
		TRY(strategy_get(rq->tx, lib.corp, STRATEGY_CUSTOMER, lib.by_app,
			in->strategy_id, &s));
		lib.strategy = s.strategy;
	}
	return list_tags(rq, &lib, in->tag_id, in->group_id);
}

/* ---- changing ---- */

static enum err add_tags(struct req *rq, const struct tag_library *lib,
	struct tag_group *wanted, str group_id, const struct new_tag *tags, size_t n)
{
	struct add_corp_tag_out *out = rq->out;
	struct tag_group made;

	if (group_id.n && !tag_id_parse(group_id, &wanted->tag_group))
		return why(rq->cx, ERR_BAD_TAG_ID, "group_id: no such group");
	wanted->tags = ARENA_ARRAY(rq->cx->mem, struct tag, n);
	wanted->n_tags = n;
	for (size_t i = 0; i < n; i++) {
		wanted->tags[i].name = tags[i].name;
		wanted->tags[i].sort_order = tags[i].order;
	}
	TRY(tag_add(rq->tx, lib, wanted, &made));
	out->tag_group = ARENA_NEW(rq->cx->mem, struct corp_tag_group);
	fill_group(rq, &made, false, out->tag_group);
	for (size_t i = 0; i < made.n_tags; i++)
		fill_tag(rq, &made.tags[i], false, &out->tag_group->tag.v[i]);
	out->tag_group->tag.n = made.n_tags;
	return OK;
}

static enum err add_corp_tag(struct req *rq)
{
	const struct add_corp_tag_in *in = rq->in;
	struct tag_library lib = library(rq, TAGS_OF_CORP);
	struct tag_group wanted = { .name = in->group_name, .sort_order = in->order };

	return add_tags(rq, &lib, &wanted, in->group_id, in->tag.v, in->tag.n);
}

static enum err add_strategy_tag(struct req *rq)
{
	const struct add_strategy_tag_in *in = rq->in;
	struct tag_library lib = library(rq, in->strategy_id);
	struct tag_group wanted = { .name = in->group_name, .sort_order = in->order };

	return add_tags(rq, &lib, &wanted, in->group_id, in->tag.v, in->tag.n);
}

static enum err edit_in(struct req *rq, int64_t strategy)
{
	const struct edit_corp_tag_in *in = rq->in;
	struct tag_library lib = library(rq, strategy);
	int64_t id;

	if (!tag_id_parse(in->id, &id))
		return why(rq->cx, ERR_BAD_TAG_ID, "id: no such tag or group");
	return tag_edit(rq->tx, &lib, id, in->name,
		HAS(in, order) ? in->order : INT64_MIN);
}

static enum err edit_corp_tag(struct req *rq)
{
	return edit_in(rq, TAGS_OF_CORP);
}

static enum err edit_strategy_tag(struct req *rq)
{
	return edit_in(rq, TAGS_OF_STRATEGIES);
}

static enum err delete_in(struct req *rq, int64_t strategy)
{
	const struct del_corp_tag_in *in = rq->in;
	struct tag_library lib = library(rq, strategy);
	struct ints tags, groups;

	TRY(ec_tag_ids(rq, "tag_id", in->tag_id, &tags));
	TRY(ec_tag_ids(rq, "group_id", in->group_id, &groups));
	return tag_delete(rq->tx, &lib, tags, groups);
}

static enum err del_corp_tag(struct req *rq)
{
	return delete_in(rq, TAGS_OF_CORP);
}

static enum err del_strategy_tag(struct req *rq)
{
	return delete_in(rq, TAGS_OF_STRATEGIES);
}

static enum err mark_tag(struct req *rq)
{
	const struct mark_tag_in *in = rq->in;
	struct ints add, remove;
	struct follow f;

	TRY(ec_follow(rq, in->userid, in->external_userid, &f));
	if (!in->add_tag.n && !in->remove_tag.n)
		return why(rq->cx, ERR_INVALID_ARGUMENT,
			"add_tag, remove_tag: both are empty");
	TRY(ec_tag_ids(rq, "add_tag", in->add_tag, &add));
	TRY(ec_tag_ids(rq, "remove_tag", in->remove_tag, &remove));
	return follow_mark(rq->tx, &f, add, remove, rq->cx->actor.id);
}

const struct route corp_tag_routes[] = {
	POST("/cgi-bin/externalcontact/get_corp_tag_list", get_corp_tag_list,
		customer_read, READS, "The corp's labels for customers"),
	POST("/cgi-bin/externalcontact/add_corp_tag", add_corp_tag, customer_write,
		WRITES, "Add labels, and their group when it is new"),
	POST("/cgi-bin/externalcontact/edit_corp_tag", edit_corp_tag, customer_write,
		WRITES, "Rename or reorder a label or a group"),
	POST("/cgi-bin/externalcontact/del_corp_tag", del_corp_tag, customer_write,
		WRITES, "Delete labels or whole groups"),
	POST("/cgi-bin/externalcontact/mark_tag", mark_tag, customer_write, WRITES,
		"Put labels on a member's customer, or take them off"),
	POST("/cgi-bin/externalcontact/get_strategy_tag_list", get_strategy_tag_list,
		customer_read, READS, "The labels of a strategy"),
	POST("/cgi-bin/externalcontact/add_strategy_tag", add_strategy_tag,
		customer_write, WRITES, "Add labels to a strategy"),
	POST("/cgi-bin/externalcontact/edit_strategy_tag", edit_strategy_tag,
		customer_write, WRITES, "Rename or reorder a strategy's label or group"),
	POST("/cgi-bin/externalcontact/del_strategy_tag", del_strategy_tag,
		customer_write, WRITES, "Delete labels or groups of a strategy"),
	LAST_ROUTE,
};
