/*
 * tests/lib/world.mjs - the demo company, a second company, and apps of every kind.
 *
 *	const w = await startWorld();
 *	w.tokens.app      the demo's app, which sees everybody
 *	w.tokens.narrow   sees only the shop of Haidian (海淀店): zhaoqiang and sunli
 *	w.tokens.plain    sees everybody, but may not touch customers
 *	w.tokens.sync     the contact-sync secret;  w.tokens.external  customer contact's
 *	w.tokens.other    an app of the second company
 *	w.admin, w.guide  signed-in callers;  w.customer  lilei's customer from the start
 */
import { startServer } from './server.mjs';

const value = (text, key) => new RegExp(`^${key}=(.*)$`, 'm').exec(text)[1];

/* An app made in the console: its agentid, secret and a token. */
export async function makeApp(server, admin, name, settings = {}) {
  const { app } = await admin('/v1/admin/app/create', { name });
  if (Object.keys(settings).length) {
    const set = await admin('/v1/admin/app/update', { agentid: app.agentid, ...settings });
    if (set.errcode) throw new Error(set.errmsg);
  }
  const { secret } = await admin('/v1/admin/app/secret', { agentid: app.agentid });
  return { agentid: app.agentid, secret };
}

export async function startWorld(options) {
  const server = await startServer(options);
  const { env } = server;
  const admin = await server.signIn('admin', 'demo-admin', 'console');
  const guide = await server.signIn('lilei');
  const { departments } = await admin('/v1/admin/departments');
  const department = (name) => departments.find((d) => d.name === name).id;
  const haidian = department('海淀店'), chaoyang = department('朝阳店');
  const apps = {
    app: { agentid: +env.AGENTID, secret: env.SECRET },
    narrow: await makeApp(server, admin, 'narrow', { parties: [haidian], users: [] }),
    plain: await makeApp(server, admin, 'plain', { customer_contact: false }),
    sync: { secret: env.CONTACT_SECRET },
    external: { secret: env.EXTERNAL_SECRET },
  };
  const corp = value(await server.liaison('corp', 'create', 'Other Ltd'), 'CORPID');
  const made = await server.liaison('--corp', corp, 'app', 'create', 'spy');
  apps.other = { agentid: +value(made, 'AGENTID'), secret: value(made, 'SECRET'), corpid: corp };
  const tokens = {};
  for (const [name, app] of Object.entries(apps)) tokens[name] = await server.token(app.secret, app.corpid);
  return { server, env, admin, guide, apps, tokens, haidian, chaoyang, otherCorp: corp, customer: env.EXTERNAL_USERID };
}
