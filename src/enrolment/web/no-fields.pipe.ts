import { Injectable, type PipeTransform } from '@nestjs/common';
import { InvalidFields } from '../../shared/errors/domain-error.js';

/** For calls that say everything by their address: any field of the body is an unknown one. */
@Injectable()
export class NoFieldsPipe implements PipeTransform<unknown, undefined> {
  transform(body: unknown): undefined {
    const fields = typeof body === 'object' && body !== null ? Object.keys(body) : [];
    if (fields.length > 0)
      throw new InvalidFields(fields.map((field) => ({ pointer: `/${field}`, code: 'unknown-field' })));
    return undefined;
  }
}
