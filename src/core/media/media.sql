-- Files by name and content.  Owner of: media.

-- one media_select(corp I64, media_key TEXT)
-- -> media_row (media I64, media_key TEXT, kind TEXT, name TEXT, mime TEXT, sha256 TEXT,
--     size I64, width I64, height I64, created_ms I64, expires_ms I64)
SELECT media, media_key, kind, name, mime, sha256, size, width, height, created_ms, expires_ms
FROM media WHERE corp = $1 AND media_key = $2;

-- exec media_insert(corp I64, media I64, media_key TEXT, kind TEXT, name TEXT, mime TEXT,
--     sha256 TEXT, size I64, width I64, height I64, created_ms I64, expires_ms I64)
INSERT INTO media (corp, media, media_key, kind, name, mime, sha256, size, width, height,
	created_ms, expires_ms)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12);

-- one media_count_published(corp I64, since_ms I64) -> (n I64)
SELECT count(*) FROM media WHERE corp = $1 AND kind = 'uploadimg' AND created_ms > $2;

-- exec media_update_kept(corp I64, media_key TEXT)
UPDATE media SET expires_ms = 0 WHERE corp = $1 AND media_key = $2;

-- exec media_delete_expired(corp I64, now_ms I64)
DELETE FROM media WHERE corp = $1 AND expires_ms > 0 AND expires_ms <= $2;

-- each media_hashes(corp I64) -> (sha256 TEXT)
-- scan: doctor looks whether every file is there
SELECT sha256 FROM media WHERE corp = $1;

-- one media_of_file(corp I64, sha256 TEXT) -> (media I64)
SELECT media FROM media WHERE corp = $1 AND sha256 = $2 ORDER BY media LIMIT 1;
