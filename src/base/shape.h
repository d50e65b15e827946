/*
 * base/shape.h - field lists written once.
 *
 * A shape is an X-macro; SHAPE(name, LIST) makes struct name and the function
 * name_shape(), which gives its table.  The table decodes and checks what comes
 * in, encodes what goes out, and documents both.
 *
 *	#define TAG_IN(F, SUB)                                              \
 *		F(text, tagname, REQUIRED, 1, 32, "Name shown to people")    \
 *		F(int, tagid, OPTIONAL, 1, INT32_MAX, "Chosen if absent")    \
 *		SUB(list, items, item_in, OPTIONAL, 0, 100, "Its items")
 *	SHAPE(tag_in, TAG_IN)
 *
 *	kind    C type        JSON      min, max
 *	text    str           string    characters (code points)
 *	octets  str           string    bytes of UTF-8
 *	int     int64_t       number    value
 *	time    int64_t       number    value (Unix seconds or ms, the doc says)
 *	id      int64_t       string    value; 64-bit numbers travel as text
 *	real    double        number    value; at most six digits after the point
 *	flag    bool          boolean   -
 *	flag01  bool          0 or 1    -
 *	texts   struct texts  strings   number of items (each at most 2048 bytes)
 *	ints    struct ints   numbers   number of items
 *	json    str           any       bytes of the compact text
 *	SUB object  struct name *       one nested shape (NULL when absent)
 *	SUB list    struct { struct name *v; size_t n; }
 *
 * A struct holds at most 128 words of 8 bytes.  It starts with `has`, one bit
 * for each word, set for fields that came in (HAS tells); null counts as absent,
 * and so does an empty string where a number or a flag is wanted.  Going out,
 * ALWAYS and REQUIRED fields are written; SOMETIMES fields only when they are not
 * empty, zero or false, or their bit in `has` is set (GIVE sets it).
 *
 * As WeCom's clients show, a number may come as a string and a string as a
 * number; flags also as 0, 1, "true" and "false"; unknown fields are ignored.
 */
#ifndef BASE_SHAPE_H
#define BASE_SHAPE_H

#include "base/buf.h"
#include "base/ctx.h"
#include "base/ints.h"
#include "base/json.h"

enum shape_kind {
	SHAPE_text,
	SHAPE_octets,
	SHAPE_int,
	SHAPE_time,
	SHAPE_id,
	SHAPE_real,
	SHAPE_flag,
	SHAPE_flag01,
	SHAPE_texts,
	SHAPE_ints,
	SHAPE_json,
	SHAPE_object,
	SHAPE_list,
};

/* What a field's absence or excess means; CUT and CLAMP may be or-ed in. */
enum shape_need {
	OPTIONAL = 0,
	SOMETIMES = 0,
	REQUIRED = 1,
	ALWAYS = 2,
	CUT = 4,     /* a longer text is cut at max, not refused */
	CLAMP = 8,   /* a greater number becomes max, a smaller one min */
	SECRET = 16, /* documented as write-only */
};

struct texts {
	str *v;
	size_t n;
};

/* What every SUB list looks like in memory. */
struct shape_items {
	void *v;
	size_t n;
};

struct shape;

struct shape_field {
	enum shape_kind kind;
	int need;
	const char *name;
	int64_t min, max;
	size_t at;                        /* offset in the struct */
	const struct shape *(*sub)(void); /* object and list */
	const char *doc;
};

struct shape {
	const char *name;
	const struct shape_field *fields;
	size_t n, size;
};

/* Fills `out` (shape->size bytes, zeroed by the caller) from `object`, looking
 * for what it lacks in `query` ("a=1&b=2", still percent-encoded; may be empty).
 * `object` may be NULL.  Fails with ERR_INVALID_ARGUMENT, the words naming the
 * field by its path ("tag[2].name").  Texts point into cx->mem. */
enum err shape_decode(struct ctx *cx, const struct shape *sh, const cJSON *object,
	str query, void *out);
/* As above from text, which must hold an object; checks it by json_parse. */
enum err shape_parse(struct ctx *cx, const struct shape *sh, str json, void *out);
/* Writes {...}; shape_encode_fields leaves the braces out, for gluing. */
void shape_encode(struct buf *b, const struct shape *sh, const void *in);
void shape_encode_fields(struct buf *b, const struct shape *sh, const void *in);
str shape_text(struct arena *mem, const struct shape *sh, const void *in);

