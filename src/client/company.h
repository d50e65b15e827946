/*
 * client/company.h - a company as one of its customers sees it; private to client/.
 */
#ifndef CLIENT_COMPANY_H
#define CLIENT_COMPANY_H

#include "client/view.h"
#include "core/customer/consumer.h"
#include "core/customer/customer.h"

#define COMPANY_PERSON(F, SUB)                                                           \
	F(octets, person, ALWAYS, 1, 64, "Stable, for block and unblock")                \
	F(text, name, ALWAYS, 0, 64, "Who serves him")                                   \
	F(text, position, ALWAYS, 0, 128, "What he does")                                \
	F(octets, avatar, ALWAYS, 0, 128, "For GET /v1/avatar; empty without one")       \
	F(octets, chat, SOMETIMES, 0, 64, "The chat with him")                           \
	F(octets, status, ALWAYS, 1, 16,                                                 \
		"active, left (by the consumer), ended or blocked")                      \
	F(time, added, ALWAYS, 0, INT64_MAX, "Unix milliseconds")                        \
	F(int, add_way, ALWAYS, 0, 1000, "How: 1 a code, 3 a card, 202 handed over …")   \
	F(int, messages, ALWAYS, 0, INT64_MAX, "In the chat")
SHAPE_STRUCT(company_person, COMPANY_PERSON)

#define COMPANY_GROUP(F, SUB)                                                            \
	F(octets, chat, ALWAYS, 1, 64, "The group's chat")                               \
	F(octets, kind, ALWAYS, 0, 16, "group or service")                               \
	F(text, name, ALWAYS, 0, 200, "As his list of chats has it; may be empty")       \
	F(int, messages, ALWAYS, 0, INT64_MAX, "In the chat")                            \
	F(flag, closed, ALWAYS, 0, 1, "Takes no messages any more")
SHAPE_STRUCT(company_group, COMPANY_GROUP)

#define COMPANY_VIEW(F, SUB)                                                             \
	SUB(object, corp, view_corp, ALWAYS, 0, 0, "The company")                        \
	F(time, since, ALWAYS, 0, INT64_MAX, "Customer since; 0: not any more")          \
	F(flag, blocked, ALWAYS, 0, 1, "He has shut out all of it")                      \
	F(int, messages, ALWAYS, 0, INT64_MAX, "In all chats with it")                   \
	SUB(list, people, company_person, ALWAYS, 0, 10000, "Who serves or served him")  \
	SUB(list, groups, company_group, ALWAYS, 0, 10000, "Groups he is in")
SHAPE_STRUCT(company_view, COMPANY_VIEW)

#define COMPANY_HOLDS(F, SUB)                                                            \
	F(text, name, ALWAYS, 0, 64, "His name there")                                   \
	F(octets, avatar, ALWAYS, 0, 128, "His picture there")                           \
	F(time, since, ALWAYS, 0, INT64_MAX, "When it began")                            \
	F(texts, labels, ALWAYS, 0, 200, "Labels that were put on him")                  \
	F(flag, notes, ALWAYS, 0, 1,                                                     \
		"Employees keep notes of their own on him: to be asked of the company")
SHAPE_STRUCT(company_holds, COMPANY_HOLDS)

enum err company_person_of(struct tx *tx, int64_t corp, int64_t member,
	struct company_person *out);
/* A company of the acting consumer; ERR_NOT_FOUND for all others. */
enum err company_find(struct tx *tx, str corpid, struct corp *out_corp,
	struct customer *out);
enum err company_view_of(struct tx *tx, int64_t corp, struct company_view *out);
enum err company_holds_of(struct tx *tx, const struct customer *c,
	struct company_holds *out);

#endif
