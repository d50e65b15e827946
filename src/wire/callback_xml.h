/*
 * wire/callback_xml.h - what an app receives: event and message bodies.
 *
 * The outbox keeps a callback's plaintext as the text of a JSON object whose
 * members are in WeCom's order.  From it come both forms an app may choose:
 *
 *	{"ToUserName":"ww1","CreateTime":1700000000,"EventKey":"",
 *	 "MemChangeList":{"Item":["a","b"]}}
 *
 *	<xml><ToUserName><![CDATA[ww1]]></ToUserName>
 *	<CreateTime>1700000000</CreateTime><EventKey><![CDATA[]]></EventKey>
 *	<MemChangeList><Item><![CDATA[a]]></Item><Item><![CDATA[b]]></Item>
 *	</MemChangeList></xml>                               (in one line)
 *
 * Strings become CDATA, numbers are copied digit by digit (so a 64-bit MsgId is
 * written as a number and stays exact), true and false plain, objects nested
 * elements, arrays repeated elements of the member's name, null nothing.
 * Characters XML 1.0 cannot hold are left out.  The text is ours, but it is
 * checked as if it were not: ERR_BAD_JSON with words, or ERR_TOO_LARGE.
 */
#ifndef WIRE_CALLBACK_XML_H
#define WIRE_CALLBACK_XML_H

#include "base/ctx.h"

enum err callback_xml_of_json(struct ctx *cx, str json, str *out_xml);
/* The same content for apps that chose JSON: checked, blanks removed. */
enum err callback_json_of_json(struct ctx *cx, str json, str *out_json);

/* The body of the POST, around the Base64 text. */
struct callback_envelope {
	str to;      /* corpid or suite id; robots have none */
	str agentid; /* decimal text; only for apps' own callbacks */
	str encrypt;
};
str callback_envelope_xml(struct arena *mem, const struct callback_envelope *env);
str callback_envelope_json(struct arena *mem, const struct callback_envelope *env);

#endif
