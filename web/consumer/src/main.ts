import { createApp } from 'vue';
import { setClient } from '@liaison/kit/client';
import { createWords } from '@liaison/kit/i18n';
import { startTheme } from '@liaison/kit/theme';
import '@liaison/kit/styles/base.css';
import '@liaison/kit/styles/rich.css';
import App from './App.vue';
import en from './locales/en.json';
import zh from './locales/zh.json';

setClient('consumer');
startTheme();
createApp(App)
  .use(createWords({ en, zh }))
  .mount('#app');
