/* desk/router.ts - the pages; the part behind # is the page, so any server path serves. */
import { createRouter, createWebHashHistory } from 'vue-router';
import Messages from './chat/Messages.vue';

export const router = createRouter({
  history: createWebHashHistory('/desk/'),
  routes: [
    { path: '/', redirect: { name: 'messages' } },
    { path: '/messages/:chat?', name: 'messages', component: Messages },
    {
      path: '/customers/:id?',
      name: 'customers',
      component: () => import('./customer/Customers.vue'),
    },
    { path: '/mass/:id?', name: 'mass', component: () => import('./mass/Masses.vue') },
    { path: '/moments', name: 'moments', component: () => import('./moment/Moments.vue') },
    { path: '/service/:id?', name: 'service', component: () => import('./service/Service.vue') },
    { path: '/apps', name: 'apps', component: () => import('./app/Apps.vue') },
    { path: '/code', name: 'code', component: () => import('./code/MyCode.vue') },
    { path: '/replies', name: 'replies', component: () => import('./reply/Replies.vue') },
    { path: '/numbers', name: 'numbers', component: () => import('./insight/Numbers.vue') },
    { path: '/me', name: 'me', component: () => import('./account/MePage.vue') },
    { path: '/:rest(.*)*', redirect: { name: 'messages' } },
  ],
});
