-- Who served whom.  Owner of: ledger, ledger_head.

-- one ledger_select_last(corp I64) -> (entry I64, hash BYTES)
SELECT entry, hash FROM ledger WHERE corp = $1 ORDER BY entry DESC LIMIT 1;

-- exec ledger_insert(corp I64, entry I64, time_ms I64, kind TEXT, customer TEXT, member TEXT,
--     other TEXT, actor TEXT, detail TEXT, hash BYTES)
INSERT INTO ledger (corp, entry, time_ms, kind, customer, member, other, actor, detail, hash)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10);

-- each ledger_select_from(corp I64, entry I64)
-- -> ledger_row (entry I64, time_ms I64, kind TEXT, customer TEXT, member TEXT, other TEXT,
--     actor TEXT, detail TEXT, hash BYTES)
-- scan: a chain is checked link by link
SELECT entry, time_ms, kind, customer, member, other, actor, detail, hash FROM ledger
WHERE corp = $1 AND entry >= $2 ORDER BY entry;

-- many ledger_select_of(corp I64, customer TEXT, after I64, n I64) -> ledger_row
SELECT entry, time_ms, kind, customer, member, other, actor, detail, hash FROM ledger
WHERE corp = $1 AND customer = $2 AND entry > $3 ORDER BY entry LIMIT $4;

-- many ledger_select_newest_of(corp I64, customer TEXT, before I64, n I64) -> ledger_row
SELECT entry, time_ms, kind, customer, member, other, actor, detail, hash FROM ledger
WHERE corp = $1 AND customer = $2 AND entry < $3 ORDER BY entry DESC LIMIT $4;

-- one ledger_select_hash(corp I64, entry I64) -> (hash BYTES)
SELECT hash FROM ledger WHERE corp = $1 AND entry = $2;

-- exec ledger_head_insert(corp I64, entry I64, line TEXT, signature BYTES, public_key BYTES,
--     day I64)
INSERT INTO ledger_head (corp, entry, line, signature, public_key, day)
VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING;

-- one ledger_head_last(corp I64)
-- -> head_row (entry I64, line TEXT, signature BYTES, public_key BYTES, day I64)
SELECT entry, line, signature, public_key, day FROM ledger_head
WHERE corp = $1 ORDER BY entry DESC LIMIT 1;

-- many ledger_head_page(corp I64, after I64, n I64) -> head_row
SELECT entry, line, signature, public_key, day FROM ledger_head
WHERE corp = $1 AND entry > $2 ORDER BY entry LIMIT $3;

-- one ledger_select_time(corp I64, entry I64) -> (time_ms I64)
SELECT time_ms FROM ledger WHERE corp = $1 AND entry = $2;

-- many ledger_select_page(corp I64, entry I64, n I64) -> ledger_row
SELECT entry, time_ms, kind, customer, member, other, actor, detail, hash FROM ledger
WHERE corp = $1 AND entry >= $2 ORDER BY entry LIMIT $3;
