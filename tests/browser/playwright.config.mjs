import { defineConfig } from '@playwright/test';
import { availableParallelism } from 'node:os';
import { BROWSER } from './browser.mjs';

export default defineConfig({
  testMatch: '*.spec.mjs',
  globalSetup: './setup.mjs',
  fullyParallel: true,
  forbidOnly: true,
  workers: availableParallelism(),
  // An audit test reads a whole site in one mode; on a machine that is busy compiling, that takes minutes.
  timeout: 6 * 60_000,
  globalTimeout: 45 * 60_000,
  expect: { timeout: 10_000 },
  reporter: 'list',
  use: { launchOptions: BROWSER, actionTimeout: 15_000, navigationTimeout: 30_000 },
});
