-- Members' own labels.  Owner of: personal_tag.

-- many personal_tag_select(corp I64, member I64, customer I64) -> personal_tag_row (name TEXT)
SELECT name FROM personal_tag WHERE corp = $1 AND member = $2 AND customer = $3
ORDER BY name LIMIT 200;

-- one personal_tag_select_one(corp I64, member I64, customer I64, name TEXT) -> personal_tag_row
SELECT name FROM personal_tag WHERE corp = $1 AND member = $2 AND customer = $3 AND name = $4;

-- many personal_tag_select_names(corp I64, member I64) -> (name TEXT, n I64)
SELECT name, count(*) FROM personal_tag WHERE corp = $1 AND member = $2
GROUP BY name ORDER BY name LIMIT 500;

-- exec personal_tag_insert(corp I64, member I64, customer I64, name TEXT)
INSERT INTO personal_tag (corp, member, customer, name) VALUES ($1, $2, $3, $4)
ON CONFLICT DO NOTHING;

-- exec personal_tag_delete(corp I64, member I64, customer I64)
DELETE FROM personal_tag WHERE corp = $1 AND member = $2 AND customer = $3;
