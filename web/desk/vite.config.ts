import { defineConfig } from 'vite';
import { application } from '../tools/vite.ts';

export default defineConfig(application('desk', '/desk/', ['es2020', 'chrome87', 'safari14', 'firefox85']));
