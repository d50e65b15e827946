#include "base/ids.h"
#include "core/chat/chat.h"

str chat_name(struct arena *mem, int64_t corp, int64_t chat)
{
	str left = id_text(mem, "", corp), right = id_text(mem, "-", chat);

	return arena_concat(mem, left, right);
}

bool chat_name_parse(str name, int64_t *out_corp, int64_t *out_chat)
{
	str corp = str_cut(&name, '-');

	return id_parse(corp, "", out_corp) && id_parse(name, "", out_chat);
}
