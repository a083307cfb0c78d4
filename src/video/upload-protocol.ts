import type { Readable } from 'node:stream';
import { ReadableStream } from 'node:stream/web';
import { FileStore as TusFiles } from '@tus/file-store';
import { Server, Upload as TusUpload } from '@tus/server';
import { Injectable } from '@nestjs/common';
import { UploadFolder } from './upload-folder.js';
import { UploadLocks } from './upload-locks.js';
import { UploadStore } from './upload.store.js';

/** Where uploads are sent; an upload's own address is below it. */
export const UPLOADS_PATH = '/api/v1/video-uploads';

/** What the protocol reads of a request. */
export interface TusRequest {
  readonly method: 'POST' | 'HEAD' | 'PATCH' | 'OPTIONS';
  readonly id: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body?: Readable;
}

/** What it answers, in the words of the protocol. */
export interface TusAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Plain text of an error; no answer of ours. */
  readonly text: string;
}

const ASKED = [
  ...['tus-resumable', 'upload-offset', 'upload-length', 'upload-defer-length', 'upload-metadata'],
  ...['content-type', 'content-length', 'upload-concat'],
];
const ANSWERED = [
  ...['tus-resumable', 'tus-version', 'tus-extension', 'tus-max-size'],
  ...['upload-offset', 'upload-length', 'location'],
];
/** Carries the id that we gave an upload to the protocol, which would name it itself; no client's header gets here. */
const OUR_ID = 'x-our-id';

/** The protocol of resumable uploads, tus 1.0, over our folder. Who may and what becomes of it is decided around it. */
@Injectable()
export class UploadProtocol {
  private made: Promise<Server> | undefined;

  constructor(
    private readonly folder: UploadFolder,
    private readonly store: UploadStore,
  ) {}

  async answer({ method, id, headers, body }: TusRequest): Promise<TusAnswer> {
    this.made ??= this.make();
    const server = await this.made;
    const path = method === 'PATCH' || method === 'HEAD' ? `${UPLOADS_PATH}/${id}` : UPLOADS_PATH;
    const asked = ASKED.flatMap((name) =>
      headers[name] === undefined ? [] : [[name, String(headers[name])]],
    );
    const request = new Request(`http://uploads${path}`, {
      method,
      headers: Object.fromEntries([...asked, [OUR_ID, id]]) as Record<string, string>,
      ...(body ? { body: ReadableStream.from(body) as unknown as BodyInit, duplex: 'half' } : {}),
    } as RequestInit);
    const response = await server.handleWeb(request);
    const told = ANSWERED.flatMap((name) => {
      const value = response.headers.get(name);
      return value === null ? [] : [[name, value]];
    });
    return {
      status: response.status,
      headers: Object.fromEntries(told) as Record<string, string>,
      text: await response.text(),
    };
  }

  private async make(): Promise<Server> {
    await this.folder.make();
    const files = new TusFiles({ directory: this.folder.path, configstore: this.rows() });
    // Lengths are announced, and weeks are counted by our own clock.
    files.extensions = ['creation', 'creation-with-upload', 'termination'];
    return new Server({
      ...{ path: UPLOADS_PATH, datastore: files, locker: new UploadLocks(), relativeLocation: true },
      namingFunction: (request) => request.headers.get(OUR_ID) ?? '',
    });
  }

  /** What the protocol would keep in a file beside each upload stands in its row already. */
  private rows() {
    return {
      get: async (id: string): Promise<TusUpload | undefined> => {
        const upload = await this.store.find(id);
        if (upload?.state !== 'receiving') return undefined;
        return new TusUpload({ id, size: upload.bytes, offset: 0 });
      },
      set: () => Promise.resolve(),
      delete: () => Promise.resolve(),
    };
  }
}
