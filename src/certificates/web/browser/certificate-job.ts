/** Moves the bar of a batch between two loads of its page; without this the browser loads the page again by itself. */

interface JobAnswer {
  state: string;
  done: number;
  total: number;
}

const LOOK_MS = 1000;
const place = document.querySelector<HTMLElement>('[data-job]');

async function look(id: string, bar: HTMLProgressElement, label: HTMLElement): Promise<void> {
  const answer = await fetch(`/api/v1/jobs/${id}`, { headers: { accept: 'application/json' } });
  if (!answer.ok) return;
  const job = (await answer.json()) as JobAnswer;
  if (job.state === 'done' || job.state === 'dead') {
    location.reload();
    return;
  }
  if (job.total === 0) return;
  bar.value = Math.floor((100 * job.done) / job.total);
  // The words around the two numbers stay those of the page's language.
  const numbers = [job.done, job.total];
  let n = 0;
  label.textContent = (label.textContent ?? '').replace(/\d+/g, (old) => String(numbers[n++] ?? old));
}

const bar = place?.querySelector('progress');
const label = place?.querySelector<HTMLElement>('strong');
const id = place?.dataset['job'];
if (bar && label && id) setInterval(() => void look(id, bar, label).catch(() => undefined), LOOK_MS);
