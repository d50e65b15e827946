/*
 * client/finding.c - how a consumer is found again on another browser: by a code that is
 * mailed to him, or by a passkey.
 *
 * Whoever proves himself gets the session of the account that is found; what this browser
 * had so far becomes part of it.  A request for a code tells nobody whether the address
 * is known here.
 */
#include "base/digest.h"
#include "base/ids.h"
#include "client/client.h"
#include "client/me.h"
#include "core/customer/consumer.h"
#include "core/person/email.h"
#include "core/person/passkey.h"
#include "frame/rate.h"
#include "io/mail.h"
#include "wire/webauthn.h"

enum { CODE_DIGITS = 6, CHALLENGE_CHARS = 32 };

NO_IN(me_account)
#define ACCOUNT_PASSKEY(F, SUB)                                                          \
	F(id, passkey, ALWAYS, 1, INT64_MAX, "Its number")                               \
	F(text, name, ALWAYS, 0, PASSKEY_NAME_MAX, "As the device called itself")        \
	F(time, created, ALWAYS, 0, INT64_MAX, "Unix milliseconds")                      \
	F(time, used, ALWAYS, 0, INT64_MAX, "Unix milliseconds")
SHAPE(account_passkey, ACCOUNT_PASSKEY)
#define ME_ACCOUNT_OUT(F, SUB)                                                           \
	F(text, email, ALWAYS, 0, 300, "w***@example.com; empty without one")            \
	F(flag, mail, ALWAYS, 0, 1, "This server can send codes")                        \
	SUB(list, passkeys, account_passkey, ALWAYS, 0, PASSKEYS_MAX, "His passkeys")
SHAPE(me_account_out, ME_ACCOUNT_OUT)

#define EMAIL_CODE_IN(F, SUB)                                                            \
	F(octets, email, REQUIRED, 3, 254, "Where the code goes")                        \
	F(octets, lang, OPTIONAL, 0, 8, "zh or en: the language of the mail")
SHAPE(email_code_in, EMAIL_CODE_IN)
#define PROOF_OUT(F, SUB) F(id, proof, ALWAYS, 1, INT64_MAX, "Given back with the code")
SHAPE(email_code_out, PROOF_OUT)

#define EMAIL_VERIFY_IN(F, SUB)                                                          \
	F(id, proof, REQUIRED, 1, INT64_MAX, "Of the code")                              \
	F(octets, code, REQUIRED, 1, 16, "Six digits")
SHAPE(email_verify_in, EMAIL_VERIFY_IN)
#define ARRIVED_OUT(F, SUB)                                                              \
	SUB(object, me, view_me, ALWAYS, 0, 0, "Who this browser is now")                \
	F(flag, changed, ALWAYS, 0, 1, "It was another, or nobody, before")
SHAPE(email_verify_out, ARRIVED_OUT)

NO_IN(email_forget)
NO_OUT(email_forget)

NO_IN(passkey_challenge)
#define CHALLENGE_OUT(F, SUB)                                                            \
	F(id, proof, ALWAYS, 1, INT64_MAX, "Given back with the answer")                 \
	F(octets, challenge, ALWAYS, 1, 64, "base64url")                                 \
	F(octets, rp_id, ALWAYS, 1, 255, "The site")                                     \
	F(octets, user, SOMETIMES, 0, 64, "base64url: the account's handle; signed in")
SHAPE(passkey_challenge_out, CHALLENGE_OUT)

#define PASSKEY_ADD_IN(F, SUB)                                                           \
	F(id, proof, REQUIRED, 1, INT64_MAX, "Of the challenge")                         \
	F(octets, client_data, REQUIRED, 1, 4096, "clientDataJSON, base64url")           \
	F(octets, authenticator_data, REQUIRED, 1, 8192,                                 \
		"getAuthenticatorData(), base64url")                                     \
	F(octets, public_key, REQUIRED, 1, 4096, "getPublicKey(), base64url")            \
	F(int, algorithm, REQUIRED, -65535, 65535, "getPublicKeyAlgorithm(): -7, -257")  \
	F(text, name, OPTIONAL, 0, PASSKEY_NAME_MAX, "The device")
SHAPE(passkey_register_in, PASSKEY_ADD_IN)
NO_OUT(passkey_register)

