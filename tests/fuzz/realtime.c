/*
 * A frame of the realtime socket, as it is before anybody is asked: what passes must
 * be within its limits, its chat's name must lead back to itself, and a text's body
 * must be JSON that says the same text.
 */
#include "client/realtime.h"
#include "core/message/content.h"

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

static void check_text(struct ctx *cx, str content)
{
	struct message_text again = { 0 };
	str body;

	if (message_check_text(cx, content, &body) != OK)
		return;
	BUG_IF(shape_parse(cx, message_text_shape(), body, &again) != OK,
		"a body that does not parse");
	BUG_IF(!str_same(again.content, content), "another text");
	BUG_IF(str_chars(message_preview(cx, STR("text"), body)) > 80, "a long preview");
}

static void check_chat(struct ctx *cx, str name)
{
	int64_t corp, chat, corp2, chat2;

	if (!chat_name_parse(name, &corp, &chat))
		return;
	BUG_IF(corp < 0 || chat < 0, "a negative number");
	BUG_IF(!chat_name_parse(chat_name(cx->mem, corp, chat), &corp2, &chat2) ||
			corp2 != corp || chat2 != chat,
		"a name that leads elsewhere");
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct ctx *cx = ctx_new(16 << 20);
	struct frame_in f = { 0 };

	if (shape_parse(cx, frame_in_shape(), str_make(p, n), &f) == OK) {
		BUG_IF(str_chars(f.nonce) > 64 || f.seq < 0 || f.cursor < 0,
			"beyond limits");
		check_chat(cx, f.chat);
		if (f.body)
			check_text(cx, f.body->content);
	}
	ctx_free(cx);
	return 0;
}
