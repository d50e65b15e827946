-- The product album.  Owner of: product.

-- one product_select(corp I64, product I64)
-- -> product_row (product I64, description TEXT, price I64, product_sn TEXT, pictures TEXT,
--     app I64, deleted I64, created_ms I64, changed_ms I64)
SELECT product, description, price, product_sn, pictures, app, deleted, created_ms, changed_ms
FROM product WHERE corp = $1 AND product = $2;

-- many product_select_page(corp I64, before I64, n I64) -> product_row
SELECT product, description, price, product_sn, pictures, app, deleted, created_ms, changed_ms
FROM product WHERE corp = $1 AND product < $2 AND deleted = 0
ORDER BY product DESC LIMIT $3;

-- exec product_insert(corp I64, product I64, description TEXT, price I64, product_sn TEXT,
--     pictures TEXT, app I64, now I64)
INSERT INTO product (corp, product, description, price, product_sn, pictures, app, deleted,
	created_ms, changed_ms)
VALUES ($1, $2, $3, $4, $5, $6, $7, 0, $8, $8);

-- exec product_update(corp I64, product I64, description TEXT, price I64, product_sn TEXT,
--     pictures TEXT, now I64)
UPDATE product SET description = $3, price = $4, product_sn = $5, pictures = $6, changed_ms = $7
WHERE corp = $1 AND product = $2;

-- exec product_update_deleted(corp I64, product I64, now I64)
UPDATE product SET deleted = 1, changed_ms = $3 WHERE corp = $1 AND product = $2;
