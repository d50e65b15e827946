/*
 * main/command_handover.c - customers change hands, and the proof of it.
 */
#include "base/digest.h"
#include "core/account/audit.h"
#include "core/customer/handover_rule.h"
#include "core/customer/tag.h"
#include "core/keys.h"
#include "core/ledger/ledger.h"
#include "main/command.h"

/* ---- handover ---- */

struct handing {
	struct command_call *call;
	int64_t corp, customers;
};

static enum err hand_over(struct tx *tx, void *arg)
{
	struct handing *h = arg;
	str from = h->call->argv.v[0], to = h->call->argv.v[1];

	TRY(command_corp(tx, h->call, &h->corp));
	TRY(handover_all(tx, h->corp, from, to, &h->customers));
	return audit_add(tx, h->corp, "customer.handover",
		arena_printf(tx->cx->mem, "member:%.*s", STR_FMT(from)),
		arena_printf(tx->cx->mem, "%" PRId64 " customers to %.*s", h->customers,
			STR_FMT(to)));
}

static enum err handover_run(struct command_call *call)
{
	struct handing h = { .call = call };

	if (call->argv.n != 2)
		return why(call->cx, ERR_INVALID_ARGUMENT, "give two userids");
	TRY(store_write(call->store, call->cx, hand_over, &h));
	buf_printf(call->out, "%" PRId64 " customers of %.*s are %.*s's now\n",
		h.customers, STR_FMT(call->argv.v[0]), STR_FMT(call->argv.v[1]));
	return OK;
}

/* ---- its rules ---- */

static enum err tag_words(struct tx *tx, const struct handover_rule *r, str *out)
{
	*out = r->when == WHEN_TAG
		? tag_id_text(tx->cx->mem, r->when_target)
		: arena_printf(tx->cx->mem, "%" PRId64, r->when_target);
	return OK;
}

static enum err print_rule(struct tx *tx, struct command_call *call, int64_t corp,
	size_t at, const struct handover_rule *r)
{
	static const char *const whens[] = { "", "always", "tag ", "department " };
	static const char *const tos[] = { "", "manager", "member ", "department ",
		"nobody" };
	struct member m = { .userid = STR("") };
	str target = STR("");

	if (r->when != WHEN_ALWAYS)
		TRY(tag_words(tx, r, &target));
	buf_printf(call->out, "%zu\t%s%.*s\t%s", at, whens[r->when], STR_FMT(target),
		tos[r->to]);
	if (r->to == TO_MEMBER)
		TRY(member_get(tx, corp, r->to_target, &m));
	buf_put(call->out, m.userid);
	if (r->to == TO_DEPARTMENT)
		buf_printf(call->out, "%" PRId64, r->to_target);
	buf_char(call->out, '\n');
	return OK;
}

static enum err print_rules(struct tx *tx, void *arg)
{
	struct command_call *call = arg;
	struct handover_rule *rules;
	int64_t corp;
	size_t n;

	TRY(command_corp(tx, call, &corp));
	TRY(handover_rules(tx, corp, &rules, &n));
	for (size_t i = 0; i < n; i++)
		TRY(print_rule(tx, call, corp, i + 1, &rules[i]));
	return OK;
}

static enum err handover_rules_run(struct command_call *call)
{
	return store_read(call->store, call->cx, print_rules, call);
}

/* Customers, successor (empty: they wait), place of the rule. */
static enum err print_preview(struct tx *tx, void *arg)
{
	struct command_call *call = arg;
	struct handover_share *shares;
	struct member m;
	int64_t corp;
	size_t n;

	TRY(command_corp(tx, call, &corp));
	TRY(member_by_userid_ever(tx, corp, call->argv.v[0], &m));
	TRY(handover_preview(tx, corp, m.member, NULL, 0, &shares, &n));
	for (size_t i = 0; i < n; i++)
		buf_printf(call->out, "%" PRId64 "\t%.*s\t%" PRId64 "\n",
			shares[i].customers, STR_FMT(shares[i].to.userid),
			shares[i].position);
	return OK;
}

static enum err handover_preview_run(struct command_call *call)
{
	if (call->argv.n != 1)
		return why(call->cx, ERR_INVALID_ARGUMENT, "give a userid");
	return store_read(call->store, call->cx, print_preview, call);
}

/* ---- ledger ---- */

struct checking {
	struct command_call *call;
	int64_t faults, entry;
	str hash, corpid;
};

static void report(void *arg, str words)
{
	struct checking *c = arg;

	c->faults++;
	buf_put(c->call->out, words);
	buf_char(c->call->out, '\n');
}

