import { readFile } from 'node:fs/promises';
import { LineCounter, parseDocument, visit, type Node as YamlNode, type Scalar } from 'yaml';
import { type CourseFileFindings, type Place } from './course-file.error.js';

/** Bytes; a course file is prose, anything larger is a mistake. */
const MAX_BYTES = 512 * 1024;

/** A parsed YAML file that knows where each of its nodes stands. */
export class YamlFile {
  private constructor(
    readonly path: string,
    private readonly source: string,
    private readonly lines: LineCounter,
    readonly root: YamlNode | null,
    readonly findings: CourseFileFindings,
  ) {}

  /** Reads and parses; syntax errors go to the findings and give `undefined`. */
  static async read(path: string, findings: CourseFileFindings): Promise<YamlFile | undefined> {
    const source = await readUtf8(path, findings);
    if (source === undefined) return undefined;
    const lines = new LineCounter();
    const document = parseDocument(source, { lineCounter: lines, prettyErrors: false, logLevel: 'silent' });
    const file = new YamlFile(path, source, lines, document.contents as YamlNode | null, findings);
    for (const problem of [...document.errors, ...document.warnings]) {
      findings.error(file.placeAt(problem.pos[0]), `is not valid YAML: ${problem.message}`);
    }
    visit(document, {
      Alias: (_key, alias) => findings.error(file.placeOf(alias), 'uses an alias (*); write the value out'),
    });
    return document.errors.length > 0 ? undefined : file;
  }

  placeAt(offset: number): Place {
    const { line, col } = this.lines.linePos(offset);
    return { file: this.path, line: Math.max(1, line), column: Math.max(1, col) };
  }

  placeOf(node: YamlNode | null | undefined): Place {
    return this.placeAt(node?.range?.[0] ?? 0);
  }

  /** Where character `index` of a string scalar's value stands: exact in literal blocks and one-line scalars, else its start. */
  placeInside(scalar: Scalar, index: number): Place {
    const start = this.placeOf(scalar);
    const value = String(scalar.value);
    if (scalar.type === 'BLOCK_LITERAL') {
      const before = value.slice(0, index).split('\n');
      const line = start.line + before.length;
      return {
        file: this.path,
        line,
        column: this.indentAfter(start.line) + (before.at(-1) ?? '').length + 1,
      };
    }
    const raw = this.source.slice(scalar.range?.[0], scalar.range?.[1]);
    const quote = scalar.type === 'PLAIN' ? 0 : 1;
    const exact = raw.length === value.length + 2 * quote && !raw.includes('\n');
    return exact ? { ...start, column: start.column + index + quote } : start;
  }

  /** Spaces before the first filled line of a literal block that begins on `line`. */
  private indentAfter(line: number): number {
    const filled = this.source
      .split('\n')
      .slice(line)
      .find((text) => text.trim() !== '');
    return (filled ?? '').search(/\S|$/);
  }
}

async function readUtf8(path: string, findings: CourseFileFindings): Promise<string | undefined> {
  const start = { file: path, line: 1, column: 1 };
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    findings.error(
      start,
      error.code === 'ENOENT' ? 'is missing' : `cannot be read (${error.code ?? error.message})`,
    );
  });
  if (!bytes) return undefined;
  if (bytes.length > MAX_BYTES) {
    findings.error(start, `is larger than ${MAX_BYTES / 1024} KiB`);
    return undefined;
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    findings.error(start, 'is not UTF-8');
    return undefined;
  }
}
