-- Published pictures, the product album, moments.

CREATE INDEX media_published ON media (corp, created_ms) WHERE kind = 'uploadimg';
