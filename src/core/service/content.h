/*
 * core/service/content.h - what an app may write to a customer of a service (documents
 * 94677, 95122), as a message of the house.
 *
 *	text image voice video file   as everywhere
 *	link miniprogram              with their pictures
 *	msgmenu                       {head_content, list:[{type, click|view|miniprogram|text}], tail_content}
 *	location                      {name, address, latitude, longitude}
 *	ca_link                       becomes a link
 *	business_card                 {userid}: kept as name, position and code of the member
 */
#ifndef CORE_SERVICE_CONTENT_H
#define CORE_SERVICE_CONTENT_H

#include "store/store.h"

enum { MENU_ITEMS_MAX = 50, MENU_CLICKS_MAX = 10, MENU_ID_BYTES = 128 };

/* `body` is the JSON object of that name.  40008, 40058, 40007, 95008, 95009 …  In a write
 * its files are kept. */
enum err service_content(struct tx *tx, int64_t corp, str type, str body, str *out_type,
	str *out_body);
/* The words of a menu's click: what a customer says by it; ERR_NOT_FOUND. */
enum err service_click(struct ctx *cx, str menu_body, str id, str *out_content);
/* The text of somebody who clicked. */
str service_click_body(struct arena *mem, str content, str id);
/* A menu of questions; `ids` and `contents` go together. */
str service_menu(struct arena *mem, str head, const str *ids, const str *contents,
	size_t n, str tail);
/* A message as sync_msg gives it: the object of its type; empty for a type that is not
 * given. */
enum err service_shown(struct ctx *cx, str type, str body, str *out_type, str *out_body);

#endif
