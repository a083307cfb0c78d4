import { DomainError } from '../../shared/errors/domain-error.js';

/** The links of this course were asked less than a minute ago. */
export class LinksJustChecked extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'links-just-checked';

  constructor() {
    super('The links were checked less than a minute ago');
  }
}
