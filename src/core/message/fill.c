#include "core/message/fill.h"

#include "base/buf.h"

static bool name_of(str word, const struct fill_names *names, str *out)
{
	const struct {
		str en, zh, name;
	} known[] = {
		{ STR("{customer}"), STR("{客户}"), names->customer },
		{ STR("{member}"), STR("{员工}"), names->member },
		{ STR("{company}"), STR("{企业}"), names->company },
	};

	for (size_t i = 0; i < ARRAY_LEN(known); i++)
		if (str_same_folded(word, known[i].en) || str_same(word, known[i].zh)) {
			*out = known[i].name;
			return true;
		}
	return false;
}

str message_fill(struct arena *mem, str text, const struct fill_names *names)
{
	struct buf b;

	buf_init(&b, mem, text.n + 64);
	while (text.n) {
		size_t open = str_find_char(text, '{'), n;
		str rest, name;

		if (open == SIZE_MAX)
			break;
		buf_put(&b, str_sub(text, 0, open));
		rest = str_skip(text, open);
		n = str_find_char(rest, '}');
		n = n == SIZE_MAX ? 1 : n + 1;
		if (name_of(str_sub(rest, 0, n), names, &name)) {
			buf_put(&b, name);
		} else {
			n = 1; /* another brace may begin a word */
			buf_char(&b, '{');
		}
		text = str_skip(rest, n);
	}
	buf_put(&b, text);
	return buf_str(&b);
}
