-- Cards that customers pass on.  Owner of: card_share, card_share_use.

-- one card_share_select(corp I64, code TEXT) -> card_share_row (code TEXT, customer I64, member I64)
SELECT code, customer, member FROM card_share WHERE corp = $1 AND code = $2;

-- one card_share_find(corp I64, customer I64, member I64) -> card_share_row
SELECT code, customer, member FROM card_share
WHERE corp = $1 AND customer = $2 AND member = $3;

-- exec card_share_insert(corp I64, code TEXT, customer I64, member I64, now I64)
INSERT INTO card_share (corp, code, customer, member, created_ms) VALUES ($1, $2, $3, $4, $5);

-- exec card_share_delete_of(corp I64, customer I64)
DELETE FROM card_share WHERE corp = $1 AND customer = $2;

-- exec card_share_use_put(corp I64, member I64, customer I64, by_customer I64, now I64)
INSERT INTO card_share_use (corp, member, customer, by_customer, created_ms)
VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (corp, member, customer) DO UPDATE SET by_customer = excluded.by_customer,
	created_ms = excluded.created_ms;

-- one card_share_use_select(corp I64, member I64, customer I64) -> (by_customer I64)
SELECT by_customer FROM card_share_use WHERE corp = $1 AND member = $2 AND customer = $3;
