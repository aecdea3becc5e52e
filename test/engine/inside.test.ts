import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, describe, expect, test } from "vitest";
import type { Container, Shell, StartRequest } from "../../client/src/ports";
import { announced } from "../../client/src/texts/console";
import { english, notes } from "../client/english";
import { bare, inventory, never, rejection, type Setup, startRequest, useEngine, withBody } from "./setup";

const engines = [
  { name: "docker@28/v2", start: startRequest },
  { name: "podman@5/v2", start: bare },
];

const size = { columns: 80, rows: 24 };

describe.each(engines)("inside a container of $name", ({ name, start }) => {
  const setup = useEngine(name, ["systemd-test:252"]);

  const withBooted = async (
    all: Setup,
    use: (container: Container) => Promise<void>,
    request?: StartRequest,
  ) => {
    const before = await inventory(all);
    const container = await boot(all, request ?? start("systemd-test:252", "test-inside"));
    try {
      await use(container);
    } finally {
      await all.engine.remove(container);
      expect(await inventory(all)).toEqual(before);
    }
  };

  describe("what changes nothing for others is looked at in one container:", () => {
    let all: Setup | undefined;
    let before: readonly string[];
    let container: Container | undefined;
    const boots = async (setup: Setup) => {
      all = setup;
      before ??= await inventory(all);
      container ??= await boot(all, start("systemd-test:252", "test-inside"));
      return container;
    };
    afterAll(async () => {
      if (!all || !container) return;
      await all.engine.remove(container);
      expect(await inventory(all)).toEqual(before);
    });

    test("it is known when its units started, and what the end of the boot waited for", async (context) => {
      const all = setup(context);
      const container = await boots(all);
      const { units, chain } = await all.engine.timeline(container);
      const named = (name: string) => units.find((unit) => unit.name === name);
      const [journal, login] = [named("systemd-journald.service"), named("systemd-logind.service")];
      expect(journal?.begins).toBeGreaterThan(0);
      expect(journal?.ends).toBeGreaterThan(journal?.begins ?? Number.POSITIVE_INFINITY);
      expect(login?.begins).toBeGreaterThan(journal?.begins ?? Number.POSITIVE_INFINITY);
      expect(units.length).toBeGreaterThan(20);
      expect(Math.max(...units.map(({ ends = 0 }) => ends))).toBeLessThan(60);
      expect(chain[0]).toMatch(/\.target$/);
      expect(chain).toContain("sysinit.target");
      expect(chain.filter((name) => !named(name) && !/\.(slice|mount)$/.test(name))).toEqual([]);
    });

    test("a user who can log in gets a shell of their own: home, runtime directory, working directory", async (context) => {
      const all = setup(context);
      const container = await boots(all);
      const home = "/home/it's $(x)";
      await sh(all, container, `useradd --create-home --home "$0" --shell /bin/bash me`, home);
      await sh(all, container, "install --directory --owner me /run/user/$(id -u me)");
      const users = await all.engine.users(container);
      expect(users.map((user) => user.name)).toEqual(["root", "me"]);
      const [root, me] = users;
      expect(me).toMatchObject({ home, shell: "/bin/bash" });

      const ask = 'printf "%s|" "$(id -un)" "$HOME" "$PWD" "$XDG_RUNTIME_DIR" "$0"; exit 3\n';
      const mine = await talk(await all.engine.shell(container, size, me), ask);
      expect(mine.text).toContain(`me|${home}|${home}|/run/user/${me?.uid}|`);
      expect(mine.exitCode).toBe(3);
      const roots = await talk(await all.engine.shell(container, size, root), ask);
      expect(roots.text).toContain("root|/root|/root|");
      expect((await talk(await all.engine.shell(container, size), ask)).text).toContain("root|/root|/|");
    });

    test("a line is run as it is, both its outputs are shown, and its exit code is told", async (context) => {
      const all = setup(context);
      const container = await boots(all);
      let output = "";
      const print = (text: string) => {
        output += text;
      };
      const line = `echo "it's" '$(x)' ü; id -un; echo err >&2; for n in 1 2; do echo $n; done | tac; exit 5`;
      expect(await all.engine.run(container, line, { print, signal: never })).toBe(5);
      for (const said of ["it's $(x) ü\n", "root\n", "err\n", "2\n1\n"]) expect(output).toContain(said);
      expect(await all.engine.run(container, "syntax error (", { print, signal: never })).toBe(2);
      expect(await all.engine.run(container, "nowhere", { print, signal: never })).toBe(127);
    });

    test("a line that is cancelled ends with all that it started", async (context) => {
      const all = setup(context);
      const container = await boots(all);
      const cancel = new AbortController();
      const print = (text: string) => {
        if (text.includes("began")) cancel.abort();
      };
      const started = performance.now();
      const run = all.engine.run(container, "sleep 1001 & echo began; sleep 1002", {
        print,
        signal: cancel.signal,
      });
      expect((await rejection(run)).name).toBe("AbortError");
      expect(performance.now() - started).toBeLessThan(100_000);
      await expect.poll(() => processes(all, container)).not.toMatch(/sleep 100/);
    });

    test("the units that are loaded are listed, a failed one as failed, and the journal of one is followed", async (context) => {
      const all = setup(context);
      const container = await boots(all);
      await sh(all, container, "systemd-run --unit=broken --wait sh -c 'echo said-by-it; exit 1' || true");
      const units = await all.engine.units(container);
      expect(units.length).toBeGreaterThan(20);
      expect(units).toContainEqual(expect.objectContaining({ name: "broken.service", active: "failed" }));
      expect(units).toContainEqual(
        expect.objectContaining({ name: "systemd-journald.service", sub: "running" }),
      );

      const cancel = new AbortController();
      let found = "";
      for await (const { text } of all.engine.journal(container, "broken.service", cancel.signal)) {
        found += text;
        if (found.includes("said-by-it")) cancel.abort();
      }
      expect(found).toContain("broken.service");
      await expect.poll(() => processes(all, container)).not.toContain("journalctl");
    });
  });

  test("a user's shell that is closed leaves no process, and one that is open does not hold up a stop", async (context) => {
    const all = setup(context);
    await withBooted(all, async (container) => {
      await sh(all, container, "useradd --create-home --shell /bin/bash me");
      const me = (await all.engine.users(container))[1];
      const closed = await all.engine.shell(container, size, me);
      const screen = listen(closed);
      closed.write("sleep 1003 & echo st''arted\n");
      await expect.poll(screen).toContain("started");
      closed.close();
      await closed.exit;
      await expect.poll(() => processes(all, container)).not.toMatch(/sleep 1003|bash/);

      const open = await all.engine.shell(container, size, me);
      const other = listen(open);
      open.write("echo st''arted\n");
      await expect.poll(other).toContain("started");
      expect(await all.engine.stop(container)).toEqual({ exitCode: 0 });
    });
  });

  test("the console asks for a login, takes Ctrl-C as data, and outlives its closing", async (context) => {
    const all = setup(context);
    await withBooted(all, async (container) => {
      await sh(all, container, "passwd --delete root");
      const console = await all.engine.console(container, { columns: 93, rows: 31 });
      const screen = listen(announced(english, console));
      await expect.poll(screen).toContain("[Attached.");
      console.write("\n");
      await expect.poll(screen).toMatch(/login: /);
      console.write("root\n");
      await expect.poll(screen).toMatch(/# $/);
      console.write("stty size; sleep 1000\n");
      await expect.poll(screen).toContain("31 93");
      console.resize({ columns: 77, rows: 22 });
      await expect.poll(() => processes(all, container)).toContain("sleep 1000");
      console.write("\u0003");
      console.write("stty size; echo al''ive\n");
      await expect.poll(screen).toContain("22 77");
      // Ctrl-P is the shell's, and gets back its last line.
      console.write("\u0010\n");
      await expect.poll(() => screen().match(/^alive\r$/gm)?.length).toBe(2);
      expect(await processes(all, container)).not.toContain("sleep 1000");
      console.close();
      expect(await console.exit).toBeUndefined();

      await sleep(300);
      expect((await all.engine.containers())[0]?.running).toBe(true);
      const again = await all.engine.console(container, size);
      const second = listen(announced(english, again));
      await expect.poll(second).toContain("alive");
      again.write("echo still-$((1 + 1))\n");
      await expect.poll(second).toContain("still-2");
      expect(await all.engine.stop(container)).toEqual({ exitCode: 0 });
      expect(await again.exit).toBeUndefined();
      expect((await rejection(all.engine.console(container, size))).code).toBe("container-stopped");
    });
  });

  test("a container without a terminal has no console, and one without stdin says that it takes no input", async (context) => {
    const all = setup(context);
    const request = start("systemd-test:252", "test-inside");
    const withoutTty = withBody(request, { Tty: false });
    await withBooted(
      all,
      async (container) => {
        expect(await rejection(all.engine.console(container, size))).toMatchObject({ code: "no-console" });
      },
      withoutTty,
    );
    const options = { ...request.create.body, name: "test-no-stdin", OpenStdin: false } as object;
    const { id } = await all.docker.createContainer(options);
    try {
      await all.docker.getContainer(id).start();
      const screen = listen(
        announced(english, await all.engine.console({ id, name: "test-no-stdin", running: true }, size)),
      );
      await expect.poll(screen).toContain(`[${notes.readOnly()}]`);
    } finally {
      await all.docker.getContainer(id).remove({ force: true, v: true });
    }
  });

  test("a container that is started again boots again, and its report is of this boot", async (context) => {
    const all = setup(context);
    const { engine } = all;
    await withBooted(all, async (container) => {
      await sh(all, container, "touch /kept");
      expect(await engine.stop(container)).toEqual({ exitCode: 0 });
      const [ended] = await engine.containers();
      expect(ended).toMatchObject({ running: false, status: expect.stringMatching(/^Exited \(0\)/) });
      await engine.startAgain(container);
      await engine.startAgain(container);
      const report = await engine.boot(container, 60, { report: () => undefined, signal: never });
      expect(report.state).toBe("running");
      expect(report.log.match(/Detected virtualization/g)).toHaveLength(1);
      expect(await engine.run(container, "test -e /kept", { print: () => undefined, signal: never })).toBe(0);
    });
  });

  test("in the host's network what the image exposes is reached at this machine", async (context) => {
    const all = setup(context);
    const request = start("systemd-test:252", "test-inside");
    const HostConfig = { ...(request.create.body.HostConfig as object), NetworkMode: "host" };
    const exposing = withBody(request, { ExposedPorts: { "80/tcp": {} }, HostConfig });
    // Booted, because Podman would wait for a systemd that does not hear its stop signal yet.
    const container = await boot(all, exposing);
    try {
      expect(await all.engine.published(container)).toEqual({
        ports: [{ inside: 80, host: "localhost", port: 80 }],
        noNetwork: false,
      });
    } finally {
      await all.engine.remove(container);
    }
  });
});

/** Starts a container, and waits until systemd runs in it. */
async function boot({ engine }: Setup, request: StartRequest): Promise<Container> {
  const container = await engine.start(request, never);
  const { state } = await engine.boot(container, 60, { report: () => undefined, signal: never });
  if (state === "running") return container;
  await engine.remove(container);
  throw new Error(`It is ${state}.`);
}

/** Runs a line that has to succeed; a word after it is its $0. */
async function sh(
  { lab, docker: _, engine }: Setup,
  { id }: Container,
  line: string,
  word = "sh",
): Promise<void> {
  const client = engine.facts.engine;
  const { code, stdout, stderr } = await lab.exec([client, "exec", id, "/bin/sh", "-c", line, word]);
  if (code !== 0) throw new Error(`${line} ended with ${code}: ${stdout}${stderr}`);
}

/** Command lines of what runs in a container, as the engine sees them from outside. */
async function processes({ docker }: Setup, { id }: Container): Promise<string> {
  const { Processes } = (await docker.getContainer(id).top()) as { Processes: string[][] };
  return Processes.map((row) => row.at(-1)).join("\n");
}

function listen(shell: Shell): () => string {
  let text = "";
  shell.onData((data) => {
    text += Buffer.from(data).toString();
  });
  return () => text;
}

async function talk(shell: Shell, words: string): Promise<{ text: string; exitCode?: number }> {
  const text = listen(shell);
  shell.write(words);
  const exitCode = await shell.exit;
  return { exitCode, text: text() };
}
