-- Codes that lead to members.  Owner of: contact_way, contact_way_range, contact_way_shift,
-- contact_way_load.

-- one way_select(corp I64, way I64)
-- -> way_row (way I64, config_id TEXT, code TEXT, type I64, scene I64, style I64, remark TEXT,
--     skip_verify I64, state TEXT, is_temp I64, expires_ms I64, chat_expires_s I64, unionid TEXT,
--     is_exclusive I64, mark_source I64, conclusions TEXT, owner I64, created_ms I64, kind I64,
--     link I64, disabled I64, routing I64, keeps_member I64, off_duty I64, max_customers I64,
--     max_a_day I64, added I64)
SELECT way, config_id, code, type, scene, style, remark, skip_verify, state, is_temp, expires_ms,
	chat_expires_s, unionid, is_exclusive, mark_source, conclusions, owner, created_ms, kind, link,
	disabled, routing, keeps_member, off_duty, max_customers, max_a_day, added
FROM contact_way WHERE corp = $1 AND way = $2;

-- one way_select_by_config(corp I64, config_id TEXT) -> way_row
SELECT way, config_id, code, type, scene, style, remark, skip_verify, state, is_temp, expires_ms,
	chat_expires_s, unionid, is_exclusive, mark_source, conclusions, owner, created_ms, kind, link,
	disabled, routing, keeps_member, off_duty, max_customers, max_a_day, added
FROM contact_way WHERE corp = $1 AND config_id = $2;

-- one way_select_by_code(corp I64, code TEXT) -> way_row
SELECT way, config_id, code, type, scene, style, remark, skip_verify, state, is_temp, expires_ms,
	chat_expires_s, unionid, is_exclusive, mark_source, conclusions, owner, created_ms, kind, link,
	disabled, routing, keeps_member, off_duty, max_customers, max_a_day, added
FROM contact_way WHERE corp = $1 AND code = $2;

-- one way_select_own(corp I64, owner I64) -> way_row
SELECT way, config_id, code, type, scene, style, remark, skip_verify, state, is_temp, expires_ms,
	chat_expires_s, unionid, is_exclusive, mark_source, conclusions, owner, created_ms, kind, link,
	disabled, routing, keeps_member, off_duty, max_customers, max_a_day, added
FROM contact_way WHERE corp = $1 AND owner = $2 ORDER BY way LIMIT 1;

-- exec way_insert(corp I64, way I64, config_id TEXT, code TEXT, type I64, scene I64, style I64,
--     remark TEXT, skip_verify I64, state TEXT, is_temp I64, expires_ms I64, chat_expires_s I64,
--     unionid TEXT, is_exclusive I64, mark_source I64, conclusions TEXT, owner I64,
--     created_ms I64, kind I64, link I64, disabled I64, routing I64, keeps_member I64,
--     off_duty I64, max_customers I64, max_a_day I64)
INSERT INTO contact_way (corp, way, config_id, code, type, scene, style, remark, skip_verify,
	state, is_temp, expires_ms, chat_expires_s, unionid, is_exclusive, mark_source,
	conclusions, owner, next_turn, created_ms, kind, link, disabled, routing, keeps_member,
	off_duty, max_customers, max_a_day)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, 0, $19,
	$20, $21, $22, $23, $24, $25, $26, $27);

-- exec way_update(corp I64, way I64, style I64, remark TEXT, skip_verify I64, state TEXT,
--     expires_ms I64, chat_expires_s I64, unionid TEXT, mark_source I64, conclusions TEXT,
--     disabled I64, routing I64, keeps_member I64, off_duty I64, max_customers I64,
--     max_a_day I64)
UPDATE contact_way SET style = $3, remark = $4, skip_verify = $5, state = $6, expires_ms = $7,
	chat_expires_s = $8, unionid = $9, mark_source = $10, conclusions = $11, disabled = $12,
	routing = $13, keeps_member = $14, off_duty = $15, max_customers = $16, max_a_day = $17
WHERE corp = $1 AND way = $2;

-- exec way_delete(corp I64, way I64)
DELETE FROM contact_way WHERE corp = $1 AND way = $2;

-- one way_take_turn(corp I64, way I64) -> way_take_turn_row (turn I64)
UPDATE contact_way SET next_turn = next_turn + 1 WHERE corp = $1 AND way = $2
RETURNING next_turn - 1;

