/** Columns of `required` that a file's header lacks, asked once per file; a file without them is refused whole. */
export function missingColumns(required: readonly string[], header: readonly string[]): readonly string[] {
  const present = new Set(header.map((column) => column.trim()));
  return required.filter((column) => !present.has(column));
}
