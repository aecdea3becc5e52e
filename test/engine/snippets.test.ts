import { expect, test } from "vitest";
import { bootImage, plannedRun } from "../lab/prove/start";
import { expand, readSnippets } from "../snippets/snippet";
import { useEngine } from "./setup";

const setup = useEngine("docker@28/v2", []);

/** What a person gets who accepts the defaults. The lab has the images of Debian. */
const ofDebian = readSnippets("dockerfile.json")
  .map(({ name, body }) => ({ name, text: expand(body)[0] ?? "" }))
  .filter(({ text }) => text.startsWith("FROM debian:"));

test.for(ofDebian)("the snippet $name boots", async ({ text }, context) => {
  const { lab } = setup(context);
  const project = { path: "Dockerfile", files: { Dockerfile: text, authorized_keys: "" } };
  const booted = await bootImage(lab, project, plannedRun(project, lab.facts));
  expect(booted, booted.log).toMatchObject({ state: "running", failedUnits: [], stop: { exitCode: 0 } });
});

test("the snippet with sshd lets the user log in with the key, and not without it", async (context) => {
  const { lab } = setup(context);
  const { text } = ofDebian.find(({ text }) => text.includes("openssh-server")) ?? { text: "" };
  const key = "RUN ssh-keygen -q -N '' -f /root/key && cat /root/key.pub >> /home/dev/.ssh/authorized_keys\n";
  const project = { path: "Dockerfile", files: { Dockerfile: `${text}${key}`, authorized_keys: "" } };
  const options = ["BatchMode=yes", "StrictHostKeyChecking=no"].flatMap((option) => ["-o", option]);
  const users: string[] = [];
  await bootImage(lab, project, plannedRun(project, lab.facts), {
    inspect: async ({ exec }) => {
      for (const identity of ["/root/key", "/root/none"])
        users.push(
          (await exec(["ssh", ...options, "-i", identity, "dev@127.0.0.1", "id -un"])).stdout.trim(),
        );
    },
  });
  expect(users).toEqual(["dev", ""]);
});

test("there are such snippets", () => {
  expect(ofDebian.length).toBeGreaterThan(1);
});
