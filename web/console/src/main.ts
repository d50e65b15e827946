import { createApp } from 'vue';
import { createWords, setClient, startTheme, useErrorTable } from '@liaison/kit';
import { errors } from '@liaison/kit/errors.gen';
import App from './App.vue';
import en from './locales/en.json';
import zh from './locales/zh.json';
import { router } from './router';
import { startSession } from './session';
import 'tdesign-vue-next/es/style/css';
import '@liaison/kit/styles/base.css';
import './styles/base.css';
import './styles/layout.css';
import './styles/parts.css';
import './styles/pages.css';

setClient('console');
useErrorTable(errors);
startTheme();
createApp(App)
  .use(createWords({ en, zh }))
  .use(router)
  .mount('#app');
void startSession();
