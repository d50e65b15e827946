-- What administrators did.  Owner of: audit.

-- exec audit_insert(corp I64, entry I64, actor TEXT, verb TEXT, object TEXT, detail TEXT)
INSERT INTO audit (corp, entry, actor, verb, object, detail)
VALUES ($1, $2, $3, $4, $5, $6);

-- many audit_select_page(corp I64, before I64, n I64)
-- -> audit_row (entry I64, actor TEXT, verb TEXT, object TEXT, detail TEXT)
SELECT entry, actor, verb, object, detail FROM audit
WHERE corp = $1 AND entry < $2 ORDER BY entry DESC LIMIT $3;

-- exec audit_delete_before(corp I64, before I64, n I64)
DELETE FROM audit WHERE corp = $1 AND entry IN (
	SELECT entry FROM audit WHERE corp = $1 AND entry < $2 ORDER BY entry LIMIT $3);

-- one audit_select_oldest(corp I64) -> (entry I64)
SELECT entry FROM audit WHERE corp = $1 ORDER BY entry LIMIT 1;
