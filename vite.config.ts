import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

// Shared memory between threads needs both headers; the app works without them, only slower.
const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

export default defineConfig({
  base: './',
  plugins: [react()],
  worker: { format: 'es' },
  build: { target: 'es2023' },
  // Packages that only a worker imports would be found late and force a reload that loses the page's state.
  optimizeDeps: { entries: ['index.html', 'src/**/*.worker.ts'] },
  server: { headers: isolation },
  preview: { headers: isolation },
  test: {
    testTimeout: 30_000,
    projects: [
      {
        extends: true,
        test: { name: 'node', environment: 'node', include: ['src/**/*.test.ts', 'scripts/**/*.test.ts'] },
      },
      { extends: true, test: { name: 'page', environment: 'happy-dom', include: ['src/**/*.test.tsx'] } },
    ],
  },
});