#define PASSKEY_SIGN_IN_IN(F, SUB)                                                       \
	F(id, proof, REQUIRED, 1, INT64_MAX, "Of the challenge")                         \
	F(octets, credential, REQUIRED, 1, 2048, "rawId, base64url")                     \
	F(octets, client_data, REQUIRED, 1, 4096, "clientDataJSON, base64url")           \
	F(octets, authenticator_data, REQUIRED, 1, 8192, "authenticatorData, base64url") \
	F(octets, signature, REQUIRED, 1, 2048, "signature, base64url")
SHAPE(passkey_sign_in_in, PASSKEY_SIGN_IN_IN)
#define passkey_sign_in_out_shape email_verify_out_shape

#define PASSKEY_DROP_IN(F, SUB) F(id, passkey, REQUIRED, 1, INT64_MAX, "Which")
SHAPE(passkey_forget_in, PASSKEY_DROP_IN)
NO_OUT(passkey_forget)

/* ---- what there is ---- */

static enum err me_account(struct req *rq)
{
	struct me_account_out *out = rq->out;
	struct passkey *keys;
	size_t n;

	TRY(email_shown(rq->tx, rq->cx->actor.id, &out->email));
	out->mail = rq->house->mail != NULL;
	TRY(passkeys_of(rq->tx, rq->cx->actor.id, &keys, &n));
	out->passkeys.v = ARENA_ARRAY(rq->cx->mem, struct account_passkey, n);
	out->passkeys.n = n;
	for (size_t i = 0; i < n; i++)
		out->passkeys.v[i] = (struct account_passkey){ .passkey = keys[i].passkey,
			.name = keys[i].name,
			.created = keys[i].created_ms,
			.used = keys[i].used_ms };
	return OK;
}

/* ---- arriving ---- */

struct arrival {
	struct req *rq;
	enum proof_kind kind;
	int64_t proof;
	str secret;
	bool right;
	/* a passkey's */
	str credential;
	int64_t counter;
	struct email_verify_out *out;
	str token;
};

static int64_t consumer_now(const struct ctx *cx)
{
	return cx->actor.kind == ACTOR_CONSUMER ? cx->actor.id : 0;
}

static enum err find(struct tx *tx, struct arrival *a, const struct proof *p,
	int64_t *out_consumer)
{
	struct passkey k;

	if (a->kind == PROOF_EMAIL)
		return email_proved(tx, consumer_now(tx->cx), p->subject, out_consumer);
	TRY(passkey_get(tx, a->credential, &k));
	TRY(passkey_use(tx, &k, a->counter));
	return person_arrive(tx, consumer_now(tx->cx), k.consumer, out_consumer);
}

static enum err arrive(struct tx *tx, void *arg)
{
	struct arrival *a = arg;
	struct proof p;
	int64_t consumer;

	a->token = STR_NONE;
	TRY(proof_take(tx, a->kind, a->proof, a->secret, &p, &a->right));
	if (!a->right)
		return OK; /* so that the try is counted */
	TRY(find(tx, a, &p, &consumer));
	a->out->changed = consumer != consumer_now(tx->cx);
	if (a->out->changed)
		TRY(account_consumer_session_add(tx, consumer,
			str_first_bytes(http_header(a->rq->http, "User-Agent"), 256),
			&a->token));
	a->out->me = ARENA_NEW(tx->cx->mem, struct view_me);
	return view_me_consumer(tx, consumer, a->out->me);
}

static enum err come(struct req *rq, struct arrival *a, enum err wrong)
{
	a->rq = rq;
	a->out = rq->out;
	TRY(rate_address(rq, "sign_in"));
	TRY(store_write(rq->house->store, rq->cx, arrive, a));
	if (!a->right)
		return why(rq->cx, wrong, "wrong, used, or too old");
	if (a->token.n)
		answer_cookie(rq, "liaison_consumer", a->token, COOKIE_MAX_AGE_S);
	return OK;
}

/* ---- by mail ---- */

struct coding {
	struct req *rq;
	str code;
	struct proof proof;
};

static enum err make_code(struct tx *tx, void *arg)
{
	struct coding *c = arg;
	const struct email_code_in *in = c->rq->in;

	return proof_make(tx, PROOF_EMAIL, consumer_now(tx->cx), in->email, c->code,
		&c->proof);
}

static str six_digits(struct arena *mem)
{
	uint32_t n;

	do
		random_bytes(&n, sizeof(n));
	while (n >= 4294000000u); /* so that each code is as likely as the others */
	return arena_printf(mem, "%06" PRIu32, n % 1000000);
}

