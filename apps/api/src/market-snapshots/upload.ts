import { rm } from 'node:fs/promises';
import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import type { SnapshotFileName, SnapshotFiles } from '@app/store';
import type { FieldError } from '../problem.js';
import { badRequest, contentTooLarge, invalidFields } from '../problems.js';

/** All files of a snapshot together, packed or not as they are sent. */
export const UPLOAD_BYTES_MAX = 256 * 1024 * 1024;
/** Each file unpacked: a gz of a few kB can hold gigabytes. */
export const FILE_BYTES_MAX = 2 * 1024 * 1024 * 1024;

const NEEDED_FILES = ['instruments', 'quotes', 'underlyings', 'rates'] as const;
const OTHER_FILES = ['dividends', 'futures'] as const;
export const UPLOAD_FILES: readonly SnapshotFileName[] = [...NEEDED_FILES, ...OTHER_FILES];

/** One boundary of RFC 2046's characters; other parameters say nothing that is read. */
const FORM_TYPE =
  /^multipart\/form-data[ \t]*;[ \t]*boundary=(?:"[\w'()+,./:=? -]{1,70}"|[\w'()+,./:=?-]{1,70})[ \t]*$/i;

export function isForm(request: Request): boolean {
  return /^multipart\//i.test(request.headers['content-type'] ?? '');
}

/** Refuses a form before any of it is written to the disk. A guard: it has its turn before the form is read. */
@Injectable()
export class UploadGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<Request>();
    if (!isForm(request)) return true;
    if (!FORM_TYPE.test(request.headers['content-type'] ?? '')) {
      throw badRequest('multipart.malformed', 'Content-Type must be multipart/form-data with a boundary.');
    }
    const length = request.headers['content-length'];
    if (length === undefined) throw badRequest('body.length_required', 'A form needs a Content-Length.');
    if (Number(length) > UPLOAD_BYTES_MAX) throw contentTooLarge(UPLOAD_BYTES_MAX);
    return true;
  }
}

interface StoredFile {
  readonly path: string;
}
type StoredFiles = Readonly<Partial<Record<SnapshotFileName, readonly StoredFile[]>>>;

function storedFiles(request: Request): StoredFiles {
  return (request as unknown as { readonly files?: StoredFiles }).files ?? {};
}

/** Where the files of a form lie. @throws Problem 400 naming every one that is missing. */
export function uploadedFiles(request: Request): SnapshotFiles {
  const path = (name: SnapshotFileName): string | undefined => storedFiles(request)[name]?.[0].path;
  const [instruments, quotes, underlyings, rates] = NEEDED_FILES.map(path);
  if (instruments === undefined || quotes === undefined || underlyings === undefined || rates === undefined) {
    throw invalidFields(NEEDED_FILES.filter((name) => path(name) === undefined).map(missingFile));
  }
  const others = OTHER_FILES.map((name) => [name, path(name)] as const).filter(([, file]) => file !== undefined);
  const files = { instruments, quotes, underlyings, rates };
  return { ...files, ...(Object.fromEntries(others) as Partial<Record<(typeof OTHER_FILES)[number], string>>) };
}

function missingFile(name: string): FieldError {
  return { pointer: `/${name}`, code: 'field.required', detail: `The form lacks the file ${name}.` };
}

/** Files of a form are needed no longer than its answer takes. */
export async function removeUploads(request: Request): Promise<void> {
  const paths = Object.values(storedFiles(request)).flatMap((files) => files.map(({ path }) => path));
  await Promise.all(paths.map((path) => rm(path, { force: true })));
}
