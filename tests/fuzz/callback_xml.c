/*
 * Any bytes as an app's answer, as the outbox's text and as a decrypted
 * plaintext.  What the writer writes, our own reader must be able to read.
 */
#include "wire/callback_xml.h"

#include "base/digest.h"
#include "wire/callback_reply.h"

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

static void write_and_read(struct ctx *cx, str in)
{
	const struct xml_node *root;
	str xml, json;

	if (callback_xml_of_json(cx, in, &xml) != OK)
		return;
	BUG_IF(!str_is_utf8(xml), "the writer wrote bad UTF-8");
	BUG_IF(callback_json_of_json(cx, in, &json) != OK, "one form but not the other");
	if (xml_parse(cx, xml, &root) != OK)
		BUG_IF(xml.n < XML_MAX_BYTES &&
				str_find(cx->words, STR("too")) == SIZE_MAX,
			"the writer wrote what is no XML");
}

static void decrypt_lie(struct ctx *cx, str plain)
{
	struct wecom_channel ch = { .receiveid = STR("ww1") };
	str msg, cipher = wecom_file_encrypt(cx->mem, &ch.key, plain);

	if (wecom_decrypt(cx, &ch, base64_of(cx->mem, cipher), &msg) == OK)
		BUG_IF(msg.n + 20 + 3 != plain.n, "a message of another length");
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct ctx *cx = ctx_new(64 << 20);
	struct wecom_channel ch = { STR("token"), STR("ww1"), { { 0 } } };
	struct callback_reply reply;
	str in = str_make(p, n);

	json_init();
	write_and_read(cx, in);
	decrypt_lie(cx, in);
	IGNORE_ERR(callback_reply_parse(cx, in, &reply));
	IGNORE_ERR(callback_reply_read(cx, &ch, in, &reply));
	ctx_free(cx);
	return 0;
}