static enum err email_code(struct req *rq)
{
	const struct email_code_in *in = rq->in;
	struct email_code_out *out = rq->out;
	struct coding c = { .rq = rq, .code = six_digits(rq->cx->mem) };
	struct arena *mem = rq->cx->mem;
	bool english = str_is(in->lang, "en");
	struct mail mail = { .to = in->email };

	if (!rq->house->mail)
		return why(rq->cx, ERR_NO_MAIL, "the operator has set no smtp_url");
	if (!mail_is_address(in->email))
		return why(rq->cx, ERR_INVALID_ARGUMENT, "field `email`: no address");
	TRY(rate_address(rq, "code"));
	TRY(store_write(rq->house->store, rq->cx, make_code, &c));
	mail.subject = arena_printf(mem,
		english ? "%.*s is your code" : "您的验证码：%.*s", STR_FMT(c.code));
	mail.text = arena_printf(mem,
		english ? "Your code: %.*s\n\nIt is good for ten minutes. Whoever asks you "
			  "for it is not us.\nIf you did not ask for a code, nothing needs "
			  "to be done.\n"
			: "您的验证码：%.*s\n\n十分钟内有效，请勿告诉任何人。\n如果不是"
			  "您本人操作，请忽略此邮件。\n",
		STR_FMT(c.code));
	TRY(mail_send(rq->cx, rq->house->mail, &mail));
	out->proof = c.proof.proof;
	return OK;
}

static enum err email_verify(struct req *rq)
{
	const struct email_verify_in *in = rq->in;
	struct arrival a = { .kind = PROOF_EMAIL,
		.proof = in->proof,
		.secret = str_trim(in->code) };

	return come(rq, &a, ERR_BAD_CODE);
}

static enum err email_forget(struct req *rq)
{
	return email_drop(rq->tx, rq->cx->actor.id);
}

/* ---- by passkey ---- */

static str host_of(str url)
{
	size_t at = str_find(url, STR("://"));

	url = at == SIZE_MAX ? url : str_skip(url, at + 3);
	url = str_cut(&url, '/');
	return str_cut(&url, ':');
}

static enum err make_challenge(struct tx *tx, void *arg)
{
	struct coding *c = arg;

	return proof_make(tx, PROOF_PASSKEY, consumer_now(tx->cx), STR(""), c->code,
		&c->proof);
}

static enum err passkey_challenge(struct req *rq)
{
	struct passkey_challenge_out *out = rq->out;
	struct arena *mem = rq->cx->mem;
	int64_t consumer = consumer_now(rq->cx);
	struct coding c = { .rq = rq,
		.code = base64url_of(mem, random_text(mem, CHALLENGE_CHARS)) };

	TRY(rate_address(rq, "challenge"));
	TRY(store_write(rq->house->store, rq->cx, make_challenge, &c));
	out->proof = c.proof.proof;
	out->challenge = c.code;
	out->rp_id = host_of(rq->house->public_url);
	if (consumer)
		out->user = base64url_of(mem, id_text(mem, "c", consumer));
	return OK;
}

static bool decode64(struct arena *mem, str text, str *out)
{
	char *plain = arena_cstr(mem, text);

	for (size_t i = 0; i < text.n; i++)
		plain[i] = (char)(plain[i] == '-' ? '+'
				: plain[i] == '_' ? '/'
						  : plain[i]);
	return base64_parse(mem, str_make(plain, text.n), out) && out->n;
}

struct passkey_answer {
	str client_data, authenticator_data;
	struct webauthn_data data;
	str challenge;
};

#define CHALLENGE_FIELD(F, SUB)                                                          \
	F(octets, challenge, REQUIRED, 1, 128, "Which is answered")
SHAPE(challenge_field, CHALLENGE_FIELD)

/* The challenge is what the client data says; that it was ours, and is used once, is
 * checked by the proof's hash. */
