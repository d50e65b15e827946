-- Codes that lead into groups.  Owner of: group_way, group_way_target.

-- one group_way_by_config_id(corp I64, config_id TEXT)
-- -> group_way_row (way I64, config_id TEXT, code TEXT, scene I64, remark TEXT, auto_create I64,
--     base_name TEXT, base_id I64, state TEXT, mark_source I64, own_group I64, expires_ms I64,
--     created_ms I64)
SELECT way, config_id, code, scene, remark, auto_create, base_name, base_id, state, mark_source,
	own_group, expires_ms, created_ms
FROM group_way WHERE corp = $1 AND config_id = $2;

-- one group_way_select_by_code(corp I64, code TEXT) -> group_way_row
SELECT way, config_id, code, scene, remark, auto_create, base_name, base_id, state, mark_source,
	own_group, expires_ms, created_ms
FROM group_way WHERE corp = $1 AND code = $2;

-- one group_way_select_own(corp I64, own_group I64) -> group_way_row
-- The newest.
SELECT way, config_id, code, scene, remark, auto_create, base_name, base_id, state, mark_source,
	own_group, expires_ms, created_ms
FROM group_way WHERE corp = $1 AND own_group = $2 ORDER BY way DESC LIMIT 1;

-- exec group_way_insert(corp I64, way I64, config_id TEXT, code TEXT, scene I64, remark TEXT,
--     auto_create I64, base_name TEXT, base_id I64, state TEXT, mark_source I64, own_group I64,
--     expires_ms I64, created_ms I64)
INSERT INTO group_way (corp, way, config_id, code, scene, remark, auto_create, base_name, base_id,
	state, mark_source, own_group, expires_ms, created_ms)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14);

-- exec group_way_update(corp I64, way I64, scene I64, remark TEXT, auto_create I64,
--     base_name TEXT, base_id I64, state TEXT, mark_source I64)
UPDATE group_way SET scene = $3, remark = $4, auto_create = $5, base_name = $6, base_id = $7,
	state = $8, mark_source = $9
WHERE corp = $1 AND way = $2;

-- exec group_way_take_number(corp I64, way I64)
UPDATE group_way SET base_id = base_id + 1 WHERE corp = $1 AND way = $2;

-- exec group_way_delete(corp I64, way I64)
DELETE FROM group_way WHERE corp = $1 AND way = $2;

-- one group_way_count(corp I64) -> (n I64)
-- scan: counts the corp's, which has a limit
SELECT count(*) FROM group_way WHERE corp = $1;

-- many group_way_targets(corp I64, way I64) -> (position I64, customer_group I64, made I64)
SELECT position, customer_group, made FROM group_way_target
WHERE corp = $1 AND way = $2 ORDER BY position;

-- exec group_way_target_insert(corp I64, way I64, position I64, customer_group I64, made I64)
INSERT INTO group_way_target (corp, way, position, customer_group, made)
VALUES ($1, $2, $3, $4, $5);

-- exec group_way_target_clear(corp I64, way I64, from_position I64, below_position I64)
DELETE FROM group_way_target
WHERE corp = $1 AND way = $2 AND position >= $3 AND position < $4;
