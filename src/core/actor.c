/*
 * core/actor.c - the scopes by name.
 */
#include "core/actor.h"

static const struct {
	const char *name, *doc;
} scopes[] = {
#define S(id, bit, scope_name, sentence) [bit] = { scope_name, sentence },
#include "core/scopes.def"
#undef S
};

int scope_of(const char *name)
{
	for (size_t i = 0; i < ARRAY_LEN(scopes); i++)
		if (scopes[i].name && strcmp(scopes[i].name, name) == 0)
			return (int)i;
	return -1;
}

const char *scope_doc(int scope)
{
	if (scope < 0 || (size_t)scope >= ARRAY_LEN(scopes) || !scopes[scope].doc)
		return "";
	return scopes[scope].doc;
}
