import { DEMO_EXAMPLES } from './demo-examples.js';
import type { DemoExample } from './demo-example.js';
import { RESERVATION_EXAMPLES } from './reservation-examples.js';

interface RequestExample {
  readonly summary: string;
  readonly description: string;
  readonly value: object;
}

/** The examples of the stored what-if, by name; each names the account it is about, which goes into the path. */
export const storedExamples = requestExamples(({ accountId }) => accountId !== null);

/** The examples of the stateless what-if, by name. */
export const shadowExamples = requestExamples(({ accountId }) => accountId === null);

function requestExamples(wanted: (example: DemoExample) => boolean): Record<string, RequestExample> {
  return Object.fromEntries(
    DEMO_EXAMPLES.filter(wanted).map(({ name, summary, description, accountId, request }) => [
      name,
      {
        summary: accountId === null ? summary : `${summary} (${accountId})`,
        description: accountId === null ? description : `Account \`${accountId}\`. ${description}`,
        value: request,
      },
    ]),
  );
}

/** The account of each stored example, under the example's name. */
export const exampleAccounts = Object.fromEntries(
  DEMO_EXAMPLES.flatMap(({ name, accountId }) =>
    accountId === null ? [] : [[name, { value: accountId, summary: `${name}: ${accountId}` }]],
  ),
);

/** The examples of the gate, by name; the accounts they are about, under the same names. */
export const reservationExamples = Object.fromEntries(
  RESERVATION_EXAMPLES.map(({ name, summary, description, accountId, request }) => [
    name,
    { summary: `${summary} (${accountId})`, description: `Account \`${accountId}\`. ${description}`, value: request },
  ]),
);
export const reservationAccounts = Object.fromEntries(
  RESERVATION_EXAMPLES.map(({ name, accountId }) => [name, { value: accountId, summary: `${name}: ${accountId}` }]),
);

/** The question of the first screen. */
export const FIRST_EXAMPLE: DemoExample = DEMO_EXAMPLES.find(({ name }) => name === 'covered-call')!;