static enum err check_answer(struct req *rq, const char *type, str client_data,
	str authenticator_data, struct passkey_answer *out)
{
	struct webauthn_want want = { .type = type,
		.origin = rq->house->public_url,
		.rp_id = host_of(rq->house->public_url) };
	struct challenge_field f = { 0 };

	if (!decode64(rq->cx->mem, client_data, &out->client_data) ||
		!decode64(rq->cx->mem, authenticator_data, &out->authenticator_data) ||
		shape_parse(rq->cx, challenge_field_shape(), out->client_data, &f) !=
			OK) {
		ctx_forgive(rq->cx);
		return why(rq->cx, ERR_BAD_PASSKEY, "passkey: cannot be read");
	}
	want.challenge = out->challenge = f.challenge;
	TRY(webauthn_client_data(rq->cx, out->client_data, &want));
	return webauthn_auth_data(rq->cx, out->authenticator_data, &want, &out->data);
}

struct registering {
	struct passkey key;
	int64_t proof;
	str challenge;
	bool right;
};

static enum err register_in_tx(struct tx *tx, void *arg)
{
	struct registering *r = arg;
	struct proof p;

	TRY(proof_take(tx, PROOF_PASSKEY, r->proof, r->challenge, &p, &r->right));
	if (r->right && p.consumer != tx->cx->actor.id)
		r->right = false;
	return r->right ? passkey_add(tx, &r->key) : OK;
}

static enum err passkey_register(struct req *rq)
{
	const struct passkey_register_in *in = rq->in;
	struct registering r = { .proof = in->proof };
	struct passkey_answer got = { 0 };

	TRY(check_answer(rq, "webauthn.create", in->client_data, in->authenticator_data,
		&got));
	if (!got.data.credential.n ||
		!decode64(rq->cx->mem, in->public_key, &r.key.public_key))
		return why(rq->cx, ERR_BAD_PASSKEY, "passkey: no credential");
	TRY(webauthn_key_check(rq->cx, r.key.public_key, in->algorithm));
	r.challenge = got.challenge;
	r.key.consumer = rq->cx->actor.id;
	r.key.credential = got.data.credential;
	r.key.algorithm = in->algorithm;
	r.key.counter = got.data.counter;
	r.key.name = in->name;
	TRY(store_write(rq->house->store, rq->cx, register_in_tx, &r));
	return r.right ? OK : why(rq->cx, ERR_BAD_PASSKEY, "passkey: an old challenge");
}

struct looking {
	str credential;
	struct passkey key;
};

static enum err look_up(struct tx *tx, void *arg)
{
	struct looking *l = arg;

	return passkey_get(tx, l->credential, &l->key);
}

static enum err passkey_sign_in(struct req *rq)
{
	const struct passkey_sign_in_in *in = rq->in;
	struct arrival a = { .kind = PROOF_PASSKEY, .proof = in->proof };
	struct passkey_answer got = { 0 };
	struct looking l;
	str signature;

	TRY(check_answer(rq, "webauthn.get", in->client_data, in->authenticator_data,
		&got));
	if (!decode64(rq->cx->mem, in->credential, &l.credential) ||
		!decode64(rq->cx->mem, in->signature, &signature))
		return why(rq->cx, ERR_BAD_PASSKEY, "passkey: cannot be read");
	TRY(store_read(rq->house->store, rq->cx, look_up, &l));
	TRY(webauthn_verify(rq->cx, l.key.public_key, l.key.algorithm,
		got.authenticator_data, got.client_data, signature));
	a.secret = got.challenge;
	a.credential = l.credential;
	a.counter = got.data.counter;
	return come(rq, &a, ERR_BAD_PASSKEY);
}

static enum err passkey_forget(struct req *rq)
{
	const struct passkey_forget_in *in = rq->in;

	return passkey_drop(rq->tx, rq->cx->actor.id, in->passkey);
}

const struct route finding_routes[] = {
	GET("/v1/me/account", me_account, consumer, READS,
		"How the consumer is found again"),
	POST("/v1/me/email/code", email_code, none, WAITS, "Mail a code to an address"),
	POST("/v1/me/email/verify", email_verify, none, WAITS,
		"With the code: binds the address, or signs in to its account"),
	POST("/v1/me/email/drop", email_forget, consumer, WRITES, "Forget the address"),
	POST("/v1/passkey/challenge", passkey_challenge, none, WAITS,
		"What a passkey is to sign"),
	POST("/v1/passkey/add", passkey_register, consumer, WAITS,
		"Another passkey of the consumer's"),
	POST("/v1/passkey/sign_in", passkey_sign_in, none, WAITS,
		"Sign in to the passkey's account"),
	POST("/v1/passkey/drop", passkey_forget, consumer, WRITES, "Forget a passkey"),
	LAST_ROUTE,
};
