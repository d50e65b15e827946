-- What an app sent lately, for message/send's duplicate check.  Owner of: app_send.

-- one app_send_select(corp I64, app I64, content_hash BYTES) -> (until_ms I64)
SELECT until_ms FROM app_send WHERE corp = $1 AND app = $2 AND content_hash = $3;

-- exec app_send_put(corp I64, app I64, content_hash BYTES, until_ms I64)
INSERT INTO app_send (corp, app, content_hash, until_ms) VALUES ($1, $2, $3, $4)
ON CONFLICT (corp, app, content_hash) DO UPDATE SET until_ms = excluded.until_ms;

-- exec app_send_forget(corp I64, app I64, now_ms I64)
DELETE FROM app_send WHERE corp = $1 AND app = $2 AND until_ms <= $3;
