/*
 * The pages.  Addresses live behind `#`, so the server needs to know one page only.  All
 * come with the first load: a page fetched later is missing after an upgrade or offline.
 */
import { createRouter, createWebHashHistory } from 'vue-router';
import AppDetail from './pages/app/App.vue';
import Apps from './pages/app/Apps.vue';
import Audit from './pages/audit/Audit.vue';
import Deliveries from './pages/callback/Deliveries.vue';
import Company from './pages/corp/Company.vue';
import Settings from './pages/corp/Settings.vue';
import Album from './pages/album/Album.vue';
import Handover from './pages/handover/Handover.vue';
import Members from './pages/directory/Members.vue';
import MassDetail from './pages/mass/MassDetail.vue';
import MassNew from './pages/mass/MassNew.vue';
import Masses from './pages/mass/Masses.vue';
import Insight from './pages/insight/Insight.vue';
import Moments from './pages/moment/Moments.vue';
import Reports from './pages/report/Reports.vue';
import Words from './pages/words/Words.vue';
import Sensitive from './pages/word/Sensitive.vue';
import Sheet from './pages/way/Sheet.vue';
import Ways from './pages/way/Ways.vue';
import Service from './pages/service/Service.vue';
import Nowhere from './pages/overview/Nowhere.vue';
import Overview from './pages/overview/Overview.vue';

export const router = createRouter({
  history: createWebHashHistory('/console/'),
  routes: [
    { path: '/', name: 'overview', component: Overview },
    { path: '/members', name: 'members', component: Members },
    { path: '/handover', name: 'handover', component: Handover },
    { path: '/apps', name: 'apps', component: Apps },
    { path: '/apps/:agentid(\\d+)', name: 'app', component: AppDetail },
    { path: '/mass', name: 'masses', component: Masses },
    { path: '/mass/new', name: 'mass-new', component: MassNew },
    { path: '/mass/:mass(msg\\w+)', name: 'mass', component: MassDetail },
    { path: '/moments', name: 'moments', component: Moments },
    { path: '/album', name: 'album', component: Album },
    { path: '/reports', name: 'reports', component: Reports },
    { path: '/words', name: 'words', component: Words },
    { path: '/sensitive', name: 'sensitive', component: Sensitive },
    { path: '/ways', name: 'ways', component: Ways },
    { path: '/ways/sheet', name: 'sheet', component: Sheet },
    { path: '/service', name: 'service', component: Service },
    { path: '/deliveries', name: 'deliveries', component: Deliveries },
    { path: '/company', name: 'company', component: Company },
    { path: '/settings', name: 'settings', component: Settings },
    { path: '/insight', name: 'insight', component: Insight },
    { path: '/audit', name: 'audit', component: Audit },
    { path: '/:rest(.*)*', name: 'nowhere', component: Nowhere },
  ],
  scrollBehavior: (to, from, saved) => (to.path === from.path ? undefined : (saved ?? { top: 0 })),
});
