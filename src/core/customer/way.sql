-- Codes that lead to members.  Owner of: contact_way, contact_way_range.

-- one way_select(corp I64, way I64)
-- -> way_row (way I64, config_id TEXT, code TEXT, type I64, scene I64, style I64, remark TEXT,
--     skip_verify I64, state TEXT, is_temp I64, expires_ms I64, chat_expires_s I64, unionid TEXT,
--     is_exclusive I64, mark_source I64, conclusions TEXT, owner I64, created_ms I64)
SELECT way, config_id, code, type, scene, style, remark, skip_verify, state, is_temp, expires_ms,
	chat_expires_s, unionid, is_exclusive, mark_source, conclusions, owner, created_ms
FROM contact_way WHERE corp = $1 AND way = $2;

-- one way_select_by_config(corp I64, config_id TEXT) -> way_row
SELECT way, config_id, code, type, scene, style, remark, skip_verify, state, is_temp, expires_ms,
	chat_expires_s, unionid, is_exclusive, mark_source, conclusions, owner, created_ms
FROM contact_way WHERE corp = $1 AND config_id = $2;

-- one way_select_by_code(corp I64, code TEXT) -> way_row
SELECT way, config_id, code, type, scene, style, remark, skip_verify, state, is_temp, expires_ms,
	chat_expires_s, unionid, is_exclusive, mark_source, conclusions, owner, created_ms
FROM contact_way WHERE corp = $1 AND code = $2;

-- one way_select_own(corp I64, owner I64) -> way_row
SELECT way, config_id, code, type, scene, style, remark, skip_verify, state, is_temp, expires_ms,
	chat_expires_s, unionid, is_exclusive, mark_source, conclusions, owner, created_ms
FROM contact_way WHERE corp = $1 AND owner = $2 ORDER BY way LIMIT 1;

-- exec way_insert(corp I64, way I64, config_id TEXT, code TEXT, type I64, scene I64, style I64,
--     remark TEXT, skip_verify I64, state TEXT, is_temp I64, expires_ms I64, chat_expires_s I64,
--     unionid TEXT, is_exclusive I64, mark_source I64, conclusions TEXT, owner I64,
--     created_ms I64)
INSERT INTO contact_way (corp, way, config_id, code, type, scene, style, remark, skip_verify,
	state, is_temp, expires_ms, chat_expires_s, unionid, is_exclusive, mark_source,
	conclusions, owner, next_turn, created_ms)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, 0, $19);

-- exec way_update(corp I64, way I64, style I64, remark TEXT, skip_verify I64, state TEXT,
--     expires_ms I64, chat_expires_s I64, unionid TEXT, mark_source I64, conclusions TEXT)
UPDATE contact_way SET style = $3, remark = $4, skip_verify = $5, state = $6, expires_ms = $7,
	chat_expires_s = $8, unionid = $9, mark_source = $10, conclusions = $11
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
-- By time: the plus keeps the planner off the index by owner, where nobody owns most.
SELECT way, created_ms, config_id FROM contact_way
WHERE corp = $1 AND created_ms >= $2 AND created_ms <= $3 AND (created_ms, way) > ($4, $5)
	AND +owner = 0 AND is_temp = 0
ORDER BY created_ms, way LIMIT $6;

-- many way_select_range(corp I64, way I64) -> (kind I64, target I64)
SELECT kind, target FROM contact_way_range WHERE corp = $1 AND way = $2
ORDER BY position LIMIT 10000;

-- exec way_insert_range(corp I64, way I64, kind I64, target I64, position I64)
INSERT INTO contact_way_range (corp, way, kind, target, position) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT DO NOTHING;

-- exec way_delete_range(corp I64, way I64)
DELETE FROM contact_way_range WHERE corp = $1 AND way = $2;
