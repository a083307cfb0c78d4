import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Identifies this boot of the machine, so that a process id from before a reboot is never taken for a living one. */
export function bootMark(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim().replaceAll('-', '').slice(0, 12);
  } catch {
    return 'noboot';
  }
}

/**
 * When a process started, in a form that tells two processes with the same (reused) id apart; null when there is no
 * such process. A zombie is dead: containers often have nobody to bury it.
 */
export function startMark(pid: number): string | null {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return process.platform === 'linux' ? null : startMarkByPs(pid);
  }
  // The second field is the program's name in parentheses and may itself hold spaces and parentheses.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state, ticks] = [fields[0], fields[19]];
  return state === 'Z' || state === 'X' || ticks === undefined ? null : ticks;
}

function startMarkByPs(pid: number): string | null {
  try {
    const line = execFileSync('/bin/ps', ['-o', 'stat=,lstart=', '-p', String(pid)], {
      encoding: 'utf8',
    }).trim();
    return line === '' || line.startsWith('Z') ? null : line.replace(/^\S+/, '').replace(/\W+/g, '');
  } catch {
    return null;
  }
}
