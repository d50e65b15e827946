import { defineConfig } from 'vite';
import { application } from '../tools/vite.ts';

export default defineConfig(application('console', '/console/', ['es2020', 'chrome87', 'safari14', 'firefox85']));
