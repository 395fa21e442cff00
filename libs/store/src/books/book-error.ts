/** Books cannot be generated or removed as asked; the message says why. Nothing was changed by the step that failed. */
export class BookError extends Error {}
