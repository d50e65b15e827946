import { createApp } from 'vue';
import { createWords, setClient, startTheme, useErrorTable } from '@liaison/kit';
import { errors } from '@liaison/kit/errors.gen';
import 'tdesign-vue-next/es/style/index.css';
import '@liaison/kit/styles/base.css';
import '@liaison/kit/styles/rich.css';
import './desk.css';
import App from './App.vue';
import en from './locales/en.json';
import zh from './locales/zh.json';
import { router } from './router';
import { resume } from './session';

setClient('desk');
useErrorTable(errors);
startTheme();
createApp(App)
  .use(createWords({ en, zh }))
  .use(router)
  .mount('#app');
void resume();
