import { defineConfig } from 'vite';
import { application } from '../tools/vite.ts';

/* The dialogs are the browser's own, which came with these. */
export default defineConfig(application('console', '/console/', ['es2021', 'chrome97', 'safari15.4', 'firefox98']));
