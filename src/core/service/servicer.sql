-- Who serves at an account, and whether he does just now.  Owner of: servicer,
-- servicer_status.

-- exec servicer_insert(corp I64, account I64, kind I64, target I64, created_ms I64)
INSERT INTO servicer (corp, account, kind, target, created_ms) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT DO NOTHING;

-- exec servicer_delete(corp I64, account I64, kind I64, target I64)
DELETE FROM servicer WHERE corp = $1 AND account = $2 AND kind = $3 AND target = $4;

-- exec servicer_delete_all(corp I64, account I64)
DELETE FROM servicer WHERE corp = $1 AND account = $2;

-- many servicer_select_all(corp I64, account I64) -> servicer_row (kind I64, target I64)
SELECT kind, target FROM servicer WHERE corp = $1 AND account = $2
ORDER BY kind, target LIMIT 3000;

-- one servicer_select(corp I64, account I64, kind I64, target I64) -> servicer_row
SELECT kind, target FROM servicer
WHERE corp = $1 AND account = $2 AND kind = $3 AND target = $4;

-- one servicer_count(corp I64, account I64, kind I64) -> (n I64)
SELECT count(*) FROM servicer WHERE corp = $1 AND account = $2 AND kind = $3;

-- many servicer_status_all(corp I64, account I64)
-- -> servicer_status_row (member I64, stopped I64, stop_type I64, given I64)
SELECT member, stopped, stop_type, given FROM servicer_status
WHERE corp = $1 AND account = $2 ORDER BY member LIMIT 5000;

-- one servicer_status_select(corp I64, account I64, member I64) -> servicer_status_row
SELECT member, stopped, stop_type, given FROM servicer_status
WHERE corp = $1 AND account = $2 AND member = $3;

-- exec servicer_status_put(corp I64, account I64, member I64, stopped I64, stop_type I64,
--     changed_ms I64)
INSERT INTO servicer_status (corp, account, member, stopped, stop_type, given, changed_ms)
VALUES ($1, $2, $3, $4, $5, 0, $6)
ON CONFLICT (corp, account, member) DO UPDATE SET stopped = $4, stop_type = $5, changed_ms = $6;

-- exec servicer_status_give(corp I64, account I64, member I64, given I64, changed_ms I64)
INSERT INTO servicer_status (corp, account, member, stopped, stop_type, given, changed_ms)
VALUES ($1, $2, $3, 0, 0, $4, $5)
ON CONFLICT (corp, account, member) DO UPDATE SET given = $4;
