-- Groups of rules.  Owner of: strategy, strategy_admin, strategy_range.

-- one strategy_select(corp I64, strategy I64)
-- -> strategy_row (strategy I64, kind I64, parent I64, root I64, level I64, app I64, name TEXT,
--     privileges I64, created_ms I64)
SELECT strategy, kind, parent, root, level, app, name, privileges, created_ms FROM strategy
WHERE corp = $1 AND strategy = $2 AND deleted = 0;

-- many strategy_select_page(corp I64, kind I64, after I64, n I64) -> strategy_row
SELECT strategy, kind, parent, root, level, app, name, privileges, created_ms FROM strategy
WHERE corp = $1 AND kind = $2 AND strategy > $3 AND deleted = 0 ORDER BY strategy LIMIT $4;

-- many strategy_select_below(corp I64, root I64, level I64) -> strategy_row
SELECT strategy, kind, parent, root, level, app, name, privileges, created_ms FROM strategy
WHERE corp = $1 AND root = $2 AND level > $3 AND deleted = 0 ORDER BY strategy LIMIT 3000;

-- one strategy_count(corp I64, root I64) -> (n I64)
SELECT count(*) FROM strategy WHERE corp = $1 AND root = $2 AND deleted = 0;

-- one strategy_last(corp I64) -> (strategy I64)
SELECT strategy FROM strategy WHERE corp = $1 ORDER BY strategy DESC LIMIT 1;

-- exec strategy_insert(corp I64, strategy I64, kind I64, parent I64, root I64, level I64, app I64,
--     name TEXT, privileges I64, created_ms I64)
INSERT INTO strategy (corp, strategy, kind, parent, root, level, app, name, privileges,
	created_ms, deleted)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0);

-- exec strategy_update(corp I64, strategy I64, name TEXT, privileges I64)
UPDATE strategy SET name = $3, privileges = $4 WHERE corp = $1 AND strategy = $2;

-- exec strategy_delete(corp I64, strategy I64)
UPDATE strategy SET deleted = 1 WHERE corp = $1 AND strategy = $2;

-- many strategy_admins(corp I64, strategy I64) -> (member I64)
SELECT member FROM strategy_admin WHERE corp = $1 AND strategy = $2
ORDER BY position, member LIMIT 20;

-- many strategy_of_admin(corp I64, member I64) -> strategy_number_row (strategy I64)
SELECT strategy FROM strategy_admin WHERE corp = $1 AND member = $2 ORDER BY strategy LIMIT 1000;

-- exec strategy_admin_insert(corp I64, strategy I64, member I64, position I64)
INSERT INTO strategy_admin (corp, strategy, member, position) VALUES ($1, $2, $3, $4)
ON CONFLICT DO NOTHING;

-- exec strategy_admin_delete(corp I64, strategy I64)
DELETE FROM strategy_admin WHERE corp = $1 AND strategy = $2;

-- many strategy_range_select(corp I64, strategy I64, kind I64, target I64, n I64)
-- -> target_row (kind I64, target I64)
SELECT kind, target FROM strategy_range
WHERE corp = $1 AND strategy = $2 AND (kind, target) > ($3, $4)
ORDER BY kind, target LIMIT $5;

-- one strategy_range_find(corp I64, strategy I64, kind I64, target I64) -> target_row
SELECT kind, target FROM strategy_range
WHERE corp = $1 AND strategy = $2 AND kind = $3 AND target = $4;

-- many strategy_range_of(corp I64, kind I64, target I64) -> strategy_number_row
SELECT strategy FROM strategy_range WHERE corp = $1 AND kind = $2 AND target = $3
ORDER BY strategy LIMIT 1000;

-- exec strategy_range_insert(corp I64, strategy I64, kind I64, target I64)
INSERT INTO strategy_range (corp, strategy, kind, target) VALUES ($1, $2, $3, $4)
ON CONFLICT DO NOTHING;

-- exec strategy_range_delete(corp I64, strategy I64, kind I64, target I64)
DELETE FROM strategy_range WHERE corp = $1 AND strategy = $2 AND kind = $3 AND target = $4;

-- exec strategy_range_delete_all(corp I64, strategy I64)
DELETE FROM strategy_range WHERE corp = $1 AND strategy = $2;
