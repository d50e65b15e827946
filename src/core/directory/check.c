/*
 * core/directory/check.c - the limits of WeCom's "Directory".
 */
#include "base/json.h"
#include "core/directory/check.h"

enum { JSON_MAX_BYTES = 16 * 1024 };

enum err check_text(struct ctx *cx, const char *field, str s, size_t min, size_t max)
{
	if (!str_is_utf8(s))
		return why(cx, ERR_BAD_CHARACTERS, "field `%s`: not UTF-8", field);
	size_t n = str_chars(s);
	if (n < min && n == 0)
		return why(cx, ERR_INVALID_ARGUMENT, "field `%s` is required", field);
	if (n < min || n > max)
		return why(cx, ERR_INVALID_ARGUMENT, "field `%s`: %zu to %zu characters",
			field, min, max);
	return OK;
}

enum err check_line(struct ctx *cx, const char *field, str s, size_t min, size_t max)
{
	TRY(check_text(cx, field, s, min, max));
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] < 0x20 || s.p[i] == 0x7f)
			return why(cx, ERR_BAD_CHARACTERS,
				"field `%s`: control characters", field);
	return OK;
}

static bool is_letter_or_digit(char c)
{
	return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z');
}

/* Only of ASCII letters, digits and those of `others`. */
static bool is_made_of(str s, bool letters, const char *others)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		bool good = letters ? is_letter_or_digit(c) : c >= '0' && c <= '9';

		if (!good && (c == '\0' || !strchr(others, c)))
			return false;
	}
	return true;
}

enum err check_userid(struct ctx *cx, const char *field, str userid)
{
	if (userid.n < 1 || userid.n > 64 || !is_letter_or_digit(userid.p[0]) ||
		!is_made_of(userid, true, "_-@."))
		return why(cx, ERR_BAD_USERID,
			"field `%s`: 1 to 64 of letters, digits and _-@. beginning with a letter or digit",
			field);
	return OK;
}

enum err check_department_name(struct ctx *cx, const char *field, str name)
{
	TRY(check_line(cx, field, name, 1, 64));
	for (size_t i = 0; i < name.n; i++)
		if (strchr("\\:*?\"<>|", name.p[i]))
			return why(cx, ERR_BAD_CHARACTERS,
				"field `%s`: none of \\ : * ? \" < > |", field);
	return OK;
}

static enum err check_mobile(struct ctx *cx, str mobile)
{
	if (!mobile.n)
		return OK;
	if (mobile.n < 5 || mobile.n > 32 ||
		!is_made_of(str_skip(mobile, 1), false, "- ") ||
		!is_made_of(str_sub(mobile, 0, 1), false, "+"))
		return why(cx, ERR_INVALID_ARGUMENT, "field `mobile`: 5 to 32 digits");
	return OK;
}

static enum err check_email(struct ctx *cx, const char *field, str email)
{
	size_t at = str_find_char(email, '@');

	if (!email.n)
		return OK;
	if (email.n < 6 || email.n > 64 || at == SIZE_MAX || at == 0 || at + 1 == email.n)
		return why(cx, ERR_INVALID_ARGUMENT,
			"field `%s`: no e-mail address of 6 to 64 bytes", field);
	if (!is_made_of(str_sub(email, 0, at), true, "!#$%&'*+-/=?^_`{|}~.") ||
		!is_made_of(str_skip(email, at + 1), true, "-."))
		return why(cx, ERR_INVALID_ARGUMENT, "field `%s`: no e-mail address",
			field);
	return OK;
}

static enum err check_json(struct ctx *cx, const char *field, str json)
{
	const cJSON *root;

	if (json.n > JSON_MAX_BYTES)
		return why(cx, ERR_INVALID_ARGUMENT, "field `%s`: at most %d bytes",
			field, JSON_MAX_BYTES);
	if (json.n && (json_parse(cx, json, &root) != OK || !cJSON_IsObject(root)))
		return why(cx, ERR_INVALID_ARGUMENT, "field `%s`: no JSON object", field);
	return OK;
}

enum err check_member(struct ctx *cx, const struct member *m)
{
	TRY(check_userid(cx, "userid", m->userid));
	TRY(check_line(cx, "name", m->name, 1, 64));
	TRY(check_line(cx, "alias", m->alias, 0, 64));
	TRY(check_line(cx, "position", m->position, 0, 128));
	TRY(check_mobile(cx, m->mobile));
	TRY(check_email(cx, "email", m->email));
	TRY(check_email(cx, "biz_mail", m->biz_mail));
	TRY(check_line(cx, "address", m->address, 0, 128));
	TRY(check_line(cx, "avatar", m->avatar, 0, 64));
	TRY(check_line(cx, "external_position", m->external_position, 0, 12));
	TRY(check_json(cx, "external_profile", m->external_profile));
	TRY(check_json(cx, "extattr", m->extattr));
	if (m->telephone.n > 32 || !is_made_of(m->telephone, false, "+-, "))
		return why(cx, ERR_INVALID_ARGUMENT,
			"field `telephone`: at most 32 digits");
	if (m->gender < 0 || m->gender > 2)
		return why(cx, ERR_INVALID_ARGUMENT, "field `gender`: 0, 1 or 2");
	if (m->direct_leader.n)
		TRY(check_userid(cx, "direct_leader", m->direct_leader));
	return OK;
}
