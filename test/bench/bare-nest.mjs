// The baseline of bench:what-if: Nest on Express as it comes, one route that reads a JSON body and answers a constant
// object of the size asked for, no validation, no store, no engine.
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
require('reflect-metadata');
const { Body, Controller, HttpCode, Module, Param, Post } = require('@nestjs/common');
const { NestFactory } = require('@nestjs/core');

const replies = JSON.parse(process.env.BENCH_REPLIES);

class BareController {
  answer(_body, size) {
    return replies[size];
  }
}
const method = Object.getOwnPropertyDescriptor(BareController.prototype, 'answer');
Post('what-if/:size')(BareController.prototype, 'answer', method);
HttpCode(200)(BareController.prototype, 'answer', method);
Body()(BareController.prototype, 'answer', 0);
Param('size')(BareController.prototype, 'answer', 1);
Controller()(BareController);

class BareModule {}
Module({ controllers: [BareController] })(BareModule);

const app = await NestFactory.create(BareModule, { logger: false });
await app.listen(0, '127.0.0.1');
console.log(`listening ${app.getHttpServer().address().port}`);
process.on('SIGTERM', () => app.close().then(() => process.exit(0)));
