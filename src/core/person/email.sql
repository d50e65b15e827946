-- Addresses by which consumers are found again.  Owner of: consumer_email.

-- one consumer_email_select(consumer I64) -> (email TEXT)
SELECT email FROM consumer_email WHERE consumer = $1;

-- one consumer_email_find(email_folded TEXT) -> (consumer I64)
SELECT consumer FROM consumer_email WHERE email_folded = $1;

-- exec consumer_email_put(consumer I64, email TEXT, email_folded TEXT, now I64)
INSERT INTO consumer_email (consumer, email, email_folded, created_ms) VALUES ($1, $2, $3, $4)
ON CONFLICT (consumer) DO UPDATE SET email = excluded.email,
	email_folded = excluded.email_folded, created_ms = excluded.created_ms;

-- exec consumer_email_delete(consumer I64)
DELETE FROM consumer_email WHERE consumer = $1;
