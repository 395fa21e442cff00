// Imported first, for what it does: modules loaded after it come with V8's code of an earlier start, where there was one.
// There are two thousand of them, and compiling them was a quarter of a start.
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

// Beside the compiled files, which are nobody else's to write and are made anew with every build. Where it cannot be
// written Node goes without and throws nothing; NODE_COMPILE_CACHE and NODE_DISABLE_COMPILE_CACHE come first; before
// Node 22.1 there is none.
enableCompileCache?.(join(__dirname, '../../../.compile-cache'));
