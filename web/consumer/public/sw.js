/*
 * sw.js - shows that somebody wrote while no page is open, and leads there.  It keeps no
 * pages and changes no requests.
 */
'use strict';

self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (e) => e.waitUntil(self.clients.claim()));

self.addEventListener('push', (e) => {
  let words = {};
  try {
    words = e.data.json();
  } catch {
    /* A push without words still says that there is something. */
  }
  const chat = /^[\w-]{1,64}$/.test(words.chat || '') ? words.chat : '';
  e.waitUntil(
    self.registration.showNotification(String(words.title || 'Liaison'), {
      body: String(words.body || ''),
      tag: chat || 'liaison',
      data: { chat },
    }),
  );
});

self.addEventListener('notificationclick', (e) => {
  e.notification.close();
  const url = '/c/' + (e.notification.data.chat ? '#chat/' + e.notification.data.chat : '');
  e.waitUntil(
    self.clients.matchAll({ type: 'window', includeUncontrolled: true }).then((open) => {
      const page = open.find((c) => new URL(c.url).pathname.startsWith('/c/'));
      return page ? page.navigate(url).then((c) => c && c.focus()) : self.clients.openWindow(url);
    }),
  );
});
