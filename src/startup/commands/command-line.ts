import { Command } from 'commander';
import { addAttendanceCommands } from './attendance.commands.js';
import { addAuditCommands } from './audit.commands.js';
import { addClockCommands } from './clock.commands.js';
import { addCourseCommands } from './course.commands.js';
import { addDemoCommand } from './demo.command.js';
import { addDoctorCommand } from './doctor.command.js';
import { addFilesCommands } from './files.commands.js';
import { addJobsCommand } from './jobs.command.js';
import { addPeopleCommands } from './people.commands.js';
import { addUserCommands } from './user.commands.js';
import { operatorRunner } from './operator.js';

type Environment = Record<string, string | undefined>;

/** The operator's commands. Each boots the application beside the server that may be running, and leaves it running. */
export function commandLine(env: Environment): Command {
  const program = new Command('qafila').description("Operator's commands of Qafila").showHelpAfterError();
  const run = operatorRunner(env);
  addDoctorCommand(program, run);
  addJobsCommand(program, run);
  addAuditCommands(program, run);
  addAttendanceCommands(program, run);
  addClockCommands(program, run);
  addCourseCommands(program, run);
  addDemoCommand(program, run);
  addFilesCommands(program, run);
  addPeopleCommands(program, run);
  addUserCommands(program, run);
  return program;
}
