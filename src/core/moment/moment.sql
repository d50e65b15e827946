-- What members show their customers, and who gives it to them.  Owner of: moment, moment_job.

-- one moment_select(corp I64, moment I64)
-- -> moment_row (moment I64, kind I64, creator I64, app I64, content TEXT, tags TEXT, state I64,
--     created_ms I64)
SELECT moment, kind, creator, app, content, tags, state, created_ms
FROM moment WHERE corp = $1 AND moment = $2;

-- many moment_select_page(corp I64, from_ms I64, to_ms I64, before_ms I64, before_moment I64, n I64)
-- -> moment_row
SELECT moment, kind, creator, app, content, tags, state, created_ms FROM moment
WHERE corp = $1 AND created_ms >= $2 AND created_ms <= $3 AND (created_ms, moment) < ($4, $5)
ORDER BY created_ms DESC, moment DESC LIMIT $6;

-- exec moment_insert(corp I64, moment I64, kind I64, creator I64, app I64, content TEXT,
--     tags TEXT, state I64, created_ms I64)
INSERT INTO moment (corp, moment, kind, creator, app, content, tags, state, created_ms)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- exec moment_set_state(corp I64, moment I64, state I64)
UPDATE moment SET state = $3 WHERE corp = $1 AND moment = $2;

-- exec moment_set_tags(corp I64, moment I64, tags TEXT)
UPDATE moment SET tags = $3 WHERE corp = $1 AND moment = $2;

-- one moment_count_since(corp I64, since_ms I64) -> (n I64)
SELECT count(*) FROM moment WHERE corp = $1 AND created_ms > $2 AND kind = 0;

-- one moment_job_select(corp I64, job I64)
-- -> moment_job_row (job I64, moment I64, app I64, senders TEXT, state I64, phase I64, place I64,
--     after I64, given I64, errcode I64, refused TEXT, created_ms I64)
SELECT job, moment, app, senders, state, phase, place, after, given, errcode, refused, created_ms
FROM moment_job WHERE corp = $1 AND job = $2;

-- one moment_job_select_next(corp I64) -> moment_job_row
SELECT job, moment, app, senders, state, phase, place, after, given, errcode, refused, created_ms
FROM moment_job WHERE corp = $1 AND state < 3 ORDER BY job LIMIT 1;

-- one moment_job_count(corp I64) -> (n I64)
SELECT count(*) FROM moment_job WHERE corp = $1 AND state < 3;

-- exec moment_job_insert(corp I64, job I64, moment I64, app I64, senders TEXT, now I64)
INSERT INTO moment_job (corp, job, moment, app, senders, state, phase, place, after, given, errcode,
	refused, created_ms)
VALUES ($1, $2, $3, $4, $5, 1, 0, 0, 0, 0, 0, '{"users":[],"departments":[],"tags":[]}', $6);

-- exec moment_job_update(corp I64, job I64, state I64, phase I64, place I64, after I64, given I64,
--     errcode I64, refused TEXT)
UPDATE moment_job SET state = $3, phase = $4, place = $5, after = $6, given = $7, errcode = $8,
	refused = $9
WHERE corp = $1 AND job = $2;

-- exec moment_job_delete_old(corp I64, before_job I64)
DELETE FROM moment_job WHERE corp = $1 AND job < $2 AND state = 3;
