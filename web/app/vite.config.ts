import { defineConfig } from 'vite';
import { iconSprite } from './vite/icon-sprite.ts';

const api = 'http://127.0.0.1:9000';
const apiPaths = [
  'session',
  'user',
  'token',
  'connector',
  'marketplace',
  'connection',
  'flow',
  'run',
  'hook',
  'healthz',
];

export default defineConfig({
  base: '/app/',
  plugins: [iconSprite()],
  server: {
    host: '127.0.0.1',
    proxy: Object.fromEntries(apiPaths.map((path) => [`/${path}`, { target: api, changeOrigin: true }])),
  },
  build: {
    target: 'es2023',
    sourcemap: true,
    manifest: true,
    // The modulepreload polyfill would be an inline script for browsers that the target excludes anyway.
    modulePreload: { polyfill: false },
  },
});
