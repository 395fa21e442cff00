/** Longest pointer in an answer. Beyond it the pointer names the deepest enclosing value that fits. */
const MAX_POINTER_LENGTH = 512;

/** `token` as RFC 6901 writes it; NUL and lone surrogates, which few readers survive, become U+FFFD. */
function pointerToken(token: string): string {
  return token.replaceAll('~', '~0').replaceAll('/', '~1').replaceAll('\0', '\ufffd').toWellFormed();
}

/** RFC 6901 pointer of the value reached through `path`; '' is the whole document. */
export function jsonPointer(path: readonly (string | number)[]): string {
  let pointer = '';
  for (const step of path) {
    const next = typeof step === 'number' ? `/${step}` : `/${pointerToken(step.slice(0, MAX_POINTER_LENGTH))}`;
    if (pointer.length + next.length > MAX_POINTER_LENGTH) return pointer;
    pointer += next;
  }
  return pointer;
}
