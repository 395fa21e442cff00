import type { Service } from './service.js';
import { FIRST_EXAMPLE } from './console/request-examples.js';

/** What a newcomer sees once the service is up: what runs, where to look, one question with its answer. */
export async function firstScreen({ url, dataFolder }: Service): Promise<string> {
  const running = [
    '',
    `  Marginal is running at ${url}`,
    `  console        ${url}/docs`,
    `  health         ${url}/health/ready`,
  ];
  if (dataFolder === null) {
    return [...running, '  Make a key with: npm run key -- --role admin --name you', '  Ctrl-C stops it.', ''].join(
      '\n',
    );
  }
  const { accountId, request, summary } = FIRST_EXAMPLE;
  const path = `/v1/accounts/${accountId}/what-if`;
  const reply = await fetch(`${url}${path}`, {
    method: 'POST',
    headers: { authorization: 'Bearer demo-desk', 'content-type': 'application/json' },
    body: JSON.stringify(request),
  });
  const answer = (await reply.json()) as Record<string, unknown>;
  return [
    ...running,
    `  data           ${dataFolder}`,
    '  demo keys      demo-desk, demo-risk, demo-admin',
    '',
    `  ${summary}, in account ${accountId}:`,
    ...answerLines(answer),
    '',
    '  Ask it yourself:',
    '',
    `curl -s ${url}${path} -H 'Authorization: Bearer demo-desk' -H 'Content-Type: application/json' -d '${JSON.stringify(request)}'`,
    '',
    '  Ctrl-C stops it.',
    '',
  ].join('\n');
}

interface Change {
  readonly before: string;
  readonly after: string;
  readonly change: string;
}

function answerLines(answer: Record<string, unknown>): string[] {
  const { decision, requirement, equity, excess } = answer as Record<string, Change> & { decision?: unknown };
  if (typeof decision !== 'string') return ['  (the demo account has been changed: no answer to show)'];
  const line = (name: string, { before, after, change }: Change) =>
    `    ${name.padEnd(12)}${before.padStart(14)} → ${after.padStart(14)}   (${change})`;
  return [`    ${decision}`, line('requirement', requirement), line('equity', equity), line('excess', excess)];
}
