import { Injectable, type OnModuleInit } from '@nestjs/common';
import { collectDefaultMetrics, Gauge } from 'prom-client';
import { JobQuery } from '../jobs/job.query.js';
import { DataSources, POOL_NAMES } from '../database/data-sources.js';
import { registry } from './request-metrics.js';

/** Gauges of the process, the pools and the job table, in Prometheus' text format. */
@Injectable()
export class MetricsService implements OnModuleInit {
  constructor(
    private readonly jobs: JobQuery,
    private readonly sources: DataSources,
  ) {}

  onModuleInit(): void {
    registry.removeSingleMetric('job_count');
    registry.removeSingleMetric('database_connections');
    if (!registry.getSingleMetric('process_cpu_seconds_total')) collectDefaultMetrics({ register: registry });
    const jobs = new Gauge({
      name: 'job_count',
      help: 'Jobs that wait, run or were given up',
      labelNames: ['state'],
      registers: [registry],
    });
    const connections = new Gauge({
      name: 'database_connections',
      help: 'Connections of each pool to PostgreSQL',
      labelNames: ['pool', 'state'],
      registers: [registry],
    });
    Object.assign(jobs, { collect: () => this.countJobs(jobs) });
    Object.assign(connections, { collect: () => this.countConnections(connections) });
  }

  text(): Promise<string> {
    return registry.metrics();
  }

  private async countJobs(gauge: Gauge): Promise<void> {
    for (const state of ['queued', 'running', 'dead']) gauge.labels(state).set(0);
    // A scrape while the database is away still tells of the process.
    const counts = await this.jobs.counts().catch(() => []);
    for (const { state, jobs } of counts) gauge.labels(state).set(jobs);
  }

  private countConnections(gauge: Gauge): void {
    for (const name of POOL_NAMES) {
      const pool = this.sources.pool(name);
      gauge.labels(name, 'idle').set(pool.idleCount);
      gauge.labels(name, 'busy').set(pool.totalCount - pool.idleCount);
      gauge.labels(name, 'awaited').set(pool.waitingCount);
    }
  }
}
