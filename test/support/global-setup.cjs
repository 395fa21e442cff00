// Runs once, before Jest's workers start: makes the Prisma client if need be, and the database that tests clone.
'use strict';
const Module = require('node:module');

// Jest compiles what this file requires, but resolves it as Node does: `./x.js` has to be told apart from `./x.ts` here.
const resolveFilename = Module._resolveFilename;
Module._resolveFilename = function (request, parent, ...rest) {
  const isSource = /^\.{1,2}\/.*\.js$/.test(request) && /\.ts$/.test(parent?.filename ?? '');
  return resolveFilename.call(this, isSource ? request.replace(/\.js$/, '.ts') : request, parent, ...rest);
};

module.exports = async () => {
  const { generatePrismaClient, isPrismaClientCurrent } = await import('../../scripts/prisma-client.mjs');
  if (!isPrismaClientCurrent()) generatePrismaClient();
  const { startTestServer } = require('./test-server.ts');
  globalThis.marginalTestServer = await startTestServer();
};
