import { Injectable } from '@nestjs/common';

/** The present instant. Everything that asks "now?" takes it from here, so that a test can move it. */
@Injectable()
export class Clock {
  now(): Date {
    return new Date();
  }
}
