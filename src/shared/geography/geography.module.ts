import { Module } from '@nestjs/common';
import { GeographyLoader } from './geography-loader.js';

@Module({ providers: [GeographyLoader], exports: [GeographyLoader] })
export class GeographyModule {}
