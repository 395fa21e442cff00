'use strict';

module.exports = async () => {
  await globalThis.marginalTestServer?.stop();
};
