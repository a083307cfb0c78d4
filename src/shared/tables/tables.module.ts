import { Global, Module } from '@nestjs/common';
import { TableReader } from './table-reader.js';

@Global()
@Module({ providers: [TableReader], exports: [TableReader] })
export class TablesModule {}
