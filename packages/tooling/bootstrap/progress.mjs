// Plain JavaScript without dependencies: this folder must run on Node 20 before anything is installed.
import process from 'node:process';

const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const frameMs = 120;
const plainMs = 10_000;

/** Shows what is being waited for, and keeps how long each step took. */
export function createProgress(out = process.stderr) {
  const times = [];
  return {
    /** Runs a step; `run` gets a function that tells what it is doing right now. */
    async step(name, run) {
      const begin = performance.now();
      const display = out.isTTY ? spin(out, name, begin) : tell(out, name, begin);
      try {
        const result = await run(display.note);
        display.end(`✓ ${name} ${seconds(begin)}`);
        return result;
      } catch (error) {
        display.end(`✗ ${name} ${seconds(begin)}`);
        throw error;
      } finally {
        times.push({ name, ms: performance.now() - begin });
      }
    },
    /** One line that says where the time went. */
    summary() {
      const parts = times.map(({ name, ms }) => `${name} ${(ms / 1000).toFixed(1)} s`);
      out.write(`Where the time went: ${parts.join(', ') || 'nothing had to be done'}.\n`);
    },
  };
}

function seconds(begin) {
  return `${((performance.now() - begin) / 1000).toFixed(1)} s`;
}

/** A terminal gets one line that moves. */
function spin(out, name, begin) {
  let frame = 0;
  let note = '';
  const draw = () => {
    frame = (frame + 1) % frames.length;
    const text = `${frames[frame]} ${name} ${seconds(begin)} ${note}`;
    out.write(`\r\x1b[2K${text.slice(0, (out.columns ?? 80) - 1)}`);
  };
  const timer = setInterval(draw, frameMs);
  draw();
  return {
    note: (text) => {
      note = text.trim();
    },
    end: (text) => {
      clearInterval(timer);
      out.write(`\r\x1b[2K${text}\n`);
    },
  };
}

/** A log file gets a line at the start, one every ten seconds, and one at the end. */
function tell(out, name, begin) {
  let note = '';
  out.write(`… ${name}\n`);
  const timer = setInterval(() => out.write(`… ${name} ${seconds(begin)} ${note}\n`), plainMs);
  return {
    note: (text) => {
      note = text.trim();
    },
    end: (text) => {
      clearInterval(timer);
      out.write(`${text}\n`);
    },
  };
}
