#include "core/customer/personal_tag.h"

#include "core/customer/personal_tag.sql.h"
#include "core/customer/private.h"

enum err personal_tags(struct tx *tx, int64_t corp, int64_t member, int64_t customer,
	struct texts *out)
{
	struct personal_tag_row *rows;
	size_t n;

	TRY(personal_tag_select(tx, corp, member, customer, &rows, &n));
	*out = (struct texts){ ARENA_ARRAY(tx->cx->mem, str, n), n };
	for (size_t i = 0; i < n; i++)
		out->v[i] = rows[i].name;
	return OK;
}

enum err personal_tags_set(struct tx *tx, const struct follow *f, struct texts names)
{
	struct texts now;

	for (size_t i = 0; i < names.n; i++)
		if (str_chars(str_trim(names.v[i])) > PERSONAL_TAG_MAX)
			return why(tx->cx, ERR_INVALID_ARGUMENT,
				"field `personal_tags[%zu]`: at most %d characters", i,
				PERSONAL_TAG_MAX);
	TRY(personal_tag_delete(tx, f->corp, f->member, f->customer));
	for (size_t i = 0; i < names.n; i++)
		if (str_trim(names.v[i]).n)
			TRY(personal_tag_insert(tx, f->corp, f->member, f->customer,
				str_trim(names.v[i])));
	TRY(personal_tags(tx, f->corp, f->member, f->customer, &now));
	if (now.n > PERSONAL_TAGS_OF_FOLLOW_MAX)
		return why(tx->cx, ERR_INVALID_ARGUMENT,
			"field `personal_tags`: at most %d", PERSONAL_TAGS_OF_FOLLOW_MAX);
	follow_tell(tx, f, "changed");
	return OK;
}

enum err personal_tag_has(struct tx *tx, const struct follow *f, str name, bool *out)
{
	struct personal_tag_row row;

	return personal_tag_select_one(tx, f->corp, f->member, f->customer, name, &row,
		out);
}

enum err personal_tags_used(struct tx *tx, int64_t corp, int64_t member,
	struct personal_tag_use **out, size_t *out_n)
{
	struct personal_tag_select_names_row *rows;
	size_t n;

	TRY(personal_tag_select_names(tx, corp, member, &rows, &n));
	*out = ARENA_ARRAY(tx->cx->mem, struct personal_tag_use, n);
	for (size_t i = 0; i < n; i++)
		(*out)[i] = (struct personal_tag_use){ rows[i].name, rows[i].n };
	*out_n = n;
	return OK;
}
