-- What happened to customers, besides the ledger's steps.  Owner of: customer_event.

-- exec customer_event_insert(corp I64, customer I64, event I64, member I64, time_ms I64,
--     kind TEXT, actor TEXT, detail TEXT)
INSERT INTO customer_event (corp, customer, event, member, time_ms, kind, actor, detail)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

-- many customer_event_select(corp I64, customer I64, before I64, n I64)
-- -> customer_event_row (event I64, member I64, time_ms I64, kind TEXT, actor TEXT, detail TEXT)
SELECT event, member, time_ms, kind, actor, detail FROM customer_event
WHERE corp = $1 AND customer = $2 AND event < $3 ORDER BY event DESC LIMIT $4;
