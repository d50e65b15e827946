-- The tenants.  Owner of: corp.

-- one corp_select(corp I64)
-- -> corp_row (corp I64, corpid TEXT, name TEXT, verified I64, welcome TEXT,
--     allow_private_callbacks I64, sync_reads_ids I64, handover_at_once I64,
--     directory_version I64, created_ms I64)
SELECT corp, corpid, name, verified, welcome, allow_private_callbacks, sync_reads_ids,
	handover_at_once, directory_version, created_ms
FROM corp WHERE corp = $1;

-- one corp_select_by_corpid(corpid TEXT) -> corp_row
SELECT corp, corpid, name, verified, welcome, allow_private_callbacks, sync_reads_ids,
	handover_at_once, directory_version, created_ms
FROM corp WHERE corpid = $1;

-- many corp_select_numbers() -> (corp I64)
-- scan: the clock reads due work corp by corp
SELECT corp FROM corp ORDER BY corp;

-- one corp_version(corp I64) -> (directory_version I64)
SELECT directory_version FROM corp WHERE corp = $1;

-- one corp_reads_ids(corp I64) -> (sync_reads_ids I64)
SELECT sync_reads_ids FROM corp WHERE corp = $1;

-- one corp_last() -> (corp I64)
-- scan: one row, from the end of the key
SELECT corp FROM corp ORDER BY corp DESC LIMIT 1;

-- exec corp_insert(corp I64, corpid TEXT, name TEXT, verified I64, welcome TEXT,
--     allow_private_callbacks I64, sync_reads_ids I64, directory_version I64, created_ms I64)
INSERT INTO corp (corp, corpid, name, verified, welcome, allow_private_callbacks,
	sync_reads_ids, directory_version, next_member_number, created_ms)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1, $9)
ON CONFLICT DO NOTHING;

-- exec corp_update(corp I64, name TEXT, verified I64, welcome TEXT,
--     allow_private_callbacks I64, sync_reads_ids I64, handover_at_once I64)
UPDATE corp SET name = $2, verified = $3, welcome = $4, allow_private_callbacks = $5,
	sync_reads_ids = $6, handover_at_once = $7
WHERE corp = $1;

-- exec corp_set_version(corp I64, directory_version I64)
UPDATE corp SET directory_version = $2 WHERE corp = $1;

-- one corp_next_number(corp I64) -> (next_member_number I64)
SELECT next_member_number FROM corp WHERE corp = $1;

-- Takes n numbers for members; gives the first after them.
-- one corp_take_numbers(corp I64, n I64) -> (next_member_number I64)
UPDATE corp SET next_member_number = next_member_number + $2 WHERE corp = $1
RETURNING next_member_number;