/* One value of a query string, percent- and plus-decoded; false when absent or
 * badly encoded. */
bool query_get(struct arena *mem, str query, const char *name, str *out);
/* Is it there, encoded well or not? */
bool query_has(str query, const char *name);

#define SHAPE_CTYPE_text(name) str name;
#define SHAPE_CTYPE_octets(name) str name;
#define SHAPE_CTYPE_int(name) int64_t name;
#define SHAPE_CTYPE_time(name) int64_t name;
#define SHAPE_CTYPE_id(name) int64_t name;
#define SHAPE_CTYPE_real(name) double name;
#define SHAPE_CTYPE_flag(name) bool name __attribute__((aligned(8)));
#define SHAPE_CTYPE_flag01(name) bool name __attribute__((aligned(8)));
#define SHAPE_CTYPE_texts(name) struct texts name;
#define SHAPE_CTYPE_ints(name) struct ints name;
#define SHAPE_CTYPE_json(name) str name;
#define SHAPE_CTYPE_object(sub, name) struct sub *name;
#define SHAPE_CTYPE_list(sub, name)                                                      \
	struct {                                                                         \
		struct sub *v;                                                           \
		size_t n;                                                                \
	} name;

#define SHAPE_MEMBER_(kind, name, need, min, max, doc) SHAPE_CTYPE_##kind(name)
#define SHAPE_SUBMEMBER_(kind, name, sub, need, min, max, doc)                           \
	SHAPE_CTYPE_##kind(sub, name)
#define SHAPE_ROW_(kind, name, need, min, max, doc)                                      \
	{ SHAPE_##kind, (need), #name, (min), (max), offsetof(shape_self, name), NULL,   \
		doc },
#define SHAPE_SUBROW_(kind, name, sub, need, min, max, doc)                              \
	{ SHAPE_##kind, (need), #name, (min), (max), offsetof(shape_self, name),         \
		sub##_shape, doc },

/* In a header: the struct and the declaration of its shape function. */
#define SHAPE_STRUCT(shape_name, LIST)                                                   \
	struct shape_name {                                                              \
		uint64_t has[2];                                                         \
		LIST(SHAPE_MEMBER_, SHAPE_SUBMEMBER_)                                    \
	};                                                                               \
	const struct shape *shape_name##_shape(void);

#define SHAPE_TABLE_(linkage, shape_name, LIST)                                          \
	linkage const struct shape *shape_name##_shape(void)                             \
	{                                                                                \
		typedef struct shape_name shape_self;                                    \
		static const struct shape_field fields[] = { LIST(SHAPE_ROW_,            \
			SHAPE_SUBROW_) };                                                \
		static const struct shape self = { #shape_name, fields,                  \
			sizeof(fields) / sizeof(fields[0]), sizeof(shape_self) };        \
		_Static_assert(sizeof(shape_self) <= 128 * 8, "too many fields");        \
		return &self;                                                            \
	}

/* In one .c file, for a struct declared by SHAPE_STRUCT. */
#define SHAPE_TABLE(shape_name, LIST) SHAPE_TABLE_(, shape_name, LIST)
/* Both at once, for a shape that one file uses. */
#define SHAPE(shape_name, LIST)                                                          \
	struct shape_name {                                                              \
		uint64_t has[2];                                                         \
		LIST(SHAPE_MEMBER_, SHAPE_SUBMEMBER_)                                    \
	};                                                                               \
	SHAPE_TABLE_(static, shape_name, LIST)

/* Did the field come in?  And: write it though it is empty. */
#define SHAPE_WORD_(in, name) (offsetof(__typeof__(*(in)), name) / 8)
#define HAS(in, name)                                                                    \
	((bool)((in)->has[SHAPE_WORD_(in, name) / 64] >> (SHAPE_WORD_(in, name) % 64) &  \
		1))
#define GIVE(out, name)                                                                  \
	((out)->has[SHAPE_WORD_(out, name) / 64] |= UINT64_C(1)                          \
			<< (SHAPE_WORD_(out, name) % 64))

#endif