static enum err verify(struct tx *tx, void *arg)
{
	struct checking *c = arg;
	struct corp owner;
	int64_t corp;

	TRY(command_corp(tx, c->call, &corp));
	TRY(corp_get(tx, corp, &owner));
	TRY(ledger_doctor(tx, corp, report, c));
	c->corpid = owner.corpid;
	return ledger_head(tx, corp, &c->entry, &c->hash);
}

static enum err ledger_verify_run(struct command_call *call)
{
	struct checking c = { .call = call };

	TRY(store_read(call->store, call->cx, verify, &c));
	if (c.faults)
		return why(call->cx, ERR_STORE, "the ledger is not whole");
	buf_printf(call->out, "CORPID=%.*s\nENTRIES=%" PRId64 "\nHEAD=%.*s\n",
		STR_FMT(c.corpid), c.entry, STR_FMT(c.hash));
	return OK;
}

struct exporting {
	struct command_call *call;
	str customer;
};

static enum err export(struct tx *tx, void *arg) {
	struct exporting *x = arg; int64_t corp;

	TRY(command_corp(tx, x->call, &corp));
	return ledger_export(tx, corp, x->customer, x->call->out);
}

static enum err ledger_export_run(struct command_call *call)
{
	struct exporting x = { .call = call };

	if (!command_option(call, "customer", &x.customer))
		return why(call->cx, ERR_INVALID_ARGUMENT,
			"give --customer EXTERNAL_USERID");
	return store_read(call->store, call->cx, export, &x);
}

static enum err ledger_key_run(struct command_call *call)
{
	uint8_t key[ATTEST_KEY];

	keys_attest_key(key);
	buf_printf(call->out, "ED25519=%.*s\n",
		STR_FMT(hex_of(call->cx->mem, key, sizeof(key))));
	return OK;
}

static enum err sign_now(struct tx *tx, void *arg)
{
	int64_t corp;

	TRY(command_corp(tx, arg, &corp));
	return ledger_sign(tx, corp);
}

static enum err ledger_sign_run(struct command_call *call)
{
	TRY(store_write(call->store, call->cx, sign_now, call));
	buf_put(call->out, STR("the end of the ledger is signed\n"));
	return OK;
}

/* Signature, then what was signed, line by line. */
static enum err print_heads(struct tx *tx, void *arg)
{
	enum { STEP = 500 };
	struct command_call *call = arg;
	struct ledger_signed *heads;
	int64_t corp, after = 0;
	size_t n;

	TRY(command_corp(tx, call, &corp));
	do {
		TRY(ledger_heads(tx, corp, after, STEP, &heads, &n));
		for (size_t i = 0; i < n; i++) {
			after = heads[i].entry;
			buf_printf(call->out, "%.*s %.*s\n",
				STR_FMT(hex_of(tx->cx->mem,
					(const uint8_t *)heads[i].signature.p,
					heads[i].signature.n)),
				STR_FMT(heads[i].line));
		}
	} while (n == STEP);
	return OK;
}

static enum err ledger_heads_run(struct command_call *call)
{
	return store_read(call->store, call->cx, print_heads, call);
}

const struct command handover_commands[] = {
	{ "handover", "FROM TO", "Hand all customers of a member to another, at once",
		"将一名成员的全部客户立即移交给另一名成员", handover_run },
	{ "handover rules", "", "Print the rules: who follows when somebody leaves",
		"列出离职交接规则", handover_rules_run },
	{ "handover preview", "USERID",
		"Print how many customers would go to whom, if the member left",
		"预览某成员离职时客户将交接给谁", handover_preview_run },
	{ "ledger verify", "", "Check the ledger's chain; prints its head",
		"校验台账哈希链，打印链头", ledger_verify_run },
	{ "ledger export", "--customer EXTERNAL_USERID",
		"Print a customer's entries with their proof (doc/ledger.md)",
		"导出某客户的台账及其证明（见 doc/ledger.zh-CN.md）", ledger_export_run },
	{ "ledger key", "", "Print the public key that checks signed heads",
		"打印校验签名链头的公钥", ledger_key_run },
	{ "ledger heads", "", "Print the signed heads, one a day: signature and line",
		"列出每日签名链头", ledger_heads_run },
	{ "ledger sign", "", "Sign the ledger's end now, beside the daily signature",
		"立即签名链头", ledger_sign_run },
	{ NULL, NULL, NULL, NULL, NULL },
};
