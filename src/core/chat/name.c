#include "base/ids.h"
#include "core/chat/chat.h"

str chat_name(struct arena *mem, int64_t corp, int64_t chat)
{
	return id_pair_text(mem, "", corp, chat);
}

bool chat_name_parse(str name, int64_t *out_corp, int64_t *out_chat)
{
	return id_pair_parse(name, "", out_corp, out_chat);
}
