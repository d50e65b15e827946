/*
 * client/group_welcomes.c - the welcome templates an owner may choose from, and new ones.
 */
#include "client/client.h"
#include "client/group_view.h"
#include "core/group/welcome.h"

enum { LIST_MAX = 1000 };

#define WELCOME(F, SUB)                                                                  \
	F(octets, template_id, ALWAYS, 1, 64, "The template")                            \
	F(text, text, ALWAYS, 0, 3000, "%NICKNAME% becomes the names of who came")       \
	F(octets, attachment, SOMETIMES, 0, 32, "image, link, miniprogram, video, file") \
	F(flag, by_app, ALWAYS, 0, 1, "An app made it")
SHAPE(view_group_welcome, WELCOME)
NO_IN(group_welcomes)
#define WELCOMES_OUT(F, SUB)                                                             \
	SUB(list, welcomes, view_group_welcome, ALWAYS, 0, LIST_MAX, "Newest first")
SHAPE(group_welcomes_out, WELCOMES_OUT)
#define CREATE_IN(F, SUB)                                                                \
	F(text, text, REQUIRED, 1, 1000, "%NICKNAME% becomes the names of who came")
SHAPE(group_welcome_make_in, CREATE_IN)
#define CREATE_OUT(F, SUB) F(octets, template_id, ALWAYS, 1, 64, "The template")
SHAPE(group_welcome_make_out, CREATE_OUT)

static enum err group_welcomes(struct req *rq)
{
	struct group_welcomes_out *out = rq->out;
	struct group_welcome *list;
	size_t n;

	TRY(group_welcome_all(rq->tx, rq->cx->actor.corp, &list, &n));
	out->welcomes.v = ARENA_ARRAY(rq->cx->mem, struct view_group_welcome, n);
	out->welcomes.n = n;
	for (size_t i = 0; i < n; i++) {
		struct view_group_welcome *v = &out->welcomes.v[i];
		struct attachment *attached;
		size_t n_attached = 0;

		v->template_id = list[i].template_id;
		v->text = list[i].text;
		v->by_app = list[i].app;
		if (list[i].attachment.n)
			TRY(attachments_unpack(rq->cx, list[i].attachment, &attached,
				&n_attached));
		if (n_attached)
			v->attachment = attached[0].msgtype;
	}
	return OK;
}

static enum err group_welcome_make(struct req *rq)
{
	const struct group_welcome_make_in *in = rq->in;
	struct group_welcome_make_out *out = rq->out;
	struct group_welcome w = { .corp = rq->cx->actor.corp, .text = in->text };

	TRY(group_welcome_add(rq->tx, &w, NULL));
	out->template_id = w.template_id;
	return OK;
}

const struct route group_welcome_desk_routes[] = {
	GET("/v1/group/welcomes", group_welcomes, member, READS,
		"Welcome templates for groups"),
	POST("/v1/group/welcome/create", group_welcome_make, member, WRITES,
		"A new welcome template, of text"),
	LAST_ROUTE,
};
