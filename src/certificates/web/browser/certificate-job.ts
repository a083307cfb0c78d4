/** Moves the bar of a batch between two loads of its page; without this the browser loads the page again by itself. */

interface JobAnswer {
  state: string;
  done: number;
  total: number;
}

const LOOK_MS = 1000;
const place = document.querySelector<HTMLElement>('[data-job]');

/** @returns true once the batch has ended and its page is being loaded again */
async function look(id: string, bar: HTMLProgressElement, label: HTMLElement): Promise<boolean> {
  const answer = await fetch(`/api/v1/jobs/${id}`, { headers: { accept: 'application/json' } });
  if (!answer.ok) return false;
  const job = (await answer.json()) as JobAnswer;
  if (job.state === 'done' || job.state === 'dead') {
    location.reload();
    return true;
  }
  if (job.total === 0) return false;
  bar.value = Math.floor((100 * job.done) / job.total);
  // The words around the two numbers stay those of the page's language.
  const numbers = [job.done, job.total];
  let n = 0;
  label.textContent = (label.textContent ?? '').replace(/\d+/g, (old) => String(numbers[n++] ?? old));
  return false;
}

/** One look after the other: on a slow line a second load would break off the first, again and again. */
async function follow(id: string, bar: HTMLProgressElement, label: HTMLElement): Promise<void> {
  for (let ended = false; !ended;) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    ended = await look(id, bar, label).catch(() => false);
  }
}

const bar = place?.querySelector('progress');
const label = place?.querySelector<HTMLElement>('strong');
const id = place?.dataset['job'];
if (bar && label && id) void follow(id, bar, label);
