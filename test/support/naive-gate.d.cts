import type { Pool } from 'pg';

export declare function startNaiveGate(pool: Pool): Promise<{ readonly url: string; close(): Promise<void> }>;
