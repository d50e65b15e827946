-- Passwords and sessions.  Owner of: credential, member_session, consumer_session.

-- one credential_select(corp I64, member I64)
-- -> credential_row (hash TEXT, must_change I64)
SELECT hash, must_change FROM credential WHERE corp = $1 AND member = $2;

-- exec credential_put(corp I64, member I64, hash TEXT, must_change I64, changed_ms I64)
INSERT INTO credential (corp, member, hash, must_change, changed_ms)
VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (corp, member) DO UPDATE SET hash = excluded.hash,
	must_change = excluded.must_change, changed_ms = excluded.changed_ms;

-- one member_session_select(corp I64, session I64)
-- -> session_row (member I64, hash BYTES, seen_ms I64, expires_ms I64)
SELECT member, hash, seen_ms, expires_ms
FROM member_session WHERE corp = $1 AND session = $2;

-- many member_session_select_all(corp I64, member I64, now_ms I64)
-- -> (session I64, device TEXT, created_ms I64, seen_ms I64)
SELECT session, device, created_ms, seen_ms FROM member_session
WHERE corp = $1 AND member = $2 AND expires_ms > $3
ORDER BY session DESC LIMIT 100;

-- exec member_session_insert(corp I64, session I64, member I64, hash BYTES, device TEXT,
--     created_ms I64, expires_ms I64)
INSERT INTO member_session (corp, session, member, hash, device, created_ms, seen_ms, expires_ms)
VALUES ($1, $2, $3, $4, $5, $6, $6, $7);

-- exec member_session_delete(corp I64, member I64, session I64)
DELETE FROM member_session WHERE corp = $1 AND session = $3 AND member = $2;

-- exec member_session_delete_all(corp I64, member I64)
DELETE FROM member_session WHERE corp = $1 AND member = $2;

-- exec member_session_delete_expired(corp I64, now_ms I64)
-- scan: once a day
DELETE FROM member_session WHERE corp = $1 AND expires_ms <= $2;

-- exec member_session_seen(corp I64, session I64, seen_ms I64, expires_ms I64)
UPDATE member_session SET seen_ms = $3, expires_ms = $4 WHERE corp = $1 AND session = $2;

-- one consumer_session_select(consumer I64, session I64)
-- -> consumer_session_row (hash BYTES, seen_ms I64)
SELECT hash, seen_ms FROM consumer_session WHERE consumer = $1 AND session = $2;

-- exec consumer_session_insert(consumer I64, session I64, hash BYTES, device TEXT,
--     created_ms I64)
INSERT INTO consumer_session (consumer, session, hash, device, created_ms, seen_ms)
VALUES ($1, $2, $3, $4, $5, $5);

-- exec consumer_session_delete(consumer I64, session I64)
DELETE FROM consumer_session WHERE consumer = $1 AND session = $2;

-- exec consumer_session_delete_all(consumer I64)
DELETE FROM consumer_session WHERE consumer = $1;

-- exec consumer_session_seen(consumer I64, session I64, seen_ms I64)
UPDATE consumer_session SET seen_ms = $3 WHERE consumer = $1 AND session = $2;

-- each member_session_holders(corp I64) -> session_holder_row (member I64)
-- scan: doctor looks at all
SELECT member FROM member_session WHERE corp = $1;

-- each credential_holders(corp I64) -> session_holder_row
-- scan: doctor looks at all
SELECT member FROM credential WHERE corp = $1;
