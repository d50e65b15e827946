/* The menu: sections of pages, one row a page. */
import type { Component } from 'vue';
import AppIcon from 'tdesign-icons-vue-next/esm/components/app';
import BuildingIcon from 'tdesign-icons-vue-next/esm/components/city-8';
import WordIcon from 'tdesign-icons-vue-next/esm/components/chat-error';
import CameraIcon from 'tdesign-icons-vue-next/esm/components/camera-1';
import ChatIcon from 'tdesign-icons-vue-next/esm/components/chat';
import ChartIcon from 'tdesign-icons-vue-next/esm/components/chart-line';
import DashboardIcon from 'tdesign-icons-vue-next/esm/components/dashboard';
import FlagIcon from 'tdesign-icons-vue-next/esm/components/error-circle';
import HistoryIcon from 'tdesign-icons-vue-next/esm/components/history';
import NotificationIcon from 'tdesign-icons-vue-next/esm/components/notification';
import QrcodeIcon from 'tdesign-icons-vue-next/esm/components/qrcode';
import SendIcon from 'tdesign-icons-vue-next/esm/components/send';
import ShopIcon from 'tdesign-icons-vue-next/esm/components/shop';
import SettingIcon from 'tdesign-icons-vue-next/esm/components/setting';
import SwapIcon from 'tdesign-icons-vue-next/esm/components/swap';
import ServiceIcon from 'tdesign-icons-vue-next/esm/components/service';
import UsergroupIcon from 'tdesign-icons-vue-next/esm/components/usergroup';

export interface Page {
  to: string;
  word: string;
  icon: Component;
}

export const sections: { word: string; pages: Page[] }[] = [
  {
    word: 'nav.section_company',
    pages: [
      { to: '/', word: 'nav.overview', icon: DashboardIcon },
      { to: '/members', word: 'nav.members', icon: UsergroupIcon },
      { to: '/handover', word: 'nav.handover', icon: SwapIcon },
      { to: '/company', word: 'nav.company', icon: BuildingIcon },
      { to: '/settings', word: 'nav.settings', icon: SettingIcon },
    ],
  },
  {
    word: 'nav.section_customers',
    pages: [
      { to: '/ways', word: 'nav.ways', icon: QrcodeIcon },
      { to: '/service', word: 'nav.service', icon: ServiceIcon },
      { to: '/mass', word: 'nav.mass', icon: NotificationIcon },
      { to: '/reports', word: 'nav.reports', icon: FlagIcon },
      { to: '/words', word: 'nav.words', icon: ChatIcon },
      { to: '/sensitive', word: 'nav.word', icon: WordIcon },
      { to: '/moments', word: 'nav.moments', icon: CameraIcon },
      { to: '/album', word: 'nav.album', icon: ShopIcon },
      { to: '/insight', word: 'nav.insight', icon: ChartIcon },
    ],
  },
  {
    word: 'nav.section_apps',
    pages: [
      { to: '/apps', word: 'nav.apps', icon: AppIcon },
      { to: '/deliveries', word: 'nav.deliveries', icon: SendIcon },
      { to: '/audit', word: 'nav.audit', icon: HistoryIcon },
    ],
  },
];
