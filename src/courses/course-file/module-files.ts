import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { soundFormat } from '../../shared/listening/sound-arguments.js';
import { type CourseFileFindings, type Place } from './course-file.error.js';
import { DOCUMENT_BYTES, DOCUMENT_TYPES, documentType } from './document-type.js';
import { photoProblem } from './photo.js';
import { pictureProblems } from './svg-picture.js';

const SOUND_NAME = /^sounds\/[a-z0-9][a-z0-9-]*\.m4a$/;
/** Bytes of a recording: ten minutes at 32 kbit/s, and what a hand-made one may have more. */
const KEPT_SOUND_BYTES = 4 * 1024 * 1024;
const DOCUMENT_NAME = new RegExp(`^files/[a-z0-9][a-z0-9-]*\\.(${Object.keys(DOCUMENT_TYPES).join('|')})$`);

/** Where the pictures named in a file are looked for and looked into. */
export interface PictureFiles {
  /** Checks that `file`, named at `place`, is a picture and that nothing in it is dangerous. */
  checkPicture(file: string, place: Place): Promise<void>;
}

/** The files beside a `module.yaml`, checked once each however often they are named. */
export class ModuleFiles implements PictureFiles {
  private readonly pictures = new Map<string, Promise<void>>();

  constructor(
    readonly folder: string,
    private readonly findings: CourseFileFindings,
    private readonly attachments: 'inspect' | 'trust' = 'inspect',
  ) {}

  path(file: string): string {
    return join(this.folder, file);
  }

  /** Checks that `file` is a picture of this module and that nothing in it is dangerous. */
  async checkPicture(file: string, place: Place): Promise<void> {
    if (file === '') return;
    if (!/^images\/[a-z0-9][a-z0-9-]*\.(svg|webp)$/.test(file)) {
      this.findings.error(place, `picture "${file}" must be images/<name>.svg or .webp`);
    } else if (!(await this.exists(file))) {
      this.findings.error(place, `picture "${file}" is missing`);
    } else {
      const checked = this.pictures.get(file) ?? this.inspect(file);
      this.pictures.set(file, checked);
      await checked;
    }
  }

  /** Checks that `file` is a document of this module, and what its name says. @returns its bytes */
  async checkDocument(file: string, place: Place): Promise<number> {
    const wrong = (reason: string): void => this.findings.error(place, `document "${file}" ${reason}`);
    const [, ending = ''] = DOCUMENT_NAME.exec(file) ?? [];
    const bytes = ending === '' ? undefined : await this.bytes(file);
    if (ending === '') wrong(`must be files/<name>.<${Object.keys(DOCUMENT_TYPES).join(' | ')}>`);
    else if (bytes === undefined) wrong('is missing');
    else if (bytes > DOCUMENT_BYTES) wrong(`is larger than ${DOCUMENT_BYTES / 1024 / 1024} MiB`);
    else if (this.attachments === 'inspect' && documentType(await readFile(this.path(file))) !== ending)
      wrong(`is no ${ending.toUpperCase()}, or one that breaks off or has macros`);
    return bytes ?? 0;
  }

  /** Checks that `file` is a recording of this module that phones play. @returns its bytes */
  async checkSound(file: string, place: Place): Promise<number> {
    const wrong = (reason: string): void => this.findings.error(place, `recording "${file}" ${reason}`);
    const isNamed = SOUND_NAME.test(file);
    const bytes = isNamed ? await this.bytes(file) : undefined;
    if (!isNamed) wrong('must be sounds/<name>.m4a');
    else if (bytes === undefined) wrong('is missing');
    else if (bytes > KEPT_SOUND_BYTES) wrong(`is larger than ${KEPT_SOUND_BYTES / 1024 / 1024} MiB`);
    else if (this.attachments === 'inspect' && soundFormat(await readFile(this.path(file))) !== 'mov')
      wrong('is no M4A');
    return bytes ?? 0;
  }

  async exists(file: string): Promise<boolean> {
    return (await this.bytes(file)) !== undefined;
  }

  /** Size of a regular file, or undefined. */
  async bytes(file: string): Promise<number | undefined> {
    const found = await stat(this.path(file)).catch(() => undefined);
    return found?.isFile() ? found.size : undefined;
  }

  private async inspect(file: string): Promise<void> {
    if (file.endsWith('.webp')) {
      const problem = await photoProblem(await readFile(this.path(file)));
      if (problem) this.findings.error({ file: this.path(file), line: 1, column: 1 }, problem);
      return;
    }
    const svg = await readFile(this.path(file), 'utf8');
    for (const problem of pictureProblems(svg)) {
      const before = svg.slice(0, problem.index).split('\n');
      const place = { file: this.path(file), line: before.length, column: (before.at(-1) ?? '').length + 1 };
      if (problem.severity === 'error') this.findings.error(place, problem.reason);
      else this.findings.warn(place, problem.reason);
    }
  }
}
