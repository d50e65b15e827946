-- What a corp has chosen otherwise than the default.  Owner of: corp_setting.

-- one corp_setting_select(corp I64, name TEXT) -> (value I64)
SELECT value FROM corp_setting WHERE corp = $1 AND name = $2;

-- exec corp_setting_put(corp I64, name TEXT, value I64)
INSERT INTO corp_setting (corp, name, value) VALUES ($1, $2, $3)
ON CONFLICT (corp, name) DO UPDATE SET value = excluded.value;

-- exec corp_setting_delete(corp I64, name TEXT)
DELETE FROM corp_setting WHERE corp = $1 AND name = $2;
