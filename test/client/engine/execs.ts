import type { Answer, Recorded } from "./recording-server";

/** What a program in a container writes, or that with its exit code. */
type Ran = string | { readonly stdout?: string; readonly stderr?: string; readonly exitCode: number };

/** The answers of an engine in whose containers programs run: `run` gives what one writes. */
export function execs(
  containers: readonly string[],
  run: (argv: readonly string[], container: string) => Ran,
): Record<string, Answer> {
  const answers: Record<string, Answer> = {};
  let last = 0;
  for (const container of containers) {
    answers[`POST /containers/${container}/exec`] = (response, request) => {
      const ran = run(argvOf(request), container);
      const {
        stdout = "",
        stderr = "",
        exitCode,
      } = typeof ran === "string" ? { stdout: ran, exitCode: 0 } : ran;
      const id = `e${++last}`;
      answers[`POST /exec/${id}/start`] = (started) =>
        started.end(Buffer.concat([frame(1, stdout), frame(2, stderr)]));
      answers[`GET /exec/${id}/json`] = { Running: false, ExitCode: exitCode };
      response.end(JSON.stringify({ Id: id }));
    };
  }
  return answers;
}

/** The command of a request that creates a process. */
export function argvOf({ body }: Recorded): readonly string[] {
  return JSON.parse(body.toString()).Cmd;
}

function frame(stream: number, text: string): Buffer {
  const data = Buffer.from(text);
  const header = Buffer.from([stream, 0, 0, 0, 0, 0, 0, 0]);
  header.writeUInt32BE(data.length, 4);
  return text === "" ? data : Buffer.concat([header, data]);
}
