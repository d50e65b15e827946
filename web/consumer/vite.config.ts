import { defineConfig } from 'vite';
import { application } from '../tools/vite.ts';

export default defineConfig(application('consumer', '/c/', ['es2019', 'chrome73', 'safari13', 'firefox67']));
