-- Customers passing from one member to another.  Owner of: handover.

-- exec handover_insert(corp I64, handover I64, kind I64, status I64, customer I64,
--     from_member I64, to_member I64, chat I64, oper_userid TEXT, words TEXT, created_ms I64,
--     due_ms I64, rule I64)
INSERT INTO handover (corp, handover, kind, status, customer, from_member, to_member, chat,
	oper_userid, words, created_ms, due_ms, done_ms, rule)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 0, $13);

-- exec handover_set_status(corp I64, handover I64, status I64, done_ms I64)
UPDATE handover SET status = $3, done_ms = $4 WHERE corp = $1 AND handover = $2;

-- one handover_select_by_chat(corp I64, chat I64)
-- -> handover_row (handover I64, kind I64, status I64, customer I64, from_member I64,
--     to_member I64, chat I64, oper_userid TEXT, words TEXT, created_ms I64, due_ms I64,
--     done_ms I64, rule I64)
SELECT handover, kind, status, customer, from_member, to_member, chat, oper_userid, words,
	created_ms, due_ms, done_ms, rule
FROM handover WHERE corp = $1 AND chat = $2 ORDER BY handover DESC LIMIT 1;

-- one handover_select_of(corp I64, customer I64, from_member I64, to_member I64) -> handover_row
SELECT handover, kind, status, customer, from_member, to_member, chat, oper_userid, words,
	created_ms, due_ms, done_ms, rule
FROM handover WHERE corp = $1 AND customer = $2 AND +from_member = $3 AND to_member = $4
ORDER BY handover DESC LIMIT 1;

-- many handover_select_page(corp I64, kind I64, from_member I64, to_member I64, after I64,
--     n I64) -> handover_row
SELECT handover, kind, status, customer, from_member, to_member, chat, oper_userid, words,
	created_ms, due_ms, done_ms, rule
FROM handover
WHERE corp = $1 AND kind = $2 AND from_member = $3 AND to_member = $4 AND handover > $5
ORDER BY handover LIMIT $6;

-- many handover_select_due(corp I64, now_ms I64, n I64) -> handover_row
SELECT handover, kind, status, customer, from_member, to_member, chat, oper_userid, words,
	created_ms, due_ms, done_ms, rule
FROM handover WHERE corp = $1 AND due_ms <= $2 AND status = 2 ORDER BY due_ms, handover LIMIT $3;

-- one handover_select_next(corp I64) -> (due_ms I64)
SELECT due_ms FROM handover WHERE corp = $1 AND status = 2 ORDER BY due_ms, handover LIMIT 1;

-- A customer has few handovers, a leaver many: the plus keeps the planner off the index by
-- leaver.
-- one handover_select_waiting(corp I64, customer I64, from_member I64) -> handover_row
SELECT handover, kind, status, customer, from_member, to_member, chat, oper_userid, words,
	created_ms, due_ms, done_ms, rule
FROM handover WHERE corp = $1 AND customer = $2 AND +from_member = $3 AND status = 2
ORDER BY handover LIMIT 1;

-- one handover_count_since(corp I64, customer I64, kind I64, since I64) -> (n I64)
SELECT count(*) FROM handover
WHERE corp = $1 AND customer = $2 AND kind = $3 AND handover >= $4 AND status IN (1, 2);

-- many handover_select_newest(corp I64, before I64, n I64) -> handover_row
SELECT handover, kind, status, customer, from_member, to_member, chat, oper_userid, words,
	created_ms, due_ms, done_ms, rule
FROM handover WHERE corp = $1 AND handover < $2 ORDER BY handover DESC LIMIT $3;

-- many handover_select_from(corp I64, from_member I64, before I64, n I64) -> handover_row
SELECT handover, kind, status, customer, from_member, to_member, chat, oper_userid, words,
	created_ms, due_ms, done_ms, rule
FROM handover WHERE corp = $1 AND from_member = $2 AND handover < $3
ORDER BY handover DESC LIMIT $4;
