import { completeProject } from '../engine/project/parseProject';
import type { Project } from '../engine/project/project';
import type { ImportSource } from '../sources/source';

/** A project with the file it works on: one line of JSON, then the file's bytes as they are. */
interface BundleHead {
  readonly format: 'counterpoise-bundle';
  readonly version: 1;
  readonly fileName: string;
  readonly bytes: number;
  readonly project: unknown;
}

/** No project is longer; a line that goes on after this is no head. */
const LONGEST_HEAD = 64 * 2 ** 20;
const NEWLINE = 10;

/** The bytes are not copied: a bundle of a large table costs no memory. */
export function writeBundle(project: Project, { fileName, blob }: ImportSource): Blob {
  const head: BundleHead = { format: 'counterpoise-bundle', version: 1, fileName, bytes: blob.size, project };
  return new Blob([`${JSON.stringify(head)}\n`, blob], { type: 'application/octet-stream' });
}

/**
 * @throws Error with a sentence where the file is no bundle or was cut short.
 * @throws EngineError as `completeProject`.
 */
export async function readBundle(file: Blob): Promise<{ readonly project: Project; readonly source: ImportSource }> {
  const start = new Uint8Array(await file.slice(0, LONGEST_HEAD).arrayBuffer());
  const end = start.indexOf(NEWLINE);
  let head: BundleHead | null = null;
  try {
    head = end < 0 ? null : JSON.parse(new TextDecoder().decode(start.subarray(0, end)));
  } catch {
    // Told below, in the same words as a head of another kind.
  }
  if (head?.format !== 'counterpoise-bundle' || typeof head.fileName !== 'string')
    throw new Error('this is not a project with its table: its first line says something else.');
  const blob = file.slice(end + 1);
  if (blob.size !== head.bytes)
    throw new Error(
      `the table inside is cut short: ${head.bytes.toLocaleString('en')} bytes were written and ${blob.size.toLocaleString('en')} are left.`,
    );
  return { project: completeProject(head.project), source: { fileName: head.fileName, blob } };
}
