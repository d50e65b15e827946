/* The menu: one row a page. */
import type { Component } from 'vue';
import AppIcon from 'tdesign-icons-vue-next/esm/components/app';
import BuildingIcon from 'tdesign-icons-vue-next/esm/components/city-8';
import DashboardIcon from 'tdesign-icons-vue-next/esm/components/dashboard';
import HistoryIcon from 'tdesign-icons-vue-next/esm/components/history';
import NotificationIcon from 'tdesign-icons-vue-next/esm/components/notification';
import SendIcon from 'tdesign-icons-vue-next/esm/components/send';
import UsergroupIcon from 'tdesign-icons-vue-next/esm/components/usergroup';

export const pages: { to: string; word: string; icon: Component }[] = [
  { to: '/', word: 'nav.overview', icon: DashboardIcon },
  { to: '/members', word: 'nav.members', icon: UsergroupIcon },
  { to: '/apps', word: 'nav.apps', icon: AppIcon },
  { to: '/mass', word: 'nav.mass', icon: NotificationIcon },
  { to: '/deliveries', word: 'nav.deliveries', icon: SendIcon },
  { to: '/company', word: 'nav.company', icon: BuildingIcon },
  { to: '/audit', word: 'nav.audit', icon: HistoryIcon },
];
