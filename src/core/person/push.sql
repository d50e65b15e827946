-- Where consumers are told of messages.  Owner of: push_subscription, push_mark.

-- many push_subscription_select(consumer I64)
-- -> (subscription I64, endpoint TEXT, public_key BYTES, auth BYTES)
SELECT subscription, endpoint, public_key, auth FROM push_subscription
WHERE consumer = $1 ORDER BY subscription DESC LIMIT 50;

-- exec push_subscription_put(consumer I64, subscription I64, endpoint TEXT, public_key BYTES,
--     auth BYTES, now I64)
INSERT INTO push_subscription (consumer, subscription, endpoint, public_key, auth, created_ms)
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (consumer, endpoint) DO UPDATE SET public_key = excluded.public_key,
	auth = excluded.auth, created_ms = excluded.created_ms;

-- exec push_subscription_delete(consumer I64, subscription I64)
DELETE FROM push_subscription WHERE consumer = $1 AND subscription = $2;

-- exec push_subscription_delete_endpoint(consumer I64, endpoint TEXT)
DELETE FROM push_subscription WHERE consumer = $1 AND endpoint = $2;

-- one push_mark_select(consumer I64, corp I64, chat I64) -> (seq I64)
SELECT seq FROM push_mark WHERE consumer = $1 AND corp = $2 AND chat = $3;

-- exec push_mark_put(consumer I64, corp I64, chat I64, seq I64)
INSERT INTO push_mark (consumer, corp, chat, seq) VALUES ($1, $2, $3, $4)
ON CONFLICT (consumer, corp, chat) DO UPDATE SET seq = excluded.seq;
