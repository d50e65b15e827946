/*
 * core/mass/task.c - a member's part of a mass message, and what came of it.
 */
#include "core/mass/mass.sql.h"
#include "core/mass/private.h"

static struct mass_task shown(const struct mass_task_row *r)
{
	return (struct mass_task){ .mass = r->mass,
		.member = r->member,
		.targets = r->targets,
		.sent = r->sent,
		.failed = r->failed,
		.reminded_ms = r->reminded_ms,
		.decided_ms = r->decided_ms,
		.done_ms = r->done_ms,
		.state = (enum mass_task_state)r->state };
}

static struct mass_task *all_shown(struct arena *mem, const struct mass_task_row *rows,
	size_t n)
{
	struct mass_task *list = ARENA_ARRAY(mem, struct mass_task, n);

	for (size_t i = 0; i < n; i++)
		list[i] = shown(&rows[i]);
	return list;
}

enum err mass_task_get(struct tx *tx, int64_t corp, int64_t mass, int64_t member,
	struct mass_task *out)
{
	struct mass_task_row row;
	bool found;

	TRY(mass_task_select(tx, corp, mass, member, &row, &found));
	if (!found)
		return why(tx->cx, ERR_NOT_FOUND, "no part of this mass message");
	*out = shown(&row);
	return OK;
}

enum err mass_tasks(struct tx *tx, int64_t corp, int64_t mass, int64_t after,
	int64_t limit, struct mass_task **out, size_t *out_n)
{
	struct mass_task_row *rows;

	TRY(mass_task_select_page(tx, corp, mass, after, limit, &rows, out_n));
	*out = all_shown(tx->cx->mem, rows, *out_n);
	return OK;
}

enum err mass_tasks_of(struct tx *tx, int64_t corp, int64_t member, int64_t before,
	int64_t limit, struct mass_task **out, size_t *out_n)
{
	struct mass_task_row *rows;

	TRY(mass_task_select_of_member(tx, corp, member, before ? before : INT64_MAX,
		limit, &rows, out_n));
	*out = all_shown(tx->cx->mem, rows, *out_n);
	return OK;
}

enum err mass_targets(struct tx *tx, int64_t corp, int64_t mass, int64_t member,
	struct mass_target after, int64_t limit, struct mass_target **out, size_t *out_n)
{
	struct mass_target_row *rows;
	size_t n;

	TRY(member ? mass_target_select_page(tx, corp, mass, member, after.target, limit,
			     &rows, &n)
		   : mass_target_select_all(tx, corp, mass, after.member, after.target,
			     limit, &rows, &n));
	*out = ARENA_ARRAY(tx->cx->mem, struct mass_target, n);
	for (size_t i = 0; i < n; i++)
		(*out)[i] = (struct mass_target){ .member = rows[i].member,
			.target = rows[i].target,
			.sent_ms = rows[i].sent_ms,
			.chat = rows[i].chat,
			.seq = rows[i].seq,
			.status = (enum mass_status)rows[i].status };
	*out_n = n;
	return OK;
}

/* The task while the member may still decide. */
static enum err undecided(struct tx *tx, int64_t corp, int64_t mass, int64_t member,
	struct mass *out)
{
	struct mass_task task;

	TRY(mass_task_get(tx, corp, mass, member, &task));
	TRY(mass_get(tx, corp, mass, out));
	if (out->state == MASS_CANCELLED)
		return why(tx->cx, ERR_MASS_CANCELLED, "it was stopped");
	if (out->state == MASS_PREPARING)
		return why(tx->cx, ERR_MASS_BUSY, "it is being prepared");
	if (task.state == TASK_SENDING || task.state == TASK_SENT)
		return why(tx->cx, ERR_CONFLICT, "it is on its way already");
	return OK;
}

static enum err leave_out(struct tx *tx, const struct mass *m, int64_t member,
	const struct ints *list)
{
	int64_t n = 0;

	if (list->n && !m->allow_select)
		return why(tx->cx, ERR_INVALID_ARGUMENT,
			"customers of this message may not be left out");
	for (size_t i = 0; i < list->n; i++) {
		TRY(mass_target_leave_out(tx, m->corp, m->mass, member, list->v[i]));
		n += tx_changes(tx);
	}
	if (!n)
		return OK;
	TRY(mass_task_count(tx, m->corp, m->mass, member, -n, 0, 0));
	return mass_count_results(tx, m->corp, m->mass, -n, 0, 0);
}

enum err mass_confirm(struct tx *tx, int64_t corp, int64_t mass, int64_t member,
	const struct ints *list)
{
	struct mass m;

	TRY(undecided(tx, corp, mass, member, &m));
	TRY(leave_out(tx, &m, member, list));
	TRY(mass_task_decide(tx, corp, mass, member, TASK_SENDING, tx->cx->now_ms));
	/* Its end may have come when others had decided and he had ignored it. */
	if (m.state == MASS_DONE)
		TRY(mass_set_state(tx, corp, mass, MASS_OPEN));
	mass_due(tx, corp, 0);
	mass_tell(tx, corp, &member, 1);
	return OK;
}

enum err mass_ignore(struct tx *tx, int64_t corp, int64_t mass, int64_t member)
{
	struct mass m;

	TRY(undecided(tx, corp, mass, member, &m));
	TRY(mass_task_decide(tx, corp, mass, member, TASK_IGNORED, tx->cx->now_ms));
	mass_tell(tx, corp, &member, 1);
	return m.state == MASS_OPEN ? mass_close_if_over(tx, corp, mass) : OK;
}
