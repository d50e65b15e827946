#include "main/boot.h"

#include "api/api.h"
#include "client/client.h"

struct gate *boot_gate(struct house *house)
{
	static const struct route *const tables[] = {
#define R(table) table,
#include "api/routes.def"
#include "client/routes.def"
#undef R
	};

	return gate_new(house, tables, ARRAY_LEN(tables));
}
