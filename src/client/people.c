/*
 * client/people.c - a short memory of how people look.
 *
 * Every message frame says from whom it is.  Looking that up costs more than the
 * rest of the frame, so a hub remembers the text for a minute; events about the
 * corp's directory or a customer make it forget sooner.
 */
#include "client/realtime.h"

#include <stdlib.h>

enum { SLOTS = 4096, LIFE_MS = 60000 };

struct person_slot {
	int64_t corp, id, until_ms;
	uint8_t kind, for_kind;
	char *text;
	size_t n;
};

static struct person_slot *slot_of(struct hub *hub, enum person_kind for_kind,
	int64_t corp, enum person_kind kind, int64_t id)
{
	uint64_t h = (uint64_t)id * 0x9e3779b97f4a7c15u +
		(uint64_t)corp * 0xc2b2ae3d27d4eb4fu + (uint64_t)kind * 7 +
		(uint64_t)for_kind;

	if (!hub->people) {
		hub->people = calloc(SLOTS, sizeof(*hub->people));
		BUG_IF(!hub->people, "out of memory");
	}
	return &hub->people[(h >> 32 ^ h) % SLOTS];
}

struct look {
	enum person_kind for_kind;
	int64_t corp;
	struct person who;
	struct view_who out;
};

static enum err look_up(struct tx *tx, void *arg)
{
	struct look *l = arg;

	return view_who_of(tx, l->for_kind, l->corp, l->who, &l->out);
}

static void fill(struct hub *hub, struct person_slot *slot, struct look *l)
{
	struct ctx *cx = hub->cx;
	struct arena *mem = cx->scratch;
	str text;

	/* Who cannot be found has no name, but the message is still shown. */
	if (store_read(hub->house->store, cx, look_up, l) != OK)
		l->out = (struct view_who){ .kind = STR("system") };
	text = shape_text(mem, view_who_shape(), &l->out);
	free(slot->text);
	slot->text = malloc(text.n);
	BUG_IF(!slot->text, "out of memory");
	memcpy(slot->text, text.p, text.n);
	slot->n = text.n;
	slot->corp = l->corp;
	slot->id = l->who.id;
	slot->kind = (uint8_t)l->who.kind;
	slot->for_kind = (uint8_t)l->for_kind;
	slot->until_ms = loop_now_ms(hub->loop) + LIFE_MS;
}

str person_text(struct hub *hub, enum person_kind for_kind, int64_t corp,
	struct person who)
{
	struct person_slot *slot = slot_of(hub, for_kind, corp, who.kind, who.id);

	if (!slot->text || slot->corp != corp || slot->id != who.id ||
		slot->kind != who.kind || slot->for_kind != for_kind ||
		slot->until_ms < loop_now_ms(hub->loop))
		fill(hub, slot,
			&(struct look){ .for_kind = for_kind, .corp = corp, .who = who });
	return str_make(slot->text, slot->n);
}

void people_forget(struct hub *hub, int64_t corp, enum person_kind kind, int64_t id)
{
	slot_of(hub, PERSON_MEMBER, corp, kind, id)->until_ms = 0;
	slot_of(hub, PERSON_CUSTOMER, corp, kind, id)->until_ms = 0;
}

void people_forget_corp(struct hub *hub, int64_t corp)
{
	for (size_t i = 0; hub->people && i < SLOTS; i++)
		if (hub->people[i].corp == corp)
			hub->people[i].until_ms = 0;
}

void people_free(struct hub *hub)
{
	for (size_t i = 0; hub->people && i < SLOTS; i++)
		free(hub->people[i].text);
	free(hub->people);
	hub->people = NULL;
}
