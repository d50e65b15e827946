/*
 * core/group/private.h - between the files of core/group.
 */
#ifndef CORE_GROUP_PRIVATE_H
#define CORE_GROUP_PRIVATE_H

#include "core/group/group.h"

struct customer_group_row;
void group_fill(struct customer_group *g, int64_t corp,
	const struct customer_group_row *row);

/* A change for apps: change_external_chat.  `detail` NULL for create and dismiss. */
struct group_news {
	const char *change, *detail;
	int64_t join_scene, quit_scene; /* of add_member and del_member */
	const struct person *persons;   /* who came or went */
	size_t n;
	int64_t before; /* the version before */
};
enum err group_callback(struct tx *tx, const struct customer_group *g,
	const struct group_news *news);

/* A line in the timeline: {"event":"group_joined","names":[…],"by":"李雷","text":"…"}. */
struct group_line {
	const char *event;
	const struct person *persons;
	size_t n;
	int64_t by; /* member, 0 nobody */
	str text;   /* a name or notice */
};
enum err group_say(struct tx *tx, const struct customer_group *g,
	const struct group_line *line);

/* Notes a step of each person; n 0: of the group itself. */
enum err group_note(struct tx *tx, const struct customer_group *g, enum group_verb verb,
	const struct person *persons, size_t n);

/* Takes persons out, whoever they are, with no line and no news. */
enum err group_take_out(struct tx *tx, struct customer_group *g,
	const struct person *persons, size_t n, struct person *out_gone, size_t *out_n);
/* Puts them in without asking; a new owner reads all. */
enum err group_put_in(struct tx *tx, struct customer_group *g,
	const struct person *persons, size_t n, const struct group_coming *how,
	bool read_all, struct person *out_new, size_t *out_n);

#endif
