import { createApp } from 'vue';
import { createWords, setClient, startTheme } from '@liaison/kit';
import App from './App.vue';
import en from './locales/en.json';
import zh from './locales/zh.json';

setClient('consumer');
startTheme();
createApp(App)
  .use(createWords({ en, zh }))
  .mount('#app');
