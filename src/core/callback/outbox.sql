-- Events on their way to apps.  Owner of: outbox.

-- exec outbox_insert(corp I64, event I64, app I64, name TEXT, change TEXT, fields TEXT,
--     chat I64, next_ms I64, expires_ms I64)
INSERT INTO outbox (corp, event, app, name, change, fields, chat, status, tries, next_ms,
	expires_ms, http_status, error, done_ms)
VALUES ($1, $2, $3, $4, $5, $6, $7, 1, 0, $8, $9, 0, '', 0);

-- one outbox_select(corp I64, event I64)
-- -> outbox_row (event I64, app I64, name TEXT, change TEXT, fields TEXT, chat I64, status I64,
--     tries I64, next_ms I64, expires_ms I64, http_status I64, error TEXT, done_ms I64)
SELECT event, app, name, change, fields, chat, status, tries, next_ms, expires_ms, http_status,
	error, done_ms
FROM outbox WHERE corp = $1 AND event = $2;

-- one outbox_first_waiting(corp I64, app I64) -> outbox_row
SELECT event, app, name, change, fields, chat, status, tries, next_ms, expires_ms, http_status,
	error, done_ms
FROM outbox WHERE corp = $1 AND status = 1 AND app = $2 ORDER BY event LIMIT 1;

-- exec outbox_update(corp I64, event I64, status I64, tries I64, next_ms I64, http_status I64,
--     error TEXT, done_ms I64)
UPDATE outbox SET status = $3, tries = $4, next_ms = $5, http_status = $6, error = $7,
	done_ms = $8
WHERE corp = $1 AND event = $2;

-- many outbox_page(corp I64, before I64, n I64) -> outbox_row
SELECT event, app, name, change, fields, chat, status, tries, next_ms, expires_ms, http_status,
	error, done_ms
FROM outbox WHERE corp = $1 AND event < $2 ORDER BY event DESC LIMIT $3;

-- many outbox_page_of_app(corp I64, app I64, before I64, n I64) -> outbox_row
SELECT event, app, name, change, fields, chat, status, tries, next_ms, expires_ms, http_status,
	error, done_ms
FROM outbox WHERE corp = $1 AND app = $2 AND event < $3 ORDER BY event DESC LIMIT $4;

-- many outbox_page_of_status(corp I64, status I64, app I64, before I64, n I64) -> outbox_row
SELECT event, app, name, change, fields, chat, status, tries, next_ms, expires_ms, http_status,
	error, done_ms
FROM outbox WHERE corp = $1 AND status = $2 AND app = $3 AND event < $4
ORDER BY event DESC LIMIT $5;

-- one outbox_count(corp I64, status I64) -> (n I64)
SELECT count(*) FROM outbox WHERE corp = $1 AND status = $2;

-- one outbox_doctor(corp I64, bad_next I64) -> (n I64)
-- scan: the doctor looks at everything
SELECT count(*) FROM outbox WHERE corp = $1 AND status = 1 AND next_ms > $2;

-- exec outbox_drop_old(corp I64, status I64, app I64, below I64)
DELETE FROM outbox WHERE corp = $1 AND status = $2 AND app = $3 AND event < $4;
