-- Passkeys of consumers.  Owner of: passkey.

-- many passkey_select(consumer I64)
-- -> passkey_row (passkey I64, consumer I64, public_key BYTES, algorithm I64, counter I64,
--     name TEXT, created_ms I64, used_ms I64)
SELECT passkey, consumer, public_key, algorithm, counter, name, created_ms, used_ms
FROM passkey WHERE consumer = $1 ORDER BY passkey LIMIT 50;

-- one passkey_find(credential BYTES) -> passkey_row
SELECT passkey, consumer, public_key, algorithm, counter, name, created_ms, used_ms
FROM passkey WHERE credential = $1;

-- exec passkey_insert(consumer I64, passkey I64, credential BYTES, public_key BYTES,
--     algorithm I64, counter I64, name TEXT, now I64)
INSERT INTO passkey (consumer, passkey, credential, public_key, algorithm, counter, name,
	created_ms, used_ms)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8) ON CONFLICT DO NOTHING;

-- exec passkey_used(consumer I64, passkey I64, counter I64, now I64)
UPDATE passkey SET counter = $3, used_ms = $4 WHERE consumer = $1 AND passkey = $2;

-- exec passkey_delete(consumer I64, passkey I64)
DELETE FROM passkey WHERE consumer = $1 AND passkey = $2;

-- exec passkey_move(old I64, consumer I64)
UPDATE passkey SET consumer = $2 WHERE consumer = $1;
