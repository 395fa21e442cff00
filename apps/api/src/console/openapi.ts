import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { ENGINE_VERSION } from '../what-if/engine-version.js';

const DESCRIPTION = `
If I send these orders, what happens to my margin requirement, and may I?

**Money, prices and quantities** are decimal strings; requests may also use JSON numbers of at most 15 digits. A
requirement is rounded up to the cent, equity down. Rates, volatilities, price moves are JSON numbers: 0.15 is 15 %.

**Signs.** Quantity + is long. Profit and loss + is a gain. A requirement is never negative. A change in requirement +
means the orders cost margin. Excess is equity less requirement.

**Symbols.** The ticker for shares, funds and indices; the OCC's 21 characters for options, \`IBM   070421C00100000\`,
with or without the padding.

**Errors** are \`application/problem+json\` (RFC 9457) and list everything that is wrong, not the first thing.
`;

/** The document of the API, generated from the code. */
export function openApiDocument(app: INestApplication): OpenAPIObject {
  const options = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Marginal')
    .setDescription(DESCRIPTION)
    .setVersion(ENGINE_VERSION)
    .setLicense('MIT', 'https://opensource.org/license/mit')
    .addTag('what-if', 'The question.')
    .addTag('reservations', 'The gate: decide and hold.')
    .addTag('accounts', 'What is held.')
    .addTag('house rules', 'What the house tightens, for whom, and whom it hits.')
    .addTag('margin calls', 'What is owed, and until when.')
    .addTag('market', 'Prices, and what they imply.')
    .addTag('operations', 'Is it running, and how.')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'An API key.' })
    .build();
  return SwaggerModule.createDocument(app, options, {
    operationIdFactory: (_controller, method) => method,
  });
}
