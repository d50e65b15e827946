-- What a customer who comes into a group is sent.  Owner of: group_welcome.

-- one group_welcome_select(corp I64, welcome I64)
-- -> group_welcome_row (welcome I64, template_id TEXT, app I64, agentid I64, text TEXT,
--     attachment TEXT, created_ms I64)
SELECT welcome, template_id, app, agentid, text, attachment, created_ms
FROM group_welcome WHERE corp = $1 AND welcome = $2;

-- one group_welcome_by_template(corp I64, template_id TEXT) -> group_welcome_row
SELECT welcome, template_id, app, agentid, text, attachment, created_ms
FROM group_welcome WHERE corp = $1 AND template_id = $2;

-- many group_welcome_list(corp I64, n I64) -> group_welcome_row
SELECT welcome, template_id, app, agentid, text, attachment, created_ms
FROM group_welcome WHERE corp = $1 ORDER BY welcome DESC LIMIT $2;

-- exec group_welcome_insert(corp I64, welcome I64, template_id TEXT, app I64, agentid I64,
--     text TEXT, attachment TEXT, created_ms I64)
INSERT INTO group_welcome (corp, welcome, template_id, app, agentid, text, attachment, created_ms)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

-- exec group_welcome_update(corp I64, welcome I64, agentid I64, text TEXT, attachment TEXT)
UPDATE group_welcome SET agentid = $3, text = $4, attachment = $5
WHERE corp = $1 AND welcome = $2;

-- exec group_welcome_delete(corp I64, welcome I64)
DELETE FROM group_welcome WHERE corp = $1 AND welcome = $2;

-- one group_welcome_count(corp I64) -> (n I64)
-- scan: a hundred or so
SELECT count(*) FROM group_welcome WHERE corp = $1;