-- one way_see_turn(corp I64, way I64) -> way_take_turn_row
SELECT next_turn FROM contact_way WHERE corp = $1 AND way = $2;

-- many way_select_refs(corp I64, from_ms I64, to_ms I64, after_ms I64, after_way I64, n I64)
-- -> (way I64, created_ms I64, config_id TEXT)
-- By time: the plus keeps the planner off the index by kind.
SELECT way, created_ms, config_id FROM contact_way
WHERE corp = $1 AND created_ms >= $2 AND created_ms <= $3 AND (created_ms, way) > ($4, $5)
	AND +kind = 0 AND is_temp = 0
ORDER BY created_ms, way LIMIT $6;

-- many way_select_range(corp I64, way I64) -> (kind I64, target I64)
SELECT kind, target FROM contact_way_range WHERE corp = $1 AND way = $2
ORDER BY position LIMIT 10000;

-- exec way_insert_range(corp I64, way I64, kind I64, target I64, position I64)
INSERT INTO contact_way_range (corp, way, kind, target, position) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT DO NOTHING;

-- exec way_delete_range(corp I64, way I64)
DELETE FROM contact_way_range WHERE corp = $1 AND way = $2;

-- many way_select_kind(corp I64, kind I64, before I64, n I64) -> way_row
SELECT way, config_id, code, type, scene, style, remark, skip_verify, state, is_temp, expires_ms,
	chat_expires_s, unionid, is_exclusive, mark_source, conclusions, owner, created_ms, kind, link,
	disabled, routing, keeps_member, off_duty, max_customers, max_a_day, added
FROM contact_way WHERE corp = $1 AND kind = $2 AND way < $3 ORDER BY way DESC LIMIT $4;

-- many way_select_owned(corp I64, owner I64, n I64) -> way_row
SELECT way, config_id, code, type, scene, style, remark, skip_verify, state, is_temp, expires_ms,
	chat_expires_s, unionid, is_exclusive, mark_source, conclusions, owner, created_ms, kind, link,
	disabled, routing, keeps_member, off_duty, max_customers, max_a_day, added
FROM contact_way WHERE corp = $1 AND owner = $2 ORDER BY way LIMIT $3;

-- one way_select_count(corp I64) -> (n I64)
-- scan: counts the corp's, when one is made
SELECT count(*) FROM contact_way WHERE corp = $1;

-- exec way_count_one(corp I64, way I64)
UPDATE contact_way SET added = added + 1 WHERE corp = $1 AND way = $2;

-- many way_select_shifts(corp I64, way I64)
-- -> (kind I64, target I64, days I64, from_min I64, to_min I64)
SELECT kind, target, days, from_min, to_min FROM contact_way_shift WHERE corp = $1 AND way = $2
ORDER BY position LIMIT 1000;

-- exec way_insert_shift(corp I64, way I64, position I64, kind I64, target I64, days I64,
--     from_min I64, to_min I64)
INSERT INTO contact_way_shift (corp, way, position, kind, target, days, from_min, to_min)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

-- exec way_delete_shifts(corp I64, way I64)
DELETE FROM contact_way_shift WHERE corp = $1 AND way = $2;

-- many way_select_loads(corp I64, way I64) -> (member I64, day I64, today I64, total I64)
SELECT member, day, today, total FROM contact_way_load WHERE corp = $1 AND way = $2
ORDER BY member LIMIT 10000;

-- exec way_add_load(corp I64, way I64, member I64, day I64)
INSERT INTO contact_way_load (corp, way, member, day, today, total) VALUES ($1, $2, $3, $4, 1, 1)
ON CONFLICT (corp, way, member) DO UPDATE SET total = contact_way_load.total + 1,
	today = CASE WHEN contact_way_load.day = excluded.day THEN contact_way_load.today + 1 ELSE 1 END,
	day = excluded.day;

-- exec way_delete_loads(corp I64, way I64)
DELETE FROM contact_way_load WHERE corp = $1 AND way = $2;

-- one way_select_by_link(corp I64, link I64) -> (way I64)
SELECT way FROM contact_way WHERE corp = $1 AND link = $2 AND link <> 0;
