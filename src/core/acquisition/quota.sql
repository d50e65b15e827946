-- How many may come by links.  Owner of: acq_quota.

-- many acq_select_quotas(corp I64)
-- -> acq_quota_row (quota I64, total I64, balance I64, expires_ms I64, told_days I64)
SELECT quota, total, balance, expires_ms, told_days FROM acq_quota WHERE corp = $1
ORDER BY quota LIMIT 1000;

-- exec acq_insert_quota(corp I64, quota I64, total I64, expires_ms I64)
INSERT INTO acq_quota (corp, quota, total, balance, expires_ms, told_days)
VALUES ($1, $2, $3, $3, $4, 0);

-- exec acq_use_quota(corp I64, quota I64)
UPDATE acq_quota SET balance = balance - 1 WHERE corp = $1 AND quota = $2;

-- exec acq_told_quota(corp I64, quota I64, days I64)
UPDATE acq_quota SET told_days = $3 WHERE corp = $1 AND quota = $2;

-- exec acq_delete_quota(corp I64, quota I64)
DELETE FROM acq_quota WHERE corp = $1 AND quota = $2;
