/*
 * consumer/account/push.ts - notifications while no page is open.  The browser is asked
 * only after a tap, for it asks the person.
 */
import { api } from '@liaison/kit/client';
import { locale } from '@liaison/kit/i18n';
import { bytes64, text64 } from './bytes';

export type PushState = 'none' | 'off' | 'on' | 'denied';

export async function pushState(): Promise<PushState> {
  if (!('serviceWorker' in navigator) || !('PushManager' in window) || !('Notification' in window)) return 'none';
  if (Notification.permission === 'denied') return 'denied';
  const worker = await navigator.serviceWorker.getRegistration('/c/');
  return (await worker?.pushManager.getSubscription()) ? 'on' : 'off';
}

export async function pushOn(): Promise<PushState> {
  if ((await Notification.requestPermission()) !== 'granted') return pushState();
  await navigator.serviceWorker.register('/c/sw.js', { scope: '/c/' });
  const worker = await navigator.serviceWorker.ready;
  const { key } = await api('GET /v1/push/key');
  const s = await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytes64(key) });
  await api('POST /v1/push/subscribe', {
    endpoint: s.endpoint,
    p256dh: text64(s.getKey('p256dh') as ArrayBuffer),
    auth: text64(s.getKey('auth') as ArrayBuffer),
    lang: locale(),
  });
  return 'on';
}

export async function pushOff(): Promise<PushState> {
  const worker = await navigator.serviceWorker.getRegistration('/c/');
  const s = await worker?.pushManager.getSubscription();
  if (s) {
    await api('POST /v1/push/unsubscribe', { endpoint: s.endpoint });
    await s.unsubscribe();
  }
  return 'off';
}
