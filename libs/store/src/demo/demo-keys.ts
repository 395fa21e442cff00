import type { ApiKeyDetails } from '../api-key.repository.js';

interface DemoKey extends ApiKeyDetails {
  /** The key itself: public, so it must open nothing but the demo. */
  readonly key: string;
}

/** One key for each role. They exist on the embedded database only. */
export const DEMO_KEYS: readonly DemoKey[] = [
  { key: 'demo-desk', name: 'Demo desk', role: 'DESK', desk: 'demo' },
  { key: 'demo-risk', name: 'Demo risk', role: 'RISK', desk: null },
  { key: 'demo-admin', name: 'Demo admin', role: 'ADMIN', desk: null },
];
