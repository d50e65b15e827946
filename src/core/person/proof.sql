-- What is still to be proved.  Owner of: proof.

-- exec proof_insert(proof I64, kind I64, consumer I64, subject TEXT, hash BYTES, expires_ms I64)
INSERT INTO proof (proof, kind, consumer, subject, hash, tries, expires_ms)
VALUES ($1, $2, $3, $4, $5, 0, $6);

-- one proof_select(proof I64)
-- -> (kind I64, consumer I64, subject TEXT, hash BYTES, tries I64, expires_ms I64)
SELECT kind, consumer, subject, hash, tries, expires_ms FROM proof WHERE proof = $1;

-- exec proof_set_tries(proof I64, tries I64)
UPDATE proof SET tries = $2 WHERE proof = $1;

-- exec proof_delete(proof I64)
DELETE FROM proof WHERE proof = $1;

-- one proof_count_since(subject TEXT, since I64) -> (n I64)
SELECT count(*) FROM proof WHERE subject = $1 AND subject <> '' AND proof > $2;

-- exec proof_delete_expired(now I64)
DELETE FROM proof WHERE expires_ms < $1;
