import { Global, Module } from '@nestjs/common';
import { Booth } from './booth.js';
import { SoundStudio } from './sound-studio.service.js';

/** One studio a process: it bounds how many sounds are made at once, whoever sent them. */
@Global()
@Module({ providers: [SoundStudio, Booth], exports: [SoundStudio, Booth] })
export class ListeningModule {}
