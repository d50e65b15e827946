/*
 * The pages.  Addresses live behind `#`, so the server needs to know one page only.
 */
import { createRouter, createWebHashHistory } from 'vue-router';
import Overview from './pages/overview/Overview.vue';

export const router = createRouter({
  history: createWebHashHistory('/console/'),
  routes: [
    { path: '/', name: 'overview', component: Overview },
    { path: '/members', name: 'members', component: () => import('./pages/directory/Members.vue') },
    { path: '/apps', name: 'apps', component: () => import('./pages/app/Apps.vue') },
    { path: '/apps/:agentid(\\d+)', name: 'app', component: () => import('./pages/app/App.vue') },
    { path: '/deliveries', name: 'deliveries', component: () => import('./pages/callback/Deliveries.vue') },
    { path: '/company', name: 'company', component: () => import('./pages/corp/Company.vue') },
    { path: '/audit', name: 'audit', component: () => import('./pages/audit/Audit.vue') },
    { path: '/:rest(.*)*', name: 'nowhere', component: () => import('./pages/overview/Nowhere.vue') },
  ],
  scrollBehavior: (to, from, saved) => (to.path === from.path ? undefined : (saved ?? { top: 0 })),
});
