/* send_welcome_msg (document 92137): its form; its life is in callback.test.mjs. */
const E = 'externalcontact/send_welcome_msg';
const say = (fields) => ({ welcome_code: 'nonsense', text: { content: 'hello' }, ...fields });
const link = { msgtype: 'link', link: { title: 't', url: 'https://example.com' } };
const with_ = (...attachments) => say({ attachments });

export default [
  [E, say({}), 41050],
  [E, say({ welcome_code: '' }), 41050],
  [E, say({ welcome_code: undefined }), 41050],
  [E, say({ welcome_code: 'x'.repeat(129) }), 40058, 'welcome_code'],
  [E, say({ text: { content: '字'.repeat(1333) } }), 41050],
  [E, say({ text: { content: 'x'.repeat(4001) } }), 41049, 'text.content'],
  [E, say({ text: { content: '' } }), 41049],
  [E, say({ text: undefined }), 41049],
  [E, say({ text: 'x' }), 40058, 'text'],
  [E, with_(...Array(9).fill(link)), 41050],
  [E, with_(...Array(10).fill(link)), 41064, 'attachments'],
  [E, with_({}), 41065, 'msgtype'],
  [E, with_({ msgtype: 'voice' }), 41065, 'msgtype'],
  [E, with_({ msgtype: 'link' }), 41065, 'link'],
  [E, with_({ msgtype: 'link', link: { title: 't' } }), 41065, 'link'],
  [E, with_({ msgtype: 'image', image: {} }), 41065, 'media_id'],
  [E, with_({ msgtype: 'image', image: { media_id: 'nothing' } }), 40007],
  [E, with_({ msgtype: 'miniprogram', miniprogram: { title: 't', appid: 'a', page: 'p' } }), 41050],
  [E, with_({ msgtype: 'miniprogram', miniprogram: { title: 't' } }), 41065, 'miniprogram'],
  [E, say({ attachments: 'x' }), 40058, 'attachments'],
  [E, say({}), 48002, 'plain'],
  [E, say({}), 48002, 'sync'],
  [E, say({}), 41050, 'other'],
  [E, say({}), 41050, 'external'],
];
