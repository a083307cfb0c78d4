import { Controller, Get, Header, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Public } from '../access/access-rule.js';
import { HealthDto, LivenessDto } from './health.dto.js';
import { ReadinessService } from './readiness.service.js';

@ApiTags('operations')
@Controller('health')
export class HealthController {
  constructor(private readonly readiness: ReadinessService) {}

  @Get('live')
  @Public()
  @Header('cache-control', 'no-store')
  @ApiOperation({ summary: 'The process answers' })
  @ApiOkResponse({ type: LivenessDto })
  live(): LivenessDto {
    return { status: 'ok' };
  }

  @Get('ready')
  @Public()
  @Header('cache-control', 'no-store')
  @ApiOperation({ summary: 'Database, migrations and storage are ready; transcoding may be unavailable' })
  @ApiOkResponse({ type: HealthDto })
  @ApiResponse({ status: 503, type: HealthDto, description: 'One of the needed parts is not ready' })
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<HealthDto> {
    const report = await this.readiness.report();
    if (report.status !== 'ok') void reply.status(503);
    return report;
  }
}
