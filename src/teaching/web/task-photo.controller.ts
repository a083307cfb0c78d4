import { Controller, Get, Param, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { ForSignedIn } from '../../shared/access/access-rule.js';
import type { Actor } from '../../shared/access/actor.js';
import { CurrentActor } from '../../shared/access/current-actor.js';
import { NotFound } from '../../shared/errors/domain-error.js';
import { FileSender } from '../../shared/web/file-sender.js';
import { sendPhoto } from '../../shared/web/send-photo.js';
import { PHOTO_TYPE } from '../../shared/files/photo.js';
import { TaskStore } from '../task.store.js';
import { TaskReviewService } from '../task-review.service.js';

/** Pictures that were handed in: for the person themselves and those who review them, nobody else. */
@ApiTags('learning')
@Controller('api/v1/tasks')
export class TaskPhotoController {
  constructor(
    private readonly store: TaskStore,
    private readonly review: TaskReviewService,
    private readonly sender: FileSender,
  ) {}

  @Get(':task/photos/:step')
  @ForSignedIn()
  @ApiOperation({ summary: 'A picture that was handed in, without place or camera' })
  @ApiParam({ name: 'task', format: 'uuid' })
  @ApiParam({ name: 'step', format: 'uuid' })
  @ApiProduces(PHOTO_TYPE)
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  async show(
    @CurrentActor() actor: Actor,
    @Param() { task: id, step: stepId }: { task: string; step: string },
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const task = actor.kind === 'staff' ? await this.review.get(actor, id) : await this.store.byId(id);
    if (actor.kind !== 'staff' && task?.personId !== actor.person?.id) throw new NotFound('photo');
    const hash = task?.steps.find((step) => step.id === stepId)?.photo;
    await sendPhoto(reply, this.sender, hash);
  }
}
