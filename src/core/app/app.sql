-- Apps and what they may see.  Owner of: app, app_range.

-- one app_select(corp I64, app I64)
-- -> app_row (app I64, kind I64, name TEXT, description TEXT, logo TEXT, home_url TEXT,
--     redirect_domain TEXT, closed I64, scopes I64, sends_welcome I64, secret_hash BYTES,
--     secret_sealed BYTES, token_issued_ms I64, callback_url TEXT, callback_token TEXT,
--     callback_key_sealed BYTES, created_ms I64)
SELECT app, kind, name, description, logo, home_url, redirect_domain, closed, scopes,
	sends_welcome, secret_hash, secret_sealed, token_issued_ms, callback_url,
	callback_token, callback_key_sealed, created_ms
FROM app WHERE corp = $1 AND app = $2;

-- many app_select_all(corp I64) -> app_row
SELECT app, kind, name, description, logo, home_url, redirect_domain, closed, scopes,
	sends_welcome, secret_hash, secret_sealed, token_issued_ms, callback_url,
	callback_token, callback_key_sealed, created_ms
FROM app WHERE corp = $1 ORDER BY app LIMIT 1000;

-- many app_select_listeners(corp I64) -> app_row
SELECT app, kind, name, description, logo, home_url, redirect_domain, closed, scopes,
	sends_welcome, secret_hash, secret_sealed, token_issued_ms, callback_url,
	callback_token, callback_key_sealed, created_ms
FROM app WHERE corp = $1 AND closed = 0 AND callback_url <> '' ORDER BY app LIMIT 1000;

-- What a token is checked against: short, for every request.
-- one app_select_token(corp I64, app I64)
-- -> token_row (app I64, closed I64, scopes I64, secret_hash BYTES, token_issued_ms I64)
SELECT app, closed, scopes, secret_hash, token_issued_ms
FROM app WHERE corp = $1 AND app = $2;

-- one app_select_by_secret(corp I64, secret_hash BYTES) -> token_row
SELECT app, closed, scopes, secret_hash, token_issued_ms
FROM app WHERE corp = $1 AND secret_hash = $2;

-- one app_last(corp I64) -> (app I64, n I64)
-- scan: a corp has few apps, and seldom one more
SELECT max(app), count(*) FROM app WHERE corp = $1;

-- exec app_insert(corp I64, app I64, kind I64, name TEXT, description TEXT, logo TEXT,
--     home_url TEXT, redirect_domain TEXT, closed I64, scopes I64, sends_welcome I64,
--     secret_hash BYTES, secret_sealed BYTES, callback_key_sealed BYTES, created_ms I64)
INSERT INTO app (corp, app, kind, name, description, logo, home_url, redirect_domain, closed,
	scopes, sends_welcome, secret_hash, secret_sealed, token_issued_ms, callback_url,
	callback_token, callback_key_sealed, created_ms)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 0, '', '', $14, $15)
ON CONFLICT DO NOTHING;

-- exec app_update(corp I64, app I64, name TEXT, description TEXT, logo TEXT, home_url TEXT,
--     redirect_domain TEXT, closed I64, scopes I64, sends_welcome I64)
UPDATE app SET name = $3, description = $4, logo = $5, home_url = $6, redirect_domain = $7,
	closed = $8, scopes = $9, sends_welcome = $10
WHERE corp = $1 AND app = $2;

-- exec app_update_secret(corp I64, app I64, secret_hash BYTES, secret_sealed BYTES)
UPDATE app SET secret_hash = $3, secret_sealed = $4, token_issued_ms = 0
WHERE corp = $1 AND app = $2;

-- exec app_update_issued(corp I64, app I64, token_issued_ms I64)
UPDATE app SET token_issued_ms = $3 WHERE corp = $1 AND app = $2;

-- exec app_update_callback(corp I64, app I64, callback_url TEXT, callback_token TEXT,
--     callback_key_sealed BYTES)
UPDATE app SET callback_url = $3, callback_token = $4, callback_key_sealed = $5
WHERE corp = $1 AND app = $2;

-- one app_range_has(corp I64, app I64, kind I64, target I64) -> range_row (target I64)
SELECT target FROM app_range WHERE corp = $1 AND app = $2 AND kind = $3 AND target = $4;

-- many app_range_select(corp I64, app I64, kind I64) -> range_row
SELECT target FROM app_range WHERE corp = $1 AND app = $2 AND kind = $3
ORDER BY target LIMIT 1000;

-- exec app_range_insert(corp I64, app I64, kind I64, target I64)
INSERT INTO app_range (corp, app, kind, target) VALUES ($1, $2, $3, $4)
ON CONFLICT DO NOTHING;

-- exec app_range_delete(corp I64, app I64)
DELETE FROM app_range WHERE corp = $1 AND app = $2;
