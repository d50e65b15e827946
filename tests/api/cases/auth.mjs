/* gettoken (document 91039). */
const secret = (w) => ({ corpid: w.env.CORPID, corpsecret: w.env.SECRET });

export default [
  ['gettoken', secret, (got, ok) => {
    ok.match(got.access_token, /^[\w-]{20,512}$/);
    ok.ok(got.expires_in > 7000 && got.expires_in <= 7200, `${got.expires_in}`);
  }],
  ['gettoken', secret, (got, ok, w) => ok.equal(got.access_token, w.tokens.app, 'the same token while it lives')],
  ['gettoken', (w) => ({ ...secret(w), corpid: w.env.CORPID.toUpperCase() }), 40013, 'corpid'],
  ['gettoken', (w) => ({ ...secret(w), corpid: 'wwnobody' }), 40013, 'corpid'],
  ['gettoken', (w) => ({ ...secret(w), corpid: w.otherCorp }), 40001, 'corpsecret'],
  ['gettoken', (w) => ({ ...secret(w), corpsecret: 'x' }), 40001, 'corpsecret'],
  ['gettoken', (w) => ({ ...secret(w), corpsecret: `${w.env.SECRET}x` }), 40001],
  ['gettoken', (w) => ({ ...secret(w), corpsecret: 'x'.repeat(512) }), 40001],
  ['gettoken', (w) => ({ ...secret(w), corpsecret: 'x'.repeat(513) }), 40058, 'corpsecret'],
  ['gettoken', (w) => ({ ...secret(w), corpsecret: '' }), 41004, 'corpsecret'],
  ['gettoken', (w) => ({ corpid: w.env.CORPID }), 41004, 'corpsecret'],
  ['gettoken', (w) => ({ corpsecret: w.env.SECRET }), 41002, 'corpid'],
  ['gettoken', {}, 41002, 'corpid'],
];
